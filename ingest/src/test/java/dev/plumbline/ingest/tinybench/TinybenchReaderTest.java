package dev.plumbline.ingest.tinybench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TinybenchReaderTest {
    private static final String STATISTICS =
            "\"mean\": 2.5, \"min\": 2, \"max\": 4, \"p50\": 2.4, \"p99\": 3, \"moe\": 0.5, \"sd\": 0.25, \"df\": 9";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\": \"a\", \"result\": {\"hz\": 400, \"moe\": 0.5, %s}}]",
                "[{\"name\": \"a\", \"hz\": 400, \"moe\": 0.5, %s}]"
            })
    void version_2_tells_one_rate(String layout) throws IOException {
        Gathered gathered = Gathered.of(
                "tasks.json",
                layout.formatted(
                        "\"mean\": 2.5, \"min\": 2, \"max\": 4, \"p50\": 2.4, \"p99\": 3, \"sd\": 0.25, \"df\": 9"));

        assertThat(gathered.rows())
                .containsExactly("a | time | ms | lower | 2.5", "a | throughput | ops/s | higher | 400");
        assertThat(gathered.summary("a", "time").interval()).contains(new Interval(2, 3, 0.95));
        assertThat(gathered.summary("a", "time").count()).isEqualTo(10);
    }

    @Test
    void later_versions_have_statistics_of_the_rate_and_tell_the_runtime() throws IOException {
        Gathered gathered = Gathered.of(
                "tasks.json",
                "[{\"name\": \"a\", \"result\": {\"runtime\": \"node\", \"runtimeVersion\": \"v20\", \"latency\": {"
                        + STATISTICS + "}, \"throughput\": {\"mean\": 410, \"sd\": 9, \"df\": 9}}}]");

        assertThat(gathered.rows())
                .containsExactly("a | time | ms | lower | 2.5", "a | throughput | ops/s | higher | 410");
        assertThat(gathered.summary("a", "throughput").standardDeviation()).hasValue(9);
        assertThat(gathered.header().environment().facts()).containsEntry("runtime", "node v20");
    }

    @Test
    void samples_are_kept_when_none_is_missing_and_all_are_numbers() throws IOException {
        String task = "[{\"name\": \"a\", \"result\": {\"latency\": {\"mean\": 2, \"df\": 1, \"samples\": %s}}}]";

        assertThat(Gathered.of("t.json", task.formatted("[1, 3]")).groups("a", "time"))
                .containsExactly(List.of(1.0, 3.0));
        assertThat(Gathered.of("t.json", task.formatted("[1, null]"))
                        .summary("a", "time")
                        .count())
                .isEqualTo(2);
        assertThat(Gathered.of("t.json", task.formatted("[1]"))
                        .summary("a", "time")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void a_task_that_failed_is_reported_with_its_place() throws IOException {
        Gathered gathered = Gathered.of(
                "t.json",
                "[{\"name\": \"a\", \"result\": {\"latency\": {" + STATISTICS
                        + "}}},\n{\"name\": \"b\", \"result\": {\"error\": {}}}]");

        assertThat(gathered.rows()).hasSize(1);
        assertThat(gathered.problems())
                .containsExactly("t.json:2:1: task \"b\" has no times, as if it had failed; it is skipped");
    }

    @Test
    void tables_of_version_2_and_later_are_read_with_their_margins() throws IOException {
        Gathered older = Gathered.of("t.txt", """
                ┌─────────┬───────────┬──────────┬───────────────────┬──────────┬─────────┐
                │ (index) │ Task Name │ ops/sec  │ Average Time (ns) │ Margin   │ Samples │
                ├─────────┼───────────┼──────────┼───────────────────┼──────────┼─────────┤
                │ 0       │ 'a b'     │ '57,479' │ 200               │ '±5.00%' │ 100     │
                │ 1       │ 'failed'  │ 'NaN'    │ NaN               │ '±NaN%'  │ 0       │
                └─────────┴───────────┴──────────┴───────────────────┴──────────┴─────────┘
                """);
        Gathered newer = Gathered.of("t.txt", """
                │ (index) │ Task name │ Latency avg (ns)  │ Latency med (ns) │ Throughput avg (ops/s) \
                │ Throughput med (ops/s) │ Samples │
                │ 0       │ 'a'       │ '200.00 ± 5.00%'  │ '190.00 ± 10.00' │ '5000 ± 1.00%'         \
                │ '5100 ± 90'            │ 100     │
                """);

        assertThat(older.rows())
                .containsExactly("a b | time | ns | lower | 200", "a b | throughput | ops/s | higher | 57479");
        assertThat(older.summary("a b", "time").interval()).contains(new Interval(190, 210, 0.95));
        assertThat(older.problems())
                .containsExactly(
                        "t.txt:5: benchmark \"failed\", metric \"time\": there are no samples, as if the task had"
                                + " failed; it is skipped");
        assertThat(newer.rows())
                .containsExactly("a | time | ns | lower | 200", "a | throughput | ops/s | higher | 5000");
        assertThat(newer.summary("a", "time").quantiles()).containsEntry(0.5, 190.0);
        assertThat(newer.summary("a", "throughput").quantiles()).containsEntry(0.5, 5100.0);
    }
}
