package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.judge.LooksRenamed.Level;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one set of results has and another one has not. */
class VanishedTest {
    private static SeriesKey key(String benchmark, String metric) {
        return new SeriesKey(Benchmark.of(benchmark), metric, "lab", "main");
    }

    private static Level before(String benchmark, String metric, double value) {
        return new Level(
                key(benchmark, metric), !metric.equals("rss"), Unit.of("ms"), Better.LOWER, value, 0.01, Instant.MIN);
    }

    private static Level now(String benchmark, String metric, double value) {
        return new Level(
                key(benchmark, metric), !metric.equals("rss"), Unit.of("ms"), Better.LOWER, value, 0.01, Instant.MAX);
    }

    private static Level level(Benchmark benchmark, String metric, double value) {
        return new Level(
                new SeriesKey(benchmark, metric, "lab", "main"),
                true,
                Unit.of("ms"),
                Better.LOWER,
                value,
                0.01,
                Instant.MIN);
    }

    @Test
    void a_metric_that_came_in_another_unit_stands_beside_the_one_that_is_missing() {
        Level rate = new Level(key("b", "rate"), true, Unit.of("MB/s"), Better.HIGHER, 9, 0.01, Instant.MAX);
        Level wall = now("b", "wall", 50);

        assertThat(Vanished.between(List.of(before("b", "time", 50)), List.of(rate), (old, young) -> true)
                        .missing())
                .extracting(one -> one.unit().orElseThrow())
                .containsExactly(new Missing.OtherUnit("rate", Unit.of("ms"), Unit.of("MB/s"), true));
        assertThat(Vanished.between(List.of(before("b", "time", 50)), List.of(wall))
                        .missing())
                .as("another name alone is no other unit")
                .allMatch(one -> one.unit().isEmpty())
                .hasSize(1);
        assertThat(Vanished.between(List.of(before("b", "time", 50)), List.of(rate, wall))
                        .missing())
                .as("nobody knows which of two it became")
                .allMatch(one -> one.unit().isEmpty());
    }

    private static final List<Level> BEFORE = List.of(
            before("a", "gc.time", 1),
            before("a", "time", 100),
            before("a", "rss", 3),
            before("b", "time", 50),
            before("b", "rss", 4));

    @Test
    void a_benchmark_is_missing_once_by_its_main_metric() {
        Vanished.Found found = Vanished.between(BEFORE, List.of(now("b", "time", 50), now("b", "rss", 4)));

        assertThat(found.missing()).containsExactly(Missing.benchmark(key("a", "time")));
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void of_a_benchmark_that_was_measured_primary_metrics_are_missing_and_others_are_noted() {
        Vanished.Found found = Vanished.between(BEFORE, List.of(now("a", "gc.time", 1), now("b", "time", 50)));

        assertThat(found.missing()).containsExactly(Missing.metric(key("a", "time")));
        assertThat(found.notes()).containsExactly(new Note.NotMeasured("rss", 2));
        assertThat(found.secondary()).isEqualTo(Map.of("rss", 2));
    }

    @Test
    void a_benchmark_measured_in_another_mode_of_jmh_is_missing_with_that() {
        Benchmark average = Benchmark.of("a", Map.of("mode", "avgt", "n", "1"));
        Benchmark throughput = Benchmark.of("a", Map.of("n", "1"));
        Benchmark other = Benchmark.of("a", Map.of("n", "2"));
        List<Level> before = List.of(level(average, "time", 100));

        assertThat(Vanished.between(
                                before, List.of(level(throughput, "throughput", 0.01), level(other, "throughput", 1)))
                        .missing())
                .containsExactly(Missing.benchmark(level(average, "time", 100).key())
                        .measured(Optional.of(new Missing.OtherMode(throughput, "avgt", "thrpt"))));
        assertThat(Vanished.between(before, List.of(level(other, "throughput", 1)))
                        .missing())
                .containsExactly(Missing.benchmark(level(average, "time", 100).key()));
    }

    @Test
    void nothing_is_missing_of_what_has_only_more() {
        Vanished.Found found = Vanished.between(
                List.of(before("a", "time", 1)), List.of(now("a", "time", 2), now("c", "time", 1), now("a", "rss", 1)));

        assertThat(found.missing()).isEmpty();
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void what_vanished_looks_like_what_came_and_not_like_what_was_there_before() {
        List<Level> after = List.of(now("b", "time", 100), now("c", "gc.time", 1), now("c", "time", 101));

        assertThat(Vanished.between(BEFORE, after).missing())
                .containsExactly(new Missing(
                        key("a", "time"), true, Optional.of(new Missing.Renamed(Benchmark.of("c"), "a", "c"))));
    }

    @Test
    void a_benchmark_without_a_primary_metric_is_missing_by_the_one_it_has() {
        assertThat(Vanished.between(List.of(before("a", "rss", 3)), List.of(now("b", "time", 1)))
                        .missing())
                .containsExactly(Missing.benchmark(key("a", "rss")));
    }
}
