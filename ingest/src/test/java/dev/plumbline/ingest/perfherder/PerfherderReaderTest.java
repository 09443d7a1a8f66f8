package dev.plumbline.ingest.perfherder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerfherderReaderTest {
    private static String artifact(String suite) {
        return "{\"framework\": {\"name\": \"browsertime\"}, \"application\": {\"name\": \"firefox\", \"version\": \"120\"},"
                + " \"suites\": [" + suite + "]}";
    }

    @Test
    void suites_and_subtests_are_benchmarks_with_the_parts_of_the_signature_as_parameters() throws IOException {
        Gathered gathered = Gathered.of("perfherder-data.json", artifact("""
                {"name": "amazon", "unit": "ms", "value": 400, "extraOptions": ["webrender", "cold"],
                 "subtests": [{"name": "fcp", "value": 150, "replicates": [100, 150, 900]}, {"name": "score", "unit": "score", "lowerIsBetter": false, "value": 7}]}
                """));

        String parameters = " {application=firefox, framework=browsertime, options=cold webrender} | value | ";
        assertThat(gathered.rows())
                .containsExactly(
                        "amazon" + parameters + "ms | lower | 400",
                        "amazon/fcp" + parameters + "ms | lower | 150",
                        "amazon/score" + parameters + "score | higher | 7");
        assertThat(gathered.groups(
                        "amazon/fcp {application=firefox, framework=browsertime, options=cold webrender}", "value"))
                .containsExactly(List.of(100.0, 150.0, 900.0));
        assertThat(gathered.header().context()).containsEntry("application version", "120");
    }

    @Test
    void replicates_with_another_center_stand_beside_the_value() throws IOException {
        Gathered gathered = Gathered.of(
                "p.json",
                artifact(
                        "{\"name\": \"a\", \"unit\": \"ms\", \"subtests\": [{\"name\": \"b\", \"value\": 90, \"replicates\": [100, 150, 260]}]}"));

        assertThat(gathered.rows())
                .containsExactly(
                        "a/b {application=firefox, framework=browsertime} | value | ms | lower | 90",
                        "a/b {application=firefox, framework=browsertime} | replicates | ms | lower | 150");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"unit\": \"ms\", \"lowerIsBetter\": false', higher",
        "'\"unit\": \"ms\"', lower",
        "'\"unit\": \"req/s\"', higher",
        "'\"unit\": \"foo\"', lower"
    })
    void what_the_file_says_of_the_direction_wins(String says, String better) throws IOException {
        assertThat(Gathered.of("p.json", artifact("{\"name\": \"a\", \"value\": 1, " + says + ", \"subtests\": []}"))
                        .rows())
                .allMatch(row -> row.contains(" | " + better + " | "))
                .hasSize(1);
    }

    @Test
    void a_value_that_is_no_number_is_reported_and_its_replicates_are_kept() throws IOException {
        Gathered gathered = Gathered.of(
                "p.json",
                artifact(
                        "{\"name\": \"a\", \"value\": NaN, \"subtests\": [{\"name\": \"b\", \"unit\": \"ms\", \"value\": null, \"replicates\": [1, 3]}]}"));

        assertThat(gathered.rows())
                .containsExactly("a/b {application=firefox, framework=browsertime} | replicates | ms | lower | 2");
        assertThat(gathered.problems())
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("\"value\" is NaN, no finite number"),
                        two -> assertThat(two).contains("metric \"value\": has no finite number; it is skipped"));
    }

    @Test
    void a_log_has_artifacts_in_lines_and_a_damaged_one_is_refused_with_line_and_column() throws IOException {
        String line = "12:00:00 INFO - PERFHERDER_DATA: "
                + artifact("{\"name\": \"a\", \"unit\": \"ms\", \"value\": 1, \"subtests\": []}") + "\n";

        assertThat(Gathered.of("log.txt", "start\n" + line + line.replace("\"a\"", "\"b\""))
                        .rows())
                .hasSize(2);
        assertThatThrownBy(() -> Gathered.of("log.txt", "start\n" + line.substring(0, line.length() - 10) + "\n"))
                .hasMessageMatching("log\\.txt:2:\\d+: ends in the middle of a value.*");
    }

    @Test
    void the_time_of_the_push_is_the_run_s() throws IOException {
        String timed = artifact("{\"name\": \"a\", \"unit\": \"ms\", \"value\": 1, \"subtests\": []}")
                .replaceFirst("\\{", "{\"pushTimestamp\": 1700000000, ");

        assertThat(Gathered.of("p.json", "[" + timed + "]").header().measuredAt())
                .contains(Instant.ofEpochSecond(1700000000));
    }
}
