package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceFileTest {
    private static final String REST = "benchmark: Sort\nreason: agreed\nby: ann\nat: 2026-01-31\n";

    @TempDir
    private Path folder;

    private Acceptance read(String text) throws IOException {
        return AcceptanceFile.read(Files.writeString(folder.resolve("a.yaml"), text), "a.yaml");
    }

    private static final String NAME = "plumbline/acceptances.yaml";

    private static Acceptance acceptance(String id, double change) {
        return new Acceptance(
                id,
                Benchmark.of("a \"quoted\"\nname", Map.of("n", "1: 2", "- #", "&a *b")),
                Optional.of("time"),
                Optional.of("box"),
                "c0ffee",
                change,
                "why \u001b[31m\n<<<<<<< ours\n- id: x\u2028\uD83D\uDE80",
                "ann",
                Instant.parse("2026-01-31T12:00:00Z"),
                Optional.of(Instant.parse("2026-12-31T00:00:00Z")));
    }

    private String with(Acceptance more, String text) throws IOException {
        return AcceptanceFile.with(more, Optional.of(Files.writeString(folder.resolve("list.yaml"), text)), NAME);
    }

    private List<AcceptanceFile.Listed> list(String text) throws IOException {
        return AcceptanceFile.list(Files.writeString(folder.resolve("list.yaml"), text), NAME);
    }

    private List<String> ids(String text) throws IOException {
        return list(text).stream().map(one -> one.acceptance().id()).toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Acceptance.MISSING, 0.125, -0.5})
    void what_is_written_is_read_alike(double change) throws IOException {
        String text = AcceptanceFile.with(acceptance("a1", change), Optional.empty(), NAME);

        assertThat(list(text)).extracting(AcceptanceFile.Listed::acceptance).containsExactly(acceptance("a1", change));
        assertThat(text)
                .startsWith("# ")
                .endsWith("\n")
                .doesNotContain("\u001b")
                .isEqualTo(with(acceptance("a1", change), text));
    }

    @Test
    void acceptances_are_added_in_the_order_of_their_ids_and_nothing_else_changes() throws IOException {
        String text = AcceptanceFile.with(acceptance("b", 0.1), Optional.empty(), NAME);
        String before = with(acceptance("a", 0.1), text);
        String all = with(acceptance("d", 0.1), with(acceptance("c", 0.1), before));

        assertThat(ids(all)).containsExactly("a", "b", "c", "d");
        assertThat(all).startsWith(before);
        assertThat(all.lines().filter(String::isEmpty)).hasSize(4);
    }

    @Test
    void what_people_wrote_into_the_file_stays() throws IOException {
        String text =
                "# all of ours\n\n# agreed with the team\n-   benchmark: Sort # all sizes\n    id: m\n    change: 5 %\n"
                        + "    reason: r\n    by: ann\n    at: 2026-01-31";

        String more = with(acceptance("z", 0.1), with(acceptance("a", 0.1), text));

        assertThat(ids(more)).containsExactly("a", "m", "z");
        assertThat(more)
                .startsWith("# all of ours\n\n- id: \"a\"\n")
                .contains(text.substring(text.indexOf("# agreed")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\uFEFF# nothing yet\r\n",
                "---\n",
                "[]",
                "[{benchmark: Sort, id: m, change: 5 %, reason: r, by: ann, at: 2026-01-31}]",
                "-\n  benchmark: Sort\n  id: m\n  change: 0.1\n  reason: r\n  by: ann\n  at: 2026-01-31\n...\n"
            })
    void one_is_added_to_whatever_form_the_list_has(String text) throws IOException {
        String more = with(acceptance("a", 0.1), text);

        assertThat(ids(more)).first().isEqualTo("a");
        assertThat(list(more).get(0).acceptance()).isEqualTo(acceptance("a", 0.1));
        assertThat(ids(more)).hasSize(text.contains("Sort") ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- benchmark: Sort\\n  reson: r | acceptances.yaml:2:3: unknown key \"reson\" in acceptances[1]; did you mean",
                "- benchmark: Sort\\n  benchmark: Sort | :2:3: the key \"benchmark\" is already in line 1",
                "- id: a\\n- id: b\\n  change: [1] | :2:3: acceptances[2] needs the key \"benchmark\"",
                "- id: 'a b' | acceptances[1] needs the key \"benchmark\"",
                "benchmark: Sort | acceptances.yaml:1:1: this file is a list of acceptances",
                "word | acceptances.yaml:1:1: this file is a list of acceptances",
                "- [a | acceptances.yaml:1:",
                "- a\\n<<<<<<< HEAD\\n- b\\n=======\\n- c\\n>>>>>>> x | acceptances.yaml:2:1: a merge conflict is not resolved",
            })
    void mistakes_are_told_with_their_place(String text, String message) throws IOException {
        String broken = text.replace("\\n", "\n");

        assertThatThrownBy(() -> list(broken))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining(message.strip());
        assertThatThrownBy(() -> with(acceptance("a", 0.1), broken)).isInstanceOf(WrongConfiguration.class);
    }

    @Test
    void one_id_stands_there_once() throws IOException {
        String one = "- id: m\n  " + REST.replace("\n", "\n  ") + "change: 5 %\n";

        assertThat(ids(one)).containsExactly("m");
        assertThatThrownBy(() -> list(one + one))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("acceptances.yaml:7:3: the acceptance m is already in line 1");
    }

    @Test
    void what_is_missing_has_no_change() throws IOException {
        assertThat(read(REST + "missing: true\n").isOfMissing()).isTrue();
        assertThat(read(REST + "change: 12.5 %\n").isOfMissing()).isFalse();
        assertThatThrownBy(() -> read(REST + "missing: true\nchange: 12.5 %\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("one of the two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "change: 0\n", "missing: false\n", "missing: maybe\n"})
    void one_of_the_two_is_there(String line) {
        assertThatThrownBy(() -> read(REST + line)).isInstanceOf(WrongConfiguration.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"change: 0x1p3", "change: 1d", "change: 0.1f", "change: NaN", "change: ten", "change: 12,5 %"})
    void a_change_is_a_plain_number_or_a_percentage(String line) {
        assertThatThrownBy(() -> read(REST + line + "\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("a.yaml:5:9: change: expected a change other than 0, such as 0.125");
    }

    @ParameterizedTest
    @CsvSource({"12.5 %,0.125", "12.5%,0.125", "0.125,0.125", "-5 %,-0.05", "1e-2,0.01", "Infinity,Infinity"})
    void a_change_is_read_as_a_share(String text, double change) throws IOException {
        assertThat(read(REST + "change: " + text + "\n").change()).isEqualTo(change);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30,expected a time such as 2026-01-31",
        "31.01.2026,expected a time such as 2026-01-31",
        "2026-01-31T12:00:00,expected a time such as 2026-01-31",
        "2026-01-30,'it ends at 2026-01-30T00:00:00Z, not after it begins at 2026-01-31T00:00:00Z'",
    })
    void an_end_is_a_time_after_the_beginning(String until, String message) {
        assertThatThrownBy(() -> read(REST + "change: 5 %\nuntil: " + until + "\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageStartingWith("a.yaml:")
                .hasMessageContaining(message);
    }

    @Test
    void an_acceptance_without_an_id_has_one_that_follows_from_what_it_is() throws IOException {
        String id = read(REST + "change: 5 %\n").id();

        assertThat(read("change: 0.05\n" + REST).id()).isEqualTo(id);
        assertThat(read(REST + "change: 5 %\nmetric: time\n").id()).isNotEqualTo(id);
    }

    @Test
    void several_mistakes_are_reported_at_once_in_the_order_of_their_lines() {
        assertThatThrownBy(() -> list("- benchmark: a\n  change: x\n- benchmrk: b\n- 5\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("acceptances.yaml:2:11: acceptances[1].change: expected a change")
                .hasMessageContaining(":3:3: unknown key \"benchmrk\" in acceptances[2]; did you mean \"benchmark\"?")
                .hasMessageContaining(":4:3: acceptances[3] must be a map of keys, not one value");
    }

    @Test
    void a_file_with_other_ends_of_lines_keeps_them() throws IOException {
        String text = with(acceptance("m", 0.1), "# ours\n").replace("\n", "\r\n");

        String more = with(acceptance("z", 0.1), with(acceptance("a", 0.1), text));

        assertThat(ids(more)).containsExactly("a", "m", "z");
        assertThat(more.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(more).contains(text.substring(text.indexOf("- id")).strip());
    }
}
