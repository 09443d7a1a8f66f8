package dev.plumbline.ingest.vitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VitestReaderTest {
    private static Gathered read(String benchmarks) throws IOException {
        return Gathered.of(
                "bench.json",
                "{\"files\": [{\"filepath\": \"a.bench.ts\", \"groups\": [{\"fullName\": \"a.bench.ts > sort\", \"benchmarks\": ["
                        + benchmarks + "]}]}]}");
    }

    @Test
    void the_mean_has_its_margin_of_error_as_interval_and_the_rate_is_the_tool_s_own() throws IOException {
        Gathered gathered = read("""
                {"name": "quick", "rank": 1, "hz": 400, "mean": 2.5, "min": 2, "max": 4, "p75": 2.6, "p99": 3, "p995": 3.5,
                 "p999": 3.9, "moe": 0.5, "sd": 0.25, "df": 99, "sampleCount": 100, "median": 2.4}
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "a.bench.ts > sort > quick | time | ms | lower | 2.5",
                        "a.bench.ts > sort > quick | throughput | ops/s | higher | 400");
        var time = gathered.summary("a.bench.ts > sort > quick", "time");
        assertThat(time.interval()).contains(new Interval(2, 3, 0.95));
        assertThat(time.count()).isEqualTo(100);
        assertThat(time.standardDeviation()).hasValue(0.25);
        assertThat(time.quantiles()).containsOnlyKeys(0.0, 0.5, 0.75, 0.99, 0.995, 0.999, 1.0);
    }

    @Test
    void samples_are_kept_when_all_of_them_are_there() throws IOException {
        String task = "{\"name\": \"q\", \"hz\": 400, \"mean\": 2, \"sampleCount\": %d, \"samples\": [1, 3]}";

        assertThat(read(task.formatted(2)).groups("a.bench.ts > sort > q", "time"))
                .containsExactly(List.of(1.0, 3.0));
        assertThat(read(task.formatted(3))
                        .summary("a.bench.ts > sort > q", "time")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void a_task_without_times_is_reported_and_a_rate_that_is_none_too() throws IOException {
        Gathered gathered =
                read("{\"name\": \"failed\", \"samples\": []}, {\"name\": \"q\", \"mean\": 2, \"hz\": Infinity}");

        assertThat(gathered.rows()).containsExactly("a.bench.ts > sort > q | time | ms | lower | 2");
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("bench.json:1:")
                                .contains("task \"a.bench.ts > sort > failed\" has no times"),
                        two -> assertThat(two).contains("\"hz\" is Infinity, no finite number; it is left out"));
    }
}
