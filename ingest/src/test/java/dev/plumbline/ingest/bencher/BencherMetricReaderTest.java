package dev.plumbline.ingest.bencher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BencherMetricReaderTest {
    @Test
    void known_measures_have_bencher_s_units_and_others_the_direction_of_their_name() throws IOException {
        Gathered gathered = Gathered.of("results.json", """
                {"a": {"latency": {"value": 12}, "throughput": {"value": 3}, "build-time": {"value": 2},
                       "file-size": {"value": 99}, "cache-misses": {"value": 5}, "hit-rate": {"value": 0.5},
                       "foo": {"value": 1}}}
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "a | latency | ns | lower | 12",
                        "a | throughput | ops/s | higher | 3",
                        "a | build-time | s | lower | 2",
                        "a | file-size | B | lower | 99",
                        "a | cache-misses |  | lower | 5",
                        "a | hit-rate |  | higher | 0.5",
                        "a | foo |  | lower | 1");
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("unknown direction of \"foo\"; assuming lower is better");
    }

    @Test
    void bounds_around_the_value_are_its_extremes_and_distances_are_not() throws IOException {
        Gathered gathered = Gathered.of("results.json", """
                {"a": {"latency": {"value": 12, "lower_value": 10, "upper_value": 15}},
                 "b": {"latency": {"value": 12, "lower_value": 1, "upper_value": 2}}}
                """);

        assertThat(gathered.summary("a", "latency").quantiles())
                .containsEntry(0.0, 10.0)
                .containsEntry(1.0, 15.0);
        assertThat(gathered.summary("b", "latency").quantiles()).isEmpty();
    }

    @Test
    void a_measure_without_a_value_that_is_a_number_is_reported_and_the_others_are_read() throws IOException {
        Gathered gathered = Gathered.of("results.json", """
                {"a": {"latency": {"value": null}, "throughput": {"value": "fast"}},
                 "b": {"latency": {"value": "7"}}, "c": {"latency": {"value": -7}}, "": {"latency": {"value": 1}}}
                """);

        assertThat(gathered.rows()).containsExactly("b | latency | ns | lower | 7");
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("results.json:1:19: benchmark \"a\", measure \"latency\": has no value"),
                        two -> assertThat(two).contains("measure \"throughput\": has no value"),
                        three -> assertThat(three).contains("a duration of -7.0 ns is not possible"),
                        four -> assertThat(four).contains("the benchmark is skipped"));
    }

    @Test
    void objects_that_other_formats_write_are_none() throws IOException {
        assertThat(Gathered.of("a.json", "{\"a\": {\"latency\": {\"value\": 1}}}")
                        .format()
                        .id())
                .isEqualTo("bencher");
        assertThat(Gathered.of(
                                "a.json",
                                "{\"metrics\": {\"http_reqs\": {\"value\": 1, \"count\": 2}}, \"root_group\": {\"groups\": {}}}")
                        .format()
                        .id())
                .isEqualTo("k6");
    }
}
