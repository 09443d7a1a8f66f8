package dev.plumbline.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Sample.Center;
import dev.plumbline.core.model.Sample.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity of environments, revisions, benchmarks and series, and what a point is made of. */
class NamesOfThingsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void facts_that_move_measurements_make_the_environments_key() {
        Environment one = Environment.of(Map.of("cpu", "x", "cores", "4"));

        assertThat(one.key())
                .isEqualTo(Environment.of(Map.of("cores", "4", "cpu", "x")).key());
        assertThat(one.key())
                .isNotEqualTo(Environment.of(Map.of("cpu", "x", "cores", "8")).key());
        assertThat(one.key()).isNotEqualTo(Environment.of(Map.of("cpu", "x")).key());
        assertThat(Environment.of(Map.of("a", "bc")).key())
                .isNotEqualTo(Environment.of(Map.of("ab", "c")).key());
        assertThat(one.key()).matches("[0-9a-f]{12}");
    }

    @Test
    void facts_for_people_do_not_split_a_history() {
        Environment one = Environment.of(Map.of("cpu", "x", "info.host", "a"));

        assertThat(one.key())
                .isEqualTo(Environment.of(Map.of("cpu", "x", "info.host", "b")).key());
        assertThat(one.key()).isEqualTo(Environment.of(Map.of("cpu", "x")).key());
        assertThat(Environment.of(Map.of("info.host", "a")).key()).isEqualTo("unknown");
        assertThat(Environment.unknown().key()).isEqualTo("unknown");
    }

    @Test
    void a_given_name_is_the_key_whatever_the_facts() {
        assertThat(Environment.of(Map.of("cpu", "x")).named("lab").key()).isEqualTo("lab");
        assertThat(Environment.of(Map.of("cpu", "y", "name", "lab")).key()).isEqualTo("lab");
        assertThat(Environment.of(Map.of("cpu", "y", "name", " ")).key())
                .isEqualTo(Environment.of(Map.of("cpu", "y")).key());
    }

    @Test
    void own_facts_win_over_those_found_out() {
        Environment own = Environment.of(Map.of("cpu", "x"));
        Environment found = Environment.of(Map.of("cpu", "y", "cores", "4"));

        assertThat(own.orElse(found).facts()).isEqualTo(Map.of("cpu", "x", "cores", "4"));
    }

    @Test
    void a_revision_tells_the_beginning_of_its_commit() {
        assertThat(Revision.of("0123456789abcdef", "main").shortCommit()).isEqualTo("0123456789");
        assertThat(Revision.of("abc", "main").shortCommit()).isEqualTo("abc");
        assertThat(Revision.of("0123456789abcdef-dirty", "main").shortCommit()).isEqualTo("0123456789-dirty");
        assertThat(Revision.of("abc-dirty", "main").shortCommit()).isEqualTo("abc-dirty");
        assertThat(Revision.unknown().shortCommit()).isEqualTo("unknown");
        assertThat(Revision.unknown().isKnown()).isFalse();
        assertThat(Revision.of("abc", "main").isKnown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void names_are_not_empty(String empty) {
        assertThatIllegalArgumentException().isThrownBy(() -> Benchmark.of(empty));
        assertThatIllegalArgumentException().isThrownBy(() -> Benchmark.of("a", Map.of(empty, "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> Revision.of("abc", empty));
        assertThatIllegalArgumentException().isThrownBy(() -> new Metric(empty, Unit.of("s"), Better.LOWER));
        assertThatIllegalArgumentException().isThrownBy(() -> Environment.of(Map.of(empty, "x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Environment.unknown().named(empty));
    }

    @Test
    void names_are_not_endless_and_the_message_is_not_either() {
        String name = "n".repeat(1 << 20);
        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> Benchmark.of(name),
                        () -> Benchmark.of("a", Map.of("p", name)),
                        () -> Benchmark.of("a", Map.of(name, "p")),
                        () -> Revision.of(name, "main"),
                        () -> Revision.of("abc", name),
                        () -> Environment.of(Map.of("cpu", name)))) {
            assertThatIllegalArgumentException().isThrownBy(call).satisfies(e -> assertThat(e.getMessage())
                    .hasSizeLessThan(200));
        }
        assertThat(Benchmark.of("n".repeat(4096)).name()).hasSize(4096);
    }

    @Test
    void parameters_make_another_benchmark_in_whatever_order_they_come() {
        Benchmark one = Benchmark.of("sort", Map.of("n", "10", "threads", "4"));

        assertThat(one).isEqualTo(Benchmark.of("sort", new TreeMap<>(Map.of("threads", "4", "n", "10"))));
        assertThat(one).isNotEqualTo(Benchmark.of("sort"));
        assertThat(one.label()).isEqualTo("sort {n=10, threads=4}");
        assertThat(Benchmark.of("sort").label()).isEqualTo("sort");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort", "sort {n=10, threads=4}", "a {b}", "{x=1}", "a {b=c=d}", "a {}", "open {n=1"})
    void a_label_means_the_benchmark_that_has_it(String label) {
        assertThat(Benchmark.ofLabel(label).label()).isEqualTo(label);
    }

    @Test
    void a_label_with_parameters_means_them_and_no_longer_name() {
        assertThat(Benchmark.ofLabel("sort {n=10, threads=4}"))
                .isEqualTo(Benchmark.of("sort", Map.of("n", "10", "threads", "4")));
        assertThat(Benchmark.ofLabel("a {b}")).isEqualTo(Benchmark.of("a {b}"));
    }

    @Test
    void benchmarks_that_differ_have_a_place_each_in_a_sorted_set() {
        List<Benchmark> benchmarks = List.of(
                Benchmark.of("a"),
                Benchmark.of("a", Map.of("n", "1")),
                Benchmark.of("a", Map.of("n", "1, p=2")),
                Benchmark.of("a", Map.of("n", "1", "p", "2")),
                Benchmark.of("a", Map.of("n", "1", "p", "")),
                Benchmark.of("b"));

        assertThat(new TreeSet<>(benchmarks)).hasSameSizeAs(benchmarks);
        for (Benchmark one : benchmarks) {
            for (Benchmark other : benchmarks) {
                assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
                assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
            }
        }
    }

    @Test
    void parameters_cannot_be_changed_from_outside() {
        TreeMap<String, String> mine = new TreeMap<>(Map.of("n", "1"));
        Benchmark benchmark = new Benchmark("a", mine);
        mine.put("n", "2");

        assertThat(benchmark.parameters()).isEqualTo(Map.of("n", "1"));
    }

    @Test
    void a_series_id_is_short_safe_and_tells_series_apart() {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("a", "../b", "<b>", "DROP TABLE runs;--")) {
            for (String metric : List.of("time", "memory")) {
                for (String environment : List.of("lab", "unknown")) {
                    for (String branch : List.of("main", "feature/x")) {
                        ids.add(new SeriesKey(Benchmark.of(name), metric, environment, branch).id());
                    }
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{12}"));
    }

    private static RunInfo run() {
        return new RunInfo(
                "r", new RunHeader(Revision.unknown(), Environment.unknown(), Optional.empty(), NOON, new TreeMap<>()));
    }

    @Test
    void a_point_knows_how_far_its_groups_disagree() {
        Sample sample =
                Values.of(Center.MEAN, List.of(new double[] {10, 12}, new double[] {9}, new double[] {10, 10, 10}));

        Point point = Point.of(run(), sample);

        // numpy.std(numpy.log([11, 9, 10]), ddof=1)
        assertThat(point.groupDeviation()).isEqualTo(0.10037728548770317, within(1e-15));
        assertThat(point.groupCount()).isEqualTo(3);
        assertThat(point.value()).isEqualTo(61 / 6.0, within(1e-14));
        assertThat(point.judgedBad()).isFalse();
    }

    @Test
    void a_disturbed_fork_says_little_of_how_well_averages_are_known() {
        List<double[]> forks = List.of(
                new double[] {10}, new double[] {10.1}, new double[] {9.9}, new double[] {16}, new double[] {10.05});
        assertThat(Point.groupDeviation(Values.of(Center.MEAN, forks))).isGreaterThan(0.2);
        assertThat(Point.groupDeviation(Values.of(Center.PSEUDOMEDIAN, forks))).isLessThan(0.02);
    }

    @Test
    void groups_without_a_logarithm_and_single_groups_say_nothing_of_scatter() {
        assertThat(Point.groupDeviation(Values.of(Center.MEAN, 1, 2, 3))).isZero();
        assertThat(Point.groupDeviation(Sample.Summary.of(1))).isZero();
        assertThat(Point.groupDeviation(Values.of(Center.MEAN, List.of(new double[] {0}, new double[] {1}))))
                .isZero();
        assertThat(Point.groupDeviation(Values.of(Center.MEAN, List.of(new double[] {-1}, new double[] {1}))))
                .isZero();
        assertThat(Point.groupDeviation(Values.of(Center.MEAN, List.of(new double[] {1e-300}, new double[] {1e300}))))
                .isFinite()
                .isPositive();
    }

    @Test
    void a_point_is_made_of_numbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(run(), Double.NaN, 1, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(run(), Double.POSITIVE_INFINITY, 1, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(run(), 1, 0, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(run(), 1, 1, -1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(run(), 1, 1, Double.NaN, false));
    }

    @Test
    void a_series_keeps_its_own_copy_of_its_points() {
        List<Point> mine = new ArrayList<>(List.of(new Point(run(), 1, 1, 0, false), new Point(run(), 2, 1, 0, true)));
        Series series = new Series(
                new SeriesKey(Benchmark.of("a"), "time", "lab", "main"), Unit.of("s"), Better.LOWER, mine, List.of());
        mine.clear();

        assertThat(series.values()).containsExactly(1, 2);
        assertThat(series.withPoints(List.of()).values()).isEmpty();
        assertThat(series.withPoints(List.of()).key()).isEqualTo(series.key());
    }

    @Test
    void worse_is_more_of_what_should_be_less() {
        assertThat(Better.LOWER.isWorse(0.1)).isTrue();
        assertThat(Better.LOWER.isWorse(-0.1)).isFalse();
        assertThat(Better.HIGHER.isWorse(-0.1)).isTrue();
        assertThat(Better.HIGHER.isWorse(0.1)).isFalse();
        for (Better better : Better.values()) {
            assertThat(better.isWorse(0)).isFalse();
            assertThat(better.isWorse(Double.NaN)).isFalse();
        }
    }
}
