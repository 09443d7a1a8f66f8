package dev.plumbline.ingest.input.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that every load test has in common. */
class LoadTestTest {
    private final Gathered sink = new Gathered();
    private final LoadTest load = new LoadTest(
            new Recorder(sink), "a:1", new RunFacts().in(ImportContext.unknown(Gathered.NOW)), Benchmark.of("b"));

    private List<String> metrics() {
        return sink.measurements().stream().map(one -> one.metric().name()).toList();
    }

    /** As many times as asked for, each once. */
    private static SortedMap<Double, Long> times(int count) {
        TreeMap<Double, Long> times = new TreeMap<>();
        IntStream.rangeClosed(1, count).forEach(time -> times.put((double) time, 1L));
        return times;
    }

    @ParameterizedTest
    @CsvSource({"10, p99", "999, p99", "1000, p99.9", "9999, p99.9", "10000, p99.99"})
    void a_percentile_is_a_metric_only_where_there_are_enough_times_for_it(int count, String last) {
        load.histogram("ms", times(count));

        assertThat(metrics())
                .startsWith("time", "p50", "p75", "p90", "p95", "p99")
                .endsWith(last);
    }

    @Test
    void the_percentiles_of_another_metric_have_a_name_before_theirs() {
        load.histogram("connect", "connect.", "ms", times(10));

        assertThat(metrics())
                .containsExactly("connect", "connect.p50", "connect.p75", "connect.p90", "connect.p95", "connect.p99");
        assertThat(sink.measurement("b", "connect.p90").sample().location()).isEqualTo(9);
    }

    @Test
    void stated_percentiles_are_metrics_as_far_as_they_are_stated() {
        load.costWithPercentiles(
                "time",
                "",
                "us",
                StatedSummary.location(5).quantile(0.5, 4).quantile(0.999, 9).quantile(0.66, 6));

        assertThat(sink.rows())
                .containsExactly("b | time | us | lower | 5", "b | p50 | us | lower | 4", "b | p99.9 | us | lower | 9");
    }

    @Test
    void without_a_mean_the_percentiles_are_kept() {
        load.costWithPercentiles(
                "time", "", "us", StatedSummary.location(Double.NaN).quantile(0.5, 4));

        assertThat(sink.rows()).containsExactly("b | p50 | us | lower | 4");
    }

    @ParameterizedTest
    @CsvSource({"5, 200, 2.5", "0, 200, 0", "200, 200, 100"})
    void failures_are_percent_of_all_requests(double failed, double all, double percent) {
        load.failures(failed, all);

        assertThat(sink.measurement("b", "failures").sample().location()).isEqualTo(percent);
        assertThat(sink.measurement("b", "failures").metric().unit().symbol()).isEqualTo("%");
    }

    @Test
    void without_a_request_there_is_no_share_of_failures_and_no_histogram() {
        load.failures(0, 0);
        load.failures(0, Double.NaN);
        load.histogram("ms", new TreeMap<>());
        load.value("transfer", "B/s", Better.HIGHER, Double.NaN);

        assertThat(sink.measurements()).isEmpty();
        assertThat(sink.problems()).isEmpty();
    }

    @Test
    void parameters_that_are_empty_are_none() {
        assertThat(LoadTest.parameters(new TreeMap<>(Map.of("a", "1", "b", "", "c", " "))))
                .containsOnlyKeys("a");
    }
}
