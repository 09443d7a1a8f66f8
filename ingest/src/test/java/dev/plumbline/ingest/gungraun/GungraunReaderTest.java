package dev.plumbline.ingest.gungraun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GungraunReaderTest {
    private static String summary(String metrics) {
        return """
                {"version": "6", "module_path": "sort::group::quick", "id": "short", "details": "10", "kind": "LibraryBenchmark",
                 "profiles": [{"tool": "Callgrind", "summaries": {"parts": [{"x": 1}], "total": {"summary": {"Callgrind": {%s}}}}},
                  {"tool": "DHAT", "summaries": {"total": {"summary": {"Dhat": {"TotalBytes": {"metrics": {"Left": {"Int": 64}}}}}}}}]}
                """.formatted(metrics);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Ir\": {\"metrics\": {\"Left\": {\"Int\": 120}}} | Ir |  | lower | 120",
                "\"Ir\": {\"metrics\": {\"Both\": [{\"Int\": 120}, {\"Int\": 99}]}} | Ir |  | lower | 120",
                "\"Ir\": {\"costs\": {\"Left\": 120}} | Ir |  | lower | 120",
                "\"Ir\": {\"new\": 120, \"old\": 99} | Ir |  | lower | 120",
                "\"L1HitRate\": {\"metrics\": {\"Left\": {\"Float\": 99.5}}} | L1HitRate | % | higher | 99.5",
                "\"RamHitRate\": {\"metrics\": {\"Left\": {\"Float\": 1.5}}} | RamHitRate | % | lower | 1.5",
                "\"L1hits\": {\"metrics\": {\"Left\": {\"Int\": 7}}} | L1hits |  | lower | 7"
            })
    void every_way_to_write_what_was_measured_now_is_read(
            String metrics, String metric, String unit, String better, String value) throws IOException {
        Gathered gathered = Gathered.of("summary.json", summary(metrics));

        assertThat(gathered.rows())
                .containsExactly(
                        "sort::group::quick {args=10, id=short} | " + metric + " | " + (unit == null ? "" : unit)
                                + " | " + better + " | " + value,
                        "sort::group::quick {args=10, id=short} | dhat.TotalBytes | B | lower | 64");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void what_it_was_compared_with_alone_is_no_result() throws IOException {
        Gathered gathered = Gathered.of("summary.json", summary("\"Ir\": {\"metrics\": {\"Right\": {\"Int\": 99}}}"));

        assertThat(gathered.rows()).hasSize(1).allMatch(row -> row.contains("dhat.TotalBytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "1e999", "\"many\""})
    void a_count_that_is_no_number_is_reported(String written) throws IOException {
        Gathered gathered =
                Gathered.of("summary.json", summary("\"Ir\": {\"metrics\": {\"Left\": {\"Int\": " + written + "}}}"));

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("summary.json:2:")
                .contains("\"Int\" is ")
                .contains("no finite number; it is left out");
    }

    @Test
    void summaries_in_lines_in_a_list_and_within_output_are_the_same() throws IOException {
        String one = summary("\"Ir\": {\"new\": 120}").replace("\n", "");
        String two = one.replace("\"short\"", "\"long\"");

        var expected = Gathered.of("list.json", "[" + one + "," + two + "]").rows();
        assertThat(expected).hasSize(4);
        assertThat(Gathered.of("lines.json", one + "\n" + two + "\n").rows()).isEqualTo(expected);
        assertThat(Gathered.of("out.txt", "   Running benches/sort.rs\n" + one + "\n" + two + "\ndone\n")
                        .rows())
                .isEqualTo(expected);
    }

    @Test
    void an_object_within_output_that_never_ends_is_refused_with_the_line_of_its_beginning() {
        String pretty = "{\n  \"module_path\": \"a\",\n  \"profiles\": [\n";

        assertThatThrownBy(() -> Gathered.of("out.txt", "Running\n" + pretty))
                .hasMessage("out.txt:2: begins an object that never ends; the file was cut off: make or copy it again");
    }

    @Test
    void the_text_names_metrics_like_the_json_and_begins_those_of_other_tools_with_the_tool() throws IOException {
        Gathered gathered = Gathered.of("out.txt", """
                sort::group::quick short:10
                  Instructions:                   120|99                   (+21.2121%) [+1.21212x]
                  L1 Hits:                        150|N/A                  (*********)
                  L1 Hit Rate:                  99.50|N/A                  (*********)
                  ======= DHAT ======================================================================
                  Total bytes:                     64|N/A                  (*********)

                sort::group::merge
                  Instructions:                   N/A|99                   (*********)
                  Estimated Cycles:               300|N/A                  (*********)
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "sort::group::quick {args=10, id=short} | Ir |  | lower | 120",
                        "sort::group::quick {args=10, id=short} | L1hits |  | lower | 150",
                        "sort::group::quick {args=10, id=short} | L1HitRate | % | higher | 99.5",
                        "sort::group::quick {args=10, id=short} | dhat.TotalBytes | B | lower | 64",
                        "sort::group::merge | EstimatedCycles |  | lower | 300");
    }
}
