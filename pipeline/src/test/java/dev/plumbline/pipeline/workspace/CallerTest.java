package dev.plumbline.pipeline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.repository.Place;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files of another machine, and the files here that stand for them. */
class CallerTest {
    private static final Path ROOT = Path.of("/srv/uploads/7");
    private static final Path DIRECTORY = ROOT.resolve("src/parser");

    private static Caller caller(Path root, Path directory, boolean isShort) {
        return new Caller(
                "ann",
                StoreLocation.of("history.db", Path.of("/srv"), Map.of(), Optional.empty()),
                Place.Facts.here(),
                root,
                directory,
                isShort,
                Optional.empty(),
                Optional.empty());
    }

    private static Caller caller() {
        return caller(ROOT, DIRECTORY, false);
    }

    @ParameterizedTest
    @CsvSource({
        "run.json, run.json",
        "sub/run.json, sub/run.json",
        "../other/run.json, ../other/run.json",
        "../../top.json, ../../top.json",
        "/src/run.json, /srv/uploads/7/./src/run.json",
        "/, /srv/uploads/7/./",
    })
    void a_name_means_a_file_in_the_folder_that_stands_for_the_other_machine(String typed, String here) {
        assertThat(caller().inside(Path.of(typed))).contains(Path.of(here));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../run.json", "../../../../../etc/passwd", "sub/../../../../x"})
    void no_name_leads_out_of_it(String typed) {
        assertThat(caller().inside(Path.of(typed))).isEmpty();
    }

    /** As in every file system, whose root is its own parent. */
    @ParameterizedTest
    @ValueSource(strings = {"/..", "/../8/run.json", "/src/../../8/run.json"})
    void above_the_root_is_the_root(String typed) {
        assertThat(caller().inside(Path.of(typed)).orElseThrow()).startsWithRaw(ROOT);
    }

    @Test
    void a_folder_whose_name_begins_alike_is_outside() {
        assertThat(caller().inside(Path.of("../../../77/run.json"))).isEmpty();
        assertThatThrownBy(() -> caller(ROOT, Path.of("/srv/uploads/77"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/srv/uploads/77 is not inside /srv/uploads/7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_shown_is_what_it_is_called_there(boolean isShort) {
        Caller caller = caller(ROOT, DIRECTORY, isShort);

        assertThat(caller.shown(DIRECTORY.resolve("run.json"))).isEqualTo("/src/parser/run.json");
        assertThat(caller.shown(ROOT)).isEqualTo("/");
        assertThat(caller.shown(Path.of("/etc/hosts"))).isEqualTo("/etc/hosts");
    }

    @Test
    void a_name_is_shown_as_it_was_typed_where_that_is_the_custom() {
        Path typed = Path.of("sub/run.json");

        Caller brief = caller(ROOT, DIRECTORY, true);
        Caller full = caller();

        assertThat(brief.shown(brief.asTyped(typed))).isEqualTo("sub/run.json");
        assertThat(full.shown(full.asTyped(typed))).isEqualTo("/src/parser/sub/run.json");
        assertThat(brief.asTyped(typed).normalize()).isEqualTo(full.asTyped(typed));
    }

    @Test
    void an_absolute_name_is_shown_as_it_was_typed() {
        Caller caller = caller();

        assertThat(caller.shown(caller.inside(Path.of("/data/run.json")).orElseThrow()))
                .isEqualTo("/data/run.json");
    }

    @Test
    void the_root_is_absolute() {
        assertThatThrownBy(() -> caller(Path.of("uploads"), Path.of("uploads/work"), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
