package dev.plumbline.core.compare;

import static dev.plumbline.core.judge.trial.Trials.decisive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.TailEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Sample.Center;
import dev.plumbline.core.model.Sample.Histogram;
import dev.plumbline.core.model.Sample.Summary;
import dev.plumbline.core.model.Sample.Values;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TailComparisonTest {
    private static final Metric TIME = new Metric("time", Unit.of("ms"), Better.LOWER);

    private static Pair pair(List<Sample> base, Unit baseUnit, List<Sample> candidate) {
        return new Pair(new SeriesKey(Benchmark.of("a"), TIME.name(), "lab", "main"), TIME, base, baseUnit, candidate);
    }

    private static Pair pair(Sample base, Sample candidate) {
        return pair(List.of(base), TIME.unit(), List.of(candidate));
    }

    private static List<Finding> tails(Pair... suite) {
        return new TailComparison(Policy.DEFAULT).compare(List.of(suite)).get(0);
    }

    private static Finding tail(String percentile, List<Finding> tails) {
        return tails.stream()
                .filter(finding -> finding.key().metric().equals("time " + percentile))
                .findFirst()
                .orElseThrow();
    }

    /** Executions with a floor and an exponential tail of the given length; one group a process. */
    private static List<double[]> executions(long seed, int processes, int each, double level, double tail) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> groups = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            double own = 1 + 0.005 * random.nextGaussian();
            double[] values = new double[each];
            Arrays.setAll(values, k -> own * (level - tail * Math.log(1 - random.nextDouble())));
            groups.add(values);
        }
        return groups;
    }

    private static Sample raw(List<double[]> groups) {
        return Values.of(Center.MEDIAN, groups);
    }

    private static Sample histogram(List<double[]> groups) {
        List<Histogram.Bins> bins = new ArrayList<>();
        for (double[] group : groups) {
            TreeMap<Double, Long> counts = new TreeMap<>();
            Arrays.stream(group).forEach(value -> counts.merge(value, 1L, Long::sum));
            bins.add(new Histogram.Bins(
                    counts.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                    counts.values().stream().mapToLong(Long::longValue).toArray()));
        }
        return Histogram.of(bins);
    }

    private static Sample stated(long count, double median, double p99) {
        return new Summary(
                median * 1.1,
                count,
                OptionalDouble.empty(),
                Optional.empty(),
                new TreeMap<>(Map.of(0.5, median, 0.99, p99)));
    }

    @Test
    void a_longer_tail_regresses_while_the_median_does_not() {
        Sample base = histogram(executions(1, 6, 4000, 100, 10));
        List<double[]> slower = executions(2, 6, 4000, 100, 10);
        SplittableRandom random = new SplittableRandom(3);
        // three executions in a hundred wait
        slower.forEach(group -> Arrays.setAll(group, i -> group[i] + (random.nextDouble() < 0.03 ? 60 : 0)));

        List<Finding> tails = tails(pair(base, histogram(slower)));

        assertThat(tails)
                .extracting(finding -> finding.key().metric())
                .containsExactly("time p50", "time p90", "time p99");
        assertThat(tail("p50", tails).verdict().kind()).isEqualTo(Kind.UNCHANGED);
        Finding worst = tail("p99", tails);
        assertThat(worst.verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(worst.severity()).isEqualTo(Severity.CRITICAL);
        Effect effect = worst.verdict().effect().orElseThrow();
        // 100 + 10 ln 100 = 146 before; 160 and what of 3 % is left after
        assertThat(effect.before()).isCloseTo(146, within(2.0));
        assertThat(effect.interval().contains(effect.relativeChange())).isTrue();
        assertThat(worst.detectableChange()).isPresent();
        assertThat(worst.unit()).isEqualTo(TIME.unit());
    }

    @Test
    void swapping_the_sides_turns_a_regression_into_an_improvement() {
        Sample base = histogram(executions(1, 6, 2000, 100, 10));
        Sample slower = histogram(executions(2, 6, 2000, 130, 10));

        assertThat(tails(pair(base, slower)))
                .allSatisfy(tail -> assertThat(tail.verdict().kind()).isEqualTo(Kind.REGRESSED));
        assertThat(tails(pair(slower, base)))
                .allSatisfy(tail -> assertThat(tail.verdict().kind()).isEqualTo(Kind.IMPROVED));
    }

    @Test
    void raw_executions_and_their_histogram_are_judged_alike_but_for_the_median_that_is_their_level() {
        List<double[]> before = executions(1, 5, 800, 100, 10);
        List<double[]> after = executions(2, 5, 800, 110, 10);

        List<Finding> raw = tails(pair(raw(before), raw(after)));
        List<Finding> counted = tails(pair(histogram(before), histogram(after)));

        assertThat(raw).extracting(finding -> finding.key().metric()).containsExactly("time p90", "time p99");
        assertThat(tail("p99", raw).verdict()).isEqualTo(tail("p99", counted).verdict());
        assertThat(tail("p90", raw).verdict().effect())
                .isEqualTo(tail("p90", counted).verdict().effect());
    }

    @Test
    void a_percentile_that_too_few_executions_lie_beyond_is_inconclusive() {
        List<Finding> tails = tails(pair(raw(executions(1, 5, 499, 100, 10)), raw(executions(2, 5, 800, 200, 10))));

        Finding tail = tail("p99", tails);
        assertThat(tail.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(((Verdict.Inconclusive) tail.verdict()).reason())
                .isEqualTo(new TailEvidence.TooFewExecutions(0.99, 500));
        assertThat(tail.verdict().effect()).isEmpty();
        assertThat(tail.pValue()).isEmpty();
        assertThat(tail("p90", tails).verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(tail("p99", tails(pair(raw(executions(1, 5, 500, 100, 10)), raw(executions(2, 5, 800, 200, 10)))))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.REGRESSED);
    }

    @Test
    void the_last_percentile_is_asked_only_where_the_executions_suffice() {
        assertThat(tails(pair(histogram(executions(1, 3, 5000, 100, 10)), histogram(executions(2, 3, 5000, 100, 10)))))
                .extracting(finding -> finding.key().metric())
                .containsExactly("time p50", "time p90", "time p99", "time p99.9");
        assertThat(tails(pair(histogram(executions(1, 3, 5000, 100, 10)), histogram(executions(2, 3, 4999, 100, 10)))))
                .hasSize(3);
    }

    @Test
    void a_handful_of_raw_values_has_no_tail_and_neither_have_averages() {
        assertThat(tails(pair(raw(executions(1, 5, 19, 100, 10)), raw(executions(2, 5, 30, 100, 10)))))
                .isEmpty();
        assertThat(tails(pair(raw(executions(1, 5, 20, 100, 10)), raw(executions(2, 5, 20, 100, 10)))))
                .hasSize(2);
        Sample averages = Values.of(Center.MEAN, executions(1, 5, 100, 100, 10));
        assertThat(tails(pair(averages, averages))).isEmpty();
        assertThat(tails(pair(raw(executions(1, 5, 100, 100, 10)), averages))).isEmpty();
        assertThat(tails(pair(Summary.of(1), raw(executions(1, 5, 100, 100, 10)))))
                .isEmpty();
    }

    @Test
    void one_process_a_side_is_never_enough() {
        List<Finding> tails =
                tails(pair(histogram(executions(1, 1, 5000, 100, 10)), histogram(executions(2, 1, 5000, 150, 10))));

        assertThat(tails).isNotEmpty().allSatisfy(tail -> {
            assertThat(tail.verdict()).isInstanceOf(Verdict.Inconclusive.class);
            assertThat(tail.isSuspect()).isTrue();
            assertThat(((Verdict.Inconclusive) tail.verdict()).runsNeeded()).hasValue(2);
        });
        assertThat(tails(pair(histogram(executions(1, 1, 5000, 100, 10)), histogram(executions(2, 1, 5000, 100, 10)))))
                .noneMatch(Finding::isSuspect);
    }

    @Test
    void many_executions_of_processes_that_differ_prove_nothing() {
        // processes 5 % apart, all their executions next to each other: as independent values they would differ
        List<Sample> sides = new ArrayList<>();
        for (double[] levels : new double[][] {{100, 108, 95, 103}, {104, 97, 109, 101}}) {
            SplittableRandom random = new SplittableRandom(5);
            List<double[]> groups = new ArrayList<>();
            for (double level : levels) {
                double[] values = new double[5000];
                Arrays.setAll(values, i -> level * (1 + 0.001 * random.nextGaussian()));
                groups.add(values);
            }
            sides.add(histogram(groups));
        }

        assertThat(tails(pair(sides.get(0), sides.get(1)))).isNotEmpty().allSatisfy(tail -> assertThat(tail.verdict())
                .isInstanceOf(Verdict.Inconclusive.class));
    }

    @Test
    void a_difference_of_one_step_of_the_recorder_is_not_told_apart() {
        // a clock of 4 ms: every process has its 99th percentile at exactly one of two neighbouring steps
        List<double[]> before = new ArrayList<>();
        List<double[]> after = new ArrayList<>();
        for (int f = 0; f < 5; f++) {
            before.add(stairs(100, 104, 108));
            after.add(stairs(100, 108, 112));
        }

        Finding one = tail("p99", tails(pair(histogram(before), histogram(after))));

        assertThat(one.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(decisive(one, TailEvidence.Unresolved.class).resolution()).isPositive();
        List<double[]> finer = new ArrayList<>();
        for (int f = 0; f < 5; f++) {
            double[] values = new double[1000];
            Arrays.setAll(values, i -> 200 + i % 20);
            finer.add(values);
        }
        assertThat(tail("p99", tails(pair(histogram(before), histogram(finer))))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.REGRESSED);
    }

    /** A thousand values: 900 low, 95 on the step of the 99th percentile, 5 above. */
    private static double[] stairs(double low, double step, double high) {
        double[] values = new double[1000];
        Arrays.setAll(values, i -> i < 900 ? low : i < 995 ? step : high);
        return values;
    }

    @Test
    void percentiles_that_a_tool_states_are_compared_run_by_run() {
        List<Sample> base = List.of(stated(90_000, 10, 50), stated(91_000, 10.1, 51), stated(89_000, 9.9, 50.5));
        List<Sample> candidate = List.of(stated(90_000, 10, 75), stated(90_500, 10.05, 77), stated(90_000, 9.95, 76));

        List<Finding> tails = tails(pair(base, TIME.unit(), candidate));

        assertThat(tails).extracting(finding -> finding.key().metric()).containsExactly("time p50", "time p99");
        assertThat(tail("p99", tails).verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(tail("p99", tails).verdict().effect().orElseThrow().relativeChange())
                .isCloseTo(0.504, within(0.01));
        assertThat(tail("p99", tails).warnings()).isEmpty();
        assertThat(tail("p50", tails).verdict().kind()).isNotEqualTo(Kind.REGRESSED);
    }

    @Test
    void stated_percentiles_without_a_count_are_judged_with_a_warning_and_few_executions_not_at_all() {
        List<Sample> base = List.of(stated(0, 10, 50), stated(0, 10.1, 51), stated(0, 9.9, 50.5));
        List<Sample> candidate = List.of(stated(0, 10, 75), stated(0, 10.05, 77), stated(0, 9.95, 76));

        Finding tail = tail("p99", tails(pair(base, TIME.unit(), candidate)));

        assertThat(tail.verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(tail.warnings()).contains(new Warning.StatedPercentiles());
        List<Sample> few = List.of(stated(300, 10, 75), stated(0, 10.05, 77), stated(200, 9.95, 76));
        assertThat(tail("p99", tails(pair(base, TIME.unit(), few))).warnings())
                .as("not all are counted")
                .isNotEmpty();
        List<Sample> counted = List.of(stated(300, 10, 75), stated(400, 10.05, 77), stated(200, 9.95, 76));
        assertThat(tail("p99", tails(pair(counted, TIME.unit(), counted))).verdict())
                .isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void stated_percentiles_that_do_not_scatter_are_rounded() {
        List<Sample> base = Collections.nCopies(3, stated(0, 10, 1.2));
        List<Sample> candidate = Collections.nCopies(3, stated(0, 10, 1.3));

        List<Finding> tails = tails(pair(base, TIME.unit(), candidate));

        assertThat(tail("p99", tails).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(decisive(tail("p99", tails), TailEvidence.Unresolved.class).resolution())
                .isZero();
        assertThat(tail("p50", tails).verdict().kind()).isEqualTo(Kind.UNCHANGED);
    }

    @Test
    void summaries_without_percentiles_or_whose_level_is_the_percentile_have_no_tails() {
        assertThat(tails(pair(Summary.of(1), Summary.of(2)))).isEmpty();
        Sample median = new Summary(
                10, 0, OptionalDouble.empty(), Optional.empty(), new TreeMap<>(Map.of(0.5, 10.0, 0.99, 20.0)));
        assertThat(tails(pair(median, median)))
                .extracting(finding -> finding.key().metric())
                .containsExactly("time p99");
    }

    @Test
    void the_sides_are_compared_in_one_unit() {
        List<double[]> before = executions(1, 5, 800, 100, 10);
        List<double[]> thousandfold = before.stream()
                .map(group -> Arrays.stream(group).map(value -> value * 1024).toArray())
                .toList();
        Sample after = histogram(executions(2, 5, 800, 115, 10));
        Unit small = Unit.of("us");

        Effect one = tail("p99", tails(pair(List.of(histogram(thousandfold)), small, List.of(after))))
                .verdict()
                .effect()
                .orElseThrow();
        Effect same = tail("p99", tails(pair(histogram(before), after)))
                .verdict()
                .effect()
                .orElseThrow();

        assertThat(one.before()).isCloseTo(same.before() * 1.024, within(1e-9));
    }

    @Test
    void a_margin_of_nothing_finds_certain_changes_and_claims_nothing_of_noise() {
        TailComparison any = new TailComparison(Policy.DEFAULT.withMargin(0));
        Sample base = raw(executions(1, 6, 400, 10, 1));
        Pair longer = pair(base, raw(executions(2, 6, 400, 10, 3)));
        Pair alike = pair(base, raw(executions(3, 6, 400, 10, 1)));

        assertThat(tail("p90", any.compare(List.of(longer)).get(0)).verdict().kind())
                .isEqualTo(Kind.REGRESSED);
        assertThat(tail("p90", any.compare(List.of(alike)).get(0)).verdict().kind())
                .isEqualTo(Kind.INCONCLUSIVE);
    }

    @Test
    void every_pair_has_its_own_list_in_its_place() {
        Pair without = pair(Summary.of(1), Summary.of(2));
        Pair with = pair(histogram(executions(1, 3, 100, 100, 10)), histogram(executions(2, 3, 100, 100, 10)));

        assertThat(new TailComparison(Policy.DEFAULT).compare(List.of())).isEmpty();
        List<List<Finding>> tails = new TailComparison(Policy.DEFAULT).compare(List.of(without, with, without));
        assertThat(tails).extracting(List::size).containsExactly(0, 3, 0);
    }

    @Test
    void values_at_the_edges_of_double_give_sound_findings() {
        double[] edges = {0, -0.0, -1, 1e300, -1e300, 1e-300, Double.MIN_VALUE};
        List<Pair> suite = new ArrayList<>();
        for (double one : edges) {
            for (double other : edges) {
                double[] values = new double[40];
                Arrays.setAll(values, i -> i % 3 == 0 ? one : other);
                double[] all = new double[40];
                Arrays.fill(all, other);
                suite.add(pair(raw(List.of(values, values, all)), raw(List.of(all, all, all))));
            }
        }

        new TailComparison(Policy.DEFAULT)
                .compare(suite)
                .forEach(tails -> tails.forEach(tail -> {
                    assertThat(decisive(tail)).isNotNull();
                    assertThat(tail.trace())
                            .allSatisfy(rung ->
                                    assertThat(rung.evidence().toString()).doesNotContain("NaN"));
                }));
    }

    @Test
    void healthy_suites_seldom_have_any_tail_called() {
        int called = 0;
        int suites = 60;
        for (int s = 0; s < suites; s++) {
            List<Pair> suite = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long seed = 10_000L * s + 2L * i;
                suite.add(pair(raw(executions(seed, 5, 500, 100, 30)), raw(executions(seed + 1, 5, 500, 100, 30))));
            }
            called += new TailComparison(Policy.DEFAULT)
                            .compare(suite).stream()
                                    .flatMap(List::stream)
                                    .anyMatch(tail -> tail.verdict() instanceof Verdict.Regressed
                                            || tail.verdict() instanceof Verdict.Improved)
                    ? 1
                    : 0;
        }
        // regressions and improvements are two families at 5 %: six of sixty expected at the most, fifteen never
        assertThat(called).isLessThan(15);
    }
}
