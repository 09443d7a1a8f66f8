package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files paths, folders and patterns stand for. */
class InputFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void results() throws IOException {
        for (String name : List.of(
                "results/b.json",
                "results/a.json",
                "results/deep/c.json",
                "results/deep/er/d.csv",
                "results/.hidden/e.json",
                "results/.f.json",
                "other/g.json")) {
            write(name);
        }
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private List<String> found(String... paths) throws IOException {
        return InputFiles.of(Arrays.stream(paths).map(folder::resolve).toList()).stream()
                .map(file -> folder.relativize(file.path()).toString())
                .toList();
    }

    @Test
    void a_folder_stands_for_every_file_below_it_in_order_of_their_names_but_hidden_ones() throws IOException {
        assertThat(found("results"))
                .containsExactly("results/a.json", "results/b.json", "results/deep/c.json", "results/deep/er/d.csv");
        assertThat(InputFiles.of(List.of(folder.resolve("results")))).noneMatch(InputFiles.InputFile::named);
    }

    @Test
    void a_file_stands_for_itself_hidden_or_not_and_as_often_as_it_is_named() throws IOException {
        assertThat(found("results/.f.json", "results/a.json", "results/a.json"))
                .containsExactly("results/.f.json", "results/a.json", "results/a.json");
        assertThat(InputFiles.of(List.of(folder.resolve("results/a.json")))).allMatch(InputFiles.InputFile::named);
    }

    @Test
    void a_hidden_folder_that_is_named_is_read() throws IOException {
        assertThat(found("results/.hidden")).containsExactly("results/.hidden/e.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        results/*.json      | results/.f.json results/a.json results/b.json
        results/?.json      | results/a.json results/b.json
        results/**/*.json   | results/.f.json results/.hidden/e.json results/a.json results/b.json results/deep/c.json
        **/d.csv            | results/deep/er/d.csv
        */*/c.json          | results/deep/c.json
        results/{a,b}.json  | results/a.json results/b.json
        results/[ab].json   | results/a.json results/b.json
        results/deep/**     | results/deep/c.json results/deep/er/d.csv
        """)
    void a_pattern_stands_for_the_files_that_it_matches(String pattern, String files) throws IOException {
        assertThat(found(pattern)).containsExactly(files.split(" "));
        assertThat(InputFiles.of(List.of(folder.resolve(pattern)))).allMatch(InputFiles.InputFile::named);
    }

    @Test
    void a_file_whose_name_is_a_pattern_is_that_file() throws IOException {
        Files.writeString(folder.resolve("results/[ab].json"), "x");

        assertThat(found("results/[ab].json")).containsExactly("results/[ab].json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.json", "results/none", "none/a.json", "results/a.json/b"})
    void a_path_that_is_not_there_is_named(String path) {
        assertThatThrownBy(() -> found(path))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"results/*.xml", "none/*.json", "results/[", "results/{a"})
    void a_pattern_that_matches_nothing_is_named_with_what_it_is(String pattern) {
        assertThatThrownBy(() -> found(pattern))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(pattern)
                .hasMessageMatching(".*(matches no file|is neither a file nor a pattern of file names)");
    }

    @Test
    void folders_without_a_file_are_named_and_no_path_at_all_is_no_file() throws IOException {
        Files.createDirectories(folder.resolve("empty/deeper"));
        Files.createDirectories(folder.resolve("hidden/.only"));

        assertThatThrownBy(() -> found("empty"))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("empty") + ": there is no file in this folder");
        assertThatThrownBy(() -> found("empty", "hidden"))
                .hasMessage(folder.resolve("empty") + ": there is no file in this folder, nor in the others");
        assertThat(found("empty", "results/a.json")).containsExactly("results/a.json");
        assertThat(InputFiles.of(List.of())).isEmpty();
    }

    // ---- links

    @Test
    void a_link_to_a_folder_stands_for_the_files_in_it_under_the_name_of_the_link() throws IOException {
        Files.createSymbolicLink(folder.resolve("latest"), folder.resolve("results/deep"));

        assertThat(found("latest")).containsExactly("latest/c.json", "latest/er/d.csv");
        assertThat(found("latest/*.json")).containsExactly("latest/c.json");
    }

    @Test
    void links_inside_of_a_folder_are_followed_to_files_and_not_to_folders_so_that_no_circle_is_walked()
            throws IOException {
        Files.createSymbolicLink(folder.resolve("results/circle"), folder.resolve("results"));
        Files.createSymbolicLink(folder.resolve("results/linked.json"), folder.resolve("other/g.json"));
        Files.createSymbolicLink(folder.resolve("results/dangling.json"), folder.resolve("none"));

        assertThat(found("results"))
                .containsExactly(
                        "results/a.json",
                        "results/b.json",
                        "results/deep/c.json",
                        "results/deep/er/d.csv",
                        "results/linked.json");
    }

    @Test
    void a_link_to_nothing_is_not_there() throws IOException {
        Files.createSymbolicLink(folder.resolve("dangling.json"), folder.resolve("none"));

        assertThatThrownBy(() -> found("dangling.json")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void what_is_no_result_is_needed_only_where_it_was_named() {
        UnreadableInput noResult = UnreadableInput.noResult("x", "is no result");
        UnreadableInput broken = new UnreadableInput("x", "breaks off");

        assertThat(new InputFiles.InputFile(folder, true).isNeeded(noResult)).isTrue();
        assertThat(new InputFiles.InputFile(folder, false).isNeeded(noResult)).isFalse();
        assertThat(new InputFiles.InputFile(folder, false).isNeeded(broken)).isTrue();
    }

    @Test
    void of_the_folder_that_criterion_writes_the_samples_of_the_newest_measurement_count() throws IOException {
        for (String part : List.of("new", "base", "main")) {
            for (String name : List.of("benchmark.json", "estimates.json", "sample.json", "tukey.json")) {
                write("criterion/sort/1000/" + part + "/" + name);
            }
        }
        write("criterion/sort/1000/change/estimates.json");
        write("criterion/other/base/values.json");

        assertThat(found("criterion"))
                .containsExactly("criterion/other/base/values.json", "criterion/sort/1000/new/sample.json");
        // an earlier one that is asked for by name
        assertThat(found("criterion/sort/1000/base")).containsExactly("criterion/sort/1000/base/sample.json");
    }
}
