package dev.plumbline.ingest.gab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of github-action-benchmark with everything that real and damaged ones hold. */
class GabHostileTest {
    private static Gathered entry(String tool, String benches) throws IOException {
        return Gathered.of("data.js", """
                window.BENCHMARK_DATA = {"lastUpdate": 1, "repoUrl": "", "entries": {"Suite": [
                {"commit": {"id": "c0ffee", "message": "first\\nsecond", "timestamp": "2024-02-03T04:05:06Z", "url": "u"},
                 "date": 1706933106000, "tool": "%s", "benches": [%s]}]}}
                """.formatted(tool, benches));
    }

    @ParameterizedTest
    @CsvSource({
        "cargo, ns/iter, time, lower",
        "customBiggerIsBetter, ms/ggas, value, lower",
        "customBiggerIsBetter, points, value, higher",
        "customSmallerIsBetter, points, value, lower",
        "customSmallerIsBetter, req/s, throughput, higher",
        "benchmarkjs, ops/sec, throughput, higher",
        "pytest, iter/sec, throughput, higher",
        "go, B/op, size, lower",
        "jmh, ops/s, throughput, higher"
    })
    void the_unit_says_what_is_better_and_else_the_tool(String tool, String unit, String metric, String better)
            throws IOException {
        assertThat(entry(tool, "{\"name\": \"a\", \"value\": 1, \"unit\": \"" + unit + "\"}")
                        .rows())
                .containsExactly("a {suite=Suite} | " + metric + " | " + unit + " | " + better + " | 1");
    }

    @Test
    void what_neither_unit_nor_tool_nor_name_tells_is_reported_once_for_a_unit() throws IOException {
        Gathered gathered = entry(
                "unknown",
                "{\"name\": \"a\", \"value\": 1, \"unit\": \"x\"}, {\"name\": \"b\", \"value\": 1, \"unit\": \"x\"},"
                        + "{\"name\": \"misses\", \"value\": 1, \"unit\": \"y\"}");

        assertThat(gathered.measurements()).hasSize(3);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("unknown direction of \"x\"; assuming lower is better");
    }

    @ParameterizedTest
    @CsvSource({"± 2, 2", "+/- 0.5, 0.5", "'± 1,234', 1234"})
    void a_spread_in_the_unit_of_the_value_is_the_deviation(String range, double deviation) throws IOException {
        assertThat(entry("cargo", "{\"name\": \"a\", \"value\": 10, \"unit\": \"ns\", \"range\": \"" + range + "\"}")
                        .summary("a {suite=Suite}", "time")
                        .standardDeviation())
                .hasValue(deviation);
    }

    @Test
    void a_spread_in_percent_is_the_interval() throws IOException {
        assertThat(entry(
                                "benchmarkjs",
                                "{\"name\": \"a\", \"value\": 200, \"unit\": \"ops/sec\", \"range\": \"±2.5%\"}")
                        .summary("a {suite=Suite}", "throughput")
                        .interval())
                .contains(new Interval(195, 205, 0.95));
    }

    @ParameterizedTest
    @CsvSource({
        "81 samples, 81",
        "'mean: 1\\nrounds: 9', 9",
        "12 times, 12",
        "999999999999999999 samples, 0",
        "some samples, 0"
    })
    void the_number_of_samples_is_the_count(String extra, long count) throws IOException {
        assertThat(entry("cargo", "{\"name\": \"a\", \"value\": 10, \"unit\": \"ns\", \"extra\": \"" + extra + "\"}")
                        .summary("a {suite=Suite}", "time")
                        .count())
                .isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "NaN", "\"fast\"", "1e999", "[]"})
    void a_value_that_is_none_is_reported_with_its_place(String value) throws IOException {
        Gathered gathered = entry(
                "cargo",
                "{\"name\": \"a\", \"value\": " + value
                        + ", \"unit\": \"ns\"},\n{\"name\": \"b\", \"value\": 1, \"unit\": \"ns\"}");

        assertThat(gathered.rows()).containsExactly("b {suite=Suite} | time | ns | lower | 1");
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("data.js:3:")
                .contains("benchmark \"a\": value is ")
                .endsWith(", no finite number; this result is skipped");
    }

    @Test
    void an_entry_is_a_run_with_the_first_line_of_its_message() throws IOException {
        var header = entry("cargo", "{\"name\": \"a\", \"value\": 1, \"unit\": \"ns\", \"extra\": \"e\"}")
                .header();

        assertThat(header.revision().commit()).isEqualTo("c0ffee");
        assertThat(header.context())
                .containsEntry("extra", "e")
                .containsValue("first")
                .containsValue("u");
        assertThat(header.toString()).doesNotContain("second");
    }

    @Test
    void a_history_that_breaks_off_is_refused() {
        assertThatThrownBy(
                        () -> Gathered.of(
                                "data.js",
                                "window.BENCHMARK_DATA = {\"lastUpdate\": 1, \"entries\": {\"S\": [{\"commit\": {\"id\": \"a\"}, \"benches\": ["))
                .hasMessageMatching("data\\.js:1:\\d+: ends in the middle of a value.*");
    }
}
