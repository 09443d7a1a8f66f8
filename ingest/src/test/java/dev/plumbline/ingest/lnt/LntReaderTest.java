package dev.plumbline.ingest.lnt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LntReaderTest {
    private static final String FIRST = """
            {"Machine": {"Name": "bot-1", "Info": {"cpu": "Example"}},
             "Run": {"Start Time": "2024-02-03 04:05:06", "End Time": "2024-02-03 05:00:00", "Info": {"run_order": "r123", "tag": "nts"}},
             "Tests": [%s]}
            """;

    private static final String SECOND = """
            {"format_version": "2", "machine": {"name": "bot-1", "cpu": "Example"},
             "run": {"start_time": "2024-02-03T04:05:06", "llvm_project_revision": "c0ffee"}, "tests": [%s]}
            """;

    @Test
    void version_1_has_the_metric_behind_the_last_dot_where_lnt_knows_it() throws IOException {
        Gathered gathered = Gathered.of("report.json", FIRST.formatted("""
                {"Name": "nts.a.compile", "Info": {}, "Data": [1.5, 2.5]}, {"Name": "nts.a.exec", "Data": [3]},
                {"Name": "nts.b.score", "Data": [7]}, {"Name": "nts.c.custom", "Data": [9]},
                {"Name": "nts.a.hash", "Data": ["d41d8cd9"]}, {"Name": "nts.a.exec.status", "Data": [1]}
                """));

        assertThat(gathered.rows())
                .containsExactly(
                        "nts.a | compile | s | lower | 2",
                        "nts.a | exec | s | lower | 3",
                        "nts.b | score |  | higher | 7",
                        "nts.c.custom | value |  | lower | 9");
        assertThat(gathered.groups("nts.a", "compile")).containsExactly(List.of(1.5, 2.5));
        assertThat(gathered.problems()).singleElement().asString().contains("unknown direction of \"value\"");
    }

    @Test
    void the_machine_names_the_environment_and_the_order_is_the_commit() throws IOException {
        Gathered first = Gathered.of("report.json", FIRST.formatted("{\"Name\": \"a.exec\", \"Data\": [3]}"));
        Gathered second = Gathered.of("report.json", SECOND.formatted("{\"name\": \"a\", \"execution_time\": 3}"));

        assertThat(first.header().environment().facts())
                .containsEntry("name", "bot-1")
                .containsEntry("info.cpu", "Example");
        assertThat(first.header().revision().commit()).isEqualTo("r123");
        assertThat(first.header().context()).containsEntry("tag", "nts");
        assertThat(second.header().environment()).isEqualTo(first.header().environment());
        assertThat(second.header().revision().commit()).isEqualTo("c0ffee");
        for (Gathered each : List.of(first, second)) {
            assertThat(each.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        }
    }

    @Test
    void version_2_has_a_list_or_a_number_for_each_metric() throws IOException {
        Gathered gathered = Gathered.of("report.json", SECOND.formatted("""
                {"name": "a", "compile_time": [1, 3], "execution_time": 5, "code_size": 64, "mem_bytes": 9, "hash": "x",
                 "score": 2, "note": "text"}
                """));

        assertThat(gathered.rows())
                .containsExactly(
                        "a | compile | s | lower | 2",
                        "a | execution | s | lower | 5",
                        "a | code_size | B | lower | 64",
                        "a | mem_bytes | B | lower | 9",
                        "a | score |  | higher | 2");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void numbers_that_are_none_and_tests_without_one_are_reported() throws IOException {
        Gathered first = Gathered.of("report.json", FIRST.formatted("""
                {"Name": "a.exec", "Data": [NaN, 2]}, {"Name": "b.exec", "Data": []}, {"Name": "c.exec", "Data": [-1]}
                """));
        Gathered second =
                Gathered.of("report.json", SECOND.formatted("{\"name\": \"a\", \"compile_time\": NaN, \"exec\": 1}"));

        assertThat(first.rows()).containsExactly("a | exec | s | lower | 2");
        assertThat(first.problems())
                .satisfiesExactly(
                        one -> assertThat(one).contains("1 of 2 values are no finite numbers"),
                        two -> assertThat(two).contains("benchmark \"b\": has no value; it is skipped"),
                        three -> assertThat(three).contains("a duration of -1.0 s is not possible"));
        assertThat(second.rows()).containsExactly("a | exec | s | lower | 1");
        assertThat(second.problems())
                .singleElement()
                .asString()
                .contains("metric \"compile\": no value is a finite number");
    }
}
