package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.judge.LooksRenamed.Level;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which benchmarks that vanished look like which that came. */
class LooksRenamedTest {
    private static final Instant BEFORE = Instant.parse("2026-01-05T03:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-06T03:00:00Z");

    private static Benchmark benchmark(String name, String items) {
        return items.isEmpty() ? Benchmark.of(name) : Benchmark.of(name, Map.of("items", items));
    }

    private static Level level(Benchmark benchmark, String metric, String unit, double value, Instant when) {
        return new Level(
                new SeriesKey(benchmark, metric, "lab", "main"),
                metric.equals("time"),
                Unit.of(unit),
                Better.LOWER,
                value,
                0.01,
                when);
    }

    private static Level old(String name, String items, double value) {
        return level(benchmark(name, items), "time", "ms", value, BEFORE);
    }

    private static Level young(String name, String items, double value) {
        return level(benchmark(name, items), "time", "ms", value, NOW);
    }

    private static Map<Benchmark, Missing.Renamed> among(List<Level> vanished, List<Level> came, Benchmark... still) {
        return LooksRenamed.among(vanished, came, List.of(still));
    }

    @ParameterizedTest
    @CsvSource({"100, true", "104.9, true", "95.3, true", "106, false", "94, false", "0, false"})
    void a_new_benchmark_looks_like_the_old_one_when_its_level_is_near(double value, boolean is) {
        assertThat(among(List.of(old("a.parse", "", 100)), List.of(young("a.read", "", value)))
                        .containsKey(benchmark("a.parse", "")))
                .isEqualTo(is);
    }

    @Test
    void the_noisier_it_was_the_further_away_it_may_be() {
        Level noisy = Level.of(
                new SeriesKey(Benchmark.of("a"), "time", "lab", "main"),
                true,
                Unit.of("ms"),
                Better.LOWER,
                new double[] {90, 110, 95, 105, 92, 108, 99, 101},
                BEFORE);

        assertThat(noisy.value()).isEqualTo(100);
        assertThat(among(List.of(noisy), List.of(young("b", "", 120)))).hasSize(1);
        assertThat(among(List.of(noisy), List.of(young("b", "", 170)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"149, 0.49", "70, -0.3", "151, ", "60, ", "0, ", "-100, "})
    void a_name_that_is_alike_is_enough_for_a_level_that_is_not_far(double value, Double change) {
        List<Level> vanished = List.of(old("Sort.quick", "", 100), old("Sort.merge", "", 300));
        Map<Benchmark, Missing.Renamed> renamed =
                among(vanished, List.of(young("Sort.quickSort", "", value), young("Codec.parse", "", 130)));

        assertThat(renamed.keySet()).isEqualTo(change == null ? Set.of() : Set.of(benchmark("Sort.quick", "")));
        renamed.values().forEach(now -> {
            assertThat(now.into()).isEqualTo("Sort.quickSort");
            assertThat(now.moved().orElseThrow().relativeChange()).isCloseTo(change, within(1e-9));
        });
    }

    @Test
    void nobody_knows_which_of_two_alike_names_the_one_with_another_level_became() {
        assertThat(among(
                        List.of(old("Sort.quick", "", 100)),
                        List.of(young("Sort.quickA", "", 130), young("Sort.quickB", "", 120))))
                .isEmpty();
    }

    @Test
    void what_is_alike_goes_before_what_moved() {
        Map<Benchmark, Missing.Renamed> renamed = among(
                List.of(old("Sort.quick", "", 100)),
                List.of(young("Sort.quickSort", "", 130), young("Tri.rapide", "", 100)));

        assertThat(renamed.values())
                .containsExactly(new Missing.Renamed(Benchmark.of("Tri.rapide"), "Sort.quick", "Tri.rapide"));
    }

    @Test
    void units_may_differ_and_have_to_be_comparable() {
        Level seconds = level(Benchmark.of("b"), "time", "s", 0.1, NOW);
        Level bytes = level(Benchmark.of("b"), "time", "B", 100, NOW);

        assertThat(among(List.of(old("a", "", 100)), List.of(seconds))).hasSize(1);
        assertThat(among(List.of(old("a", "", 100)), List.of(bytes))).isEmpty();
    }

    @Test
    void parameters_have_to_be_the_same() {
        assertThat(among(List.of(old("a", "20", 100)), List.of(young("b", "200", 100))))
                .isEmpty();
        assertThat(among(List.of(old("a", "20", 100)), List.of(young("b", "", 100))))
                .isEmpty();
    }

    @Test
    void primary_metrics_have_to_be_the_same_and_others_need_not_be_measured() {
        List<Level> measured =
                List.of(old("a", "", 100), level(Benchmark.of("a"), "gc.alloc.rate.norm", "B", 480, BEFORE));
        Level other = level(Benchmark.of("b"), "gc.alloc.rate.norm", "B", 960, NOW);

        assertThat(among(measured, List.of(young("b", "", 100)))).hasSize(1);
        assertThat(among(measured, List.of(young("b", "", 100), other))).isEmpty();
        assertThat(among(List.of(old("a", "", 100)), List.of(other))).isEmpty();
    }

    @Test
    void what_was_measured_beside_the_old_one_is_not_the_old_one() {
        assertThat(among(List.of(old("a", "", 100)), List.of(level(Benchmark.of("b"), "time", "ms", 100, BEFORE))))
                .isEmpty();
    }

    @Test
    void counters_of_nothing_are_like_nothing() {
        assertThat(among(List.of(old("a", "", 0)), List.of(young("b", "", 0)))).isEmpty();
    }

    @Test
    void all_benchmarks_of_a_name_are_joined_by_the_name() {
        Map<Benchmark, Missing.Renamed> renamed = among(
                List.of(old("a", "20", 100), old("a", "200", 1000)),
                List.of(young("b", "20", 101), young("b", "200", 990)));

        assertThat(renamed)
                .containsEntry(benchmark("a", "20"), new Missing.Renamed(benchmark("b", "20"), "a", "b"))
                .containsEntry(benchmark("a", "200"), new Missing.Renamed(benchmark("b", "200"), "a", "b"));
    }

    @Test
    void one_benchmark_of_a_name_that_stays_is_joined_by_its_label() {
        Map<Benchmark, Missing.Renamed> renamed =
                among(List.of(old("a", "20", 100)), List.of(young("b", "20", 101)), benchmark("a", "200"));

        assertThat(renamed.values()).containsExactly(new Missing.Renamed(benchmark("b", "20"), "a {items=20}", "b"));
        assertThat(among(
                                List.of(old("a", "20", 100)),
                                List.of(young("b", "20", 101)),
                                benchmark("a", ""),
                                benchmark("b", ""))
                        .values())
                .containsExactly(new Missing.Renamed(benchmark("b", "20"), "a {items=20}", "b {items=20}"));
        assertThat(among(List.of(old("a", "", 100)), List.of(young("b", "", 101)), benchmark("a", "20")))
                .as("its name is that of others too")
                .isEmpty();
    }

    @Test
    void of_several_that_would_do_the_name_decides_if_it_does_so_by_far() {
        List<Level> vanished = List.of(old("org.Sort.quick", "", 100), old("org.Codec.read", "", 101));

        Map<Benchmark, Missing.Renamed> renamed =
                among(vanished, List.of(young("com.Codec.read", "", 100), young("com.Sort.quick", "", 101)));
        assertThat(renamed.get(Benchmark.of("org.Sort.quick")).into()).isEqualTo("com.Sort.quick");
        assertThat(renamed.get(Benchmark.of("org.Codec.read")).into()).isEqualTo("com.Codec.read");

        assertThat(among(vanished, List.of(young("x", "", 100), young("y", "", 101))))
                .isEmpty();
        assertThat(among(List.of(old("org.Sort.quick", "", 100)), List.of(young("x", "", 100), young("y", "", 101))))
                .isEmpty();
    }

    @Test
    void no_two_become_one() {
        List<Level> vanished = new ArrayList<>();
        Stream.of("aa", "bb", "cc").forEach(name -> vanished.add(old(name, "", 100)));

        assertThat(among(vanished, List.of(young("dd", "", 100)))).isEmpty();
    }
}
