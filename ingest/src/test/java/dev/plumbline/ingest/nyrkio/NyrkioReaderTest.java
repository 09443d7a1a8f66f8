package dev.plumbline.ingest.nyrkio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NyrkioReaderTest {
    private static String point(String attributes, String metrics) {
        return "{\"timestamp\": 1700000000, \"attributes\": {" + attributes + "}, \"metrics\": [" + metrics + "]}";
    }

    @Test
    void a_point_is_a_run_with_the_first_value_of_each_attribute() throws IOException {
        Gathered gathered = Gathered.of(
                "sort.json",
                "["
                        + point(
                                "\"git_commit\": [\"c0ffee\", \"bad\"], \"branch\": \"main\", \"commit_date\": 1690000000, \"git_repo\": [\"r\"]",
                                "{\"name\": \"p99\", \"unit\": \"ms\", \"value\": 12.5}")
                        + "]");

        assertThat(gathered.rows()).containsExactly("sort | p99 | ms | lower | 12.5");
        var header = gathered.header();
        assertThat(header.revision().commit()).isEqualTo("c0ffee");
        assertThat(header.revision().branch()).isEqualTo("main");
        assertThat(header.revision().commitTime()).contains(Instant.ofEpochSecond(1690000000));
        assertThat(header.measuredAt()).contains(Instant.ofEpochSecond(1700000000));
        assertThat(header.environment().facts()).isEmpty();
        assertThat(header.context()).containsEntry("git_repo", "r").doesNotContainKey("branch");
    }

    @Test
    void without_a_commit_the_time_stands_for_it() throws IOException {
        Gathered gathered = Gathered.of("sort.json", point("", "{\"name\": \"p99\", \"unit\": \"ms\", \"value\": 1}"));

        assertThat(gathered.header().revision().commit()).isEqualTo("1700000000");
        assertThat(gathered.header().revision().commitTime()).contains(Instant.ofEpochSecond(1700000000));
    }

    @Test
    void the_name_that_the_service_adds_is_better_than_that_of_the_file() throws IOException {
        String named = point("", "{\"name\": \"p99\", \"unit\": \"ms\", \"value\": 1}")
                .replaceFirst("\\{", "{\"_id\": {\"test_name\": \"suite/sort\"}, ");

        assertThat(Gathered.of("x.json", "[" + named + "]").rows())
                .containsExactly("suite/sort | p99 | ms | lower | 1");
    }

    @ParameterizedTest
    @CsvSource({
        "higher_is_better, ms, p99, higher",
        "'', ms, p99, lower",
        "'', req/s, x, higher",
        "lower_is_better, req/s, x, lower",
        "'', '', hit_rate, higher",
        "odd, '', misses, lower"
    })
    void the_direction_is_the_stated_one_else_that_of_the_unit_else_that_of_the_name(
            String direction, String unit, String name, String better) throws IOException {
        Gathered gathered = Gathered.of(
                "sort.json",
                point(
                        "",
                        "{\"name\": \"%s\", \"unit\": \"%s\", \"value\": 1, \"direction\": \"%s\"}"
                                .formatted(name, unit, direction)));

        assertThat(gathered.rows()).containsExactly(String.join(" | ", "sort", name, unit, better, "1"));
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_metric_without_a_number_and_one_of_unknown_direction_are_reported() throws IOException {
        Gathered gathered = Gathered.of(
                "sort.json",
                point(
                        "",
                        "{\"name\": \"a\", \"unit\": \"ms\", \"value\": null},\n{\"name\": \"foo\", \"unit\": \"\", \"value\": 1}"));

        assertThat(gathered.rows()).containsExactly("sort | foo |  | lower | 1");
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("sort.json:1:")
                                .endsWith("metric \"a\" of \"sort\" has no finite number; it is skipped"),
                        two -> assertThat(two)
                                .startsWith("sort.json:2:1: unknown direction of \"foo\"")
                                .endsWith("(set it with \"direction\")"));
    }
}
