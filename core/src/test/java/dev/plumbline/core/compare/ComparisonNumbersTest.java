package dev.plumbline.core.compare;

import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Sample.Center;
import dev.plumbline.core.model.Sample.Summary;
import dev.plumbline.core.model.Sample.Values;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.CliffsDelta;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.core.stats.ModeratedT;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.ForkValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a finding of two sets of results says, number by number and word by word. */
class ComparisonNumbersTest {
    private static final Metric TIME = new Metric("time", Unit.of("ms"), Better.LOWER);
    private static final Metric RATE = new Metric("rate", Unit.of("ops/s"), Better.HIGHER);
    private static final Metric BYTES = new Metric("allocated", Unit.of("B"), Better.LOWER);

    /** A margin of 3 %, confidence 90 %, 4 % for the suite. */
    private static final Policy POLICY = new Policy(0.03, Severities.DEFAULT, 0.9, 0.04, 5);

    private static final double[] BASE = {100, 101.5, 99, 100.4, 98.9};
    private static final double[] SLOWER = {112, 110.4, 111, 113.1};

    private static Pair pair(Metric metric, List<Sample> base, List<Sample> candidate) {
        return new Pair(
                new SeriesKey(Benchmark.of("a"), metric.name(), "lab", "main"), metric, base, metric.unit(), candidate);
    }

    private static Pair pair(Metric metric, Sample base, Sample candidate) {
        return pair(metric, List.of(base), List.of(candidate));
    }

    /** Processes of one value each. */
    private static Sample each(double... values) {
        return Values.of(
                Center.MEAN,
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toList());
    }

    private static Sample process(double... values) {
        return Values.of(Center.MEDIAN, values);
    }

    private static Finding compare(Policy policy, Pair pair) {
        return new Comparison(policy).compare(List.of(pair)).get(0);
    }

    private static Finding compare(Pair pair) {
        return compare(POLICY, pair);
    }

    private static ModeratedT.Result result(Arms arms) {
        return ModeratedT.withDefaults()
                .withSeed(Comparison.SEED)
                .withLevel(0.1)
                .withMargin(0.03)
                .test(arms);
    }

    private static Rung rung(Finding finding, Class<? extends Evidence> kind) {
        return finding.trace().stream()
                .filter(rung -> kind.isInstance(rung.evidence()))
                .findFirst()
                .orElseThrow();
    }

    private static ProcessEvidence.Forks forks(Pair pair) {
        return only(compare(pair), ProcessEvidence.Forks.class);
    }

    private static List<String> kinds(Finding finding) {
        return finding.trace().stream()
                .map(rung -> rung.evidence().getClass().getSimpleName())
                .toList();
    }

    private static Verdict.Inconclusive inconclusive(Finding finding) {
        return (Verdict.Inconclusive) finding.verdict();
    }

    @Test
    void a_regression_has_the_levels_and_the_numbers_of_the_test() {
        ModeratedT.Result expected = result(Arms.ofForks(BASE, SLOWER));

        Finding finding = compare(pair(TIME, each(BASE), each(SLOWER)));

        assertThat(finding.key().benchmark()).isEqualTo(Benchmark.of("a"));
        assertThat(finding.unit()).isEqualTo(TIME.unit());
        assertThat(finding.better()).isEqualTo(Better.LOWER);
        assertThat(finding.verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.before()).isCloseTo((100 + 101.5 + 99 + 100.4 + 98.9) / 5, within(1e-12));
        assertThat(effect.after()).isCloseTo((112 + 110.4 + 111 + 113.1) / 4, within(1e-12));
        assertThat(finding.candidate()).hasValue(effect.after());
        assertThat(effect.relativeChange()).isCloseTo(expected.relativeChange(), within(1e-12));
        Interval ratio = expected.ratioInterval();
        assertThat(effect.interval().low()).isCloseTo(ratio.low() - 1, within(1e-12));
        assertThat(effect.interval().high()).isCloseTo(ratio.high() - 1, within(1e-12));
        assertThat(effect.interval().confidence()).isCloseTo(0.9, within(1e-12));
        // alone in its suite a rise pays for nothing
        assertThat(finding.pValue().orElseThrow()).isCloseTo(expected.pValueGreater(), within(1e-15));
        assertThat(finding.detectableChange().orElseThrow()).isCloseTo(expected.detectableChange99(), within(1e-12));
        assertThat(finding.warnings()).isEmpty();
    }

    @Test
    void the_ladder_tells_the_forks_and_the_difference() {
        ModeratedT.Result expected = result(Arms.ofForks(BASE, SLOWER));

        Finding finding = compare(pair(TIME, each(BASE), each(SLOWER)));

        assertThat(finding.trace()).hasSize(2);
        assertThat(finding.trace().get(0))
                .isEqualTo(Rung.passed(new ProcessEvidence.Forks(
                        5,
                        4,
                        OptionalDouble.of(expected.forkDeviation()),
                        OptionalDouble.of(7),
                        OptionalDouble.of(CliffsDelta.of(BASE, SLOWER, 0.9).delta()))));
        assertThat(finding.trace().get(1))
                .isEqualTo(Rung.decided(new ProcessEvidence.Difference(
                        expected.relativeChange(),
                        OptionalDouble.of(expected.pValue()),
                        expected.pValueGreater(),
                        1,
                        0.04)));
        assertThat(only(finding, ProcessEvidence.Difference.class).isCertain()).isTrue();
    }

    @Test
    void rises_and_falls_are_adjusted_as_two_families() {
        double[] faster = {90.2, 91, 89.5, 90.6};
        double[] like = {100.9, 99.6, 100.7, 100.2};
        List<double[]> candidates = List.of(SLOWER, faster, like);
        List<Pair> suite = candidates.stream()
                .map(candidate -> pair(TIME, each(BASE), each(candidate)))
                .toList();
        List<ModeratedT.Result> results = ModeratedT.withDefaults()
                .withSeed(Comparison.SEED)
                .withLevel(0.1)
                .withMargin(0.03)
                .test(candidates.stream()
                        .map(candidate -> Arms.ofForks(BASE, candidate))
                        .toList());

        List<Finding> findings = new Comparison(POLICY).compare(suite);

        assertThat(findings)
                .extracting(finding -> finding.verdict().kind())
                .containsExactly(Kind.REGRESSED, Kind.IMPROVED, Kind.UNCHANGED);
        assertThat(results.get(2).difference()).isPositive();
        // Benjamini and Hochberg: the least of three rises counts three times, the second 3 / 2 times
        assertThat(findings.get(0).pValue().orElseThrow())
                .isCloseTo(3 * results.get(0).pValueGreater(), within(1e-15));
        assertThat(findings.get(1).pValue().orElseThrow())
                .isCloseTo(3 * results.get(1).pValueLess(), within(1e-15));
        assertThat(findings.get(2).pValue().orElseThrow())
                .isCloseTo(1.5 * results.get(2).pValueGreater(), within(1e-15));
        assertThat(only(findings.get(2), ProcessEvidence.Difference.class).suiteSize())
                .isEqualTo(3);
    }

    @Test
    void a_series_with_a_margin_of_its_own_has_its_own_answer_of_how_many_processes_would_tell() {
        double[] base = {100, 106, 95, 103};
        double[] candidate = {101, 96, 105, 98};
        Policies wide = new Policies() {
            @Override
            public Policy of(SeriesKey key, Unit unit) {
                return POLICY.withMargin(0.032);
            }

            @Override
            public Policy general() {
                return POLICY;
            }
        };
        int ofNarrow = result(Arms.ofForks(base, candidate)).forksNeeded().orElseThrow();
        int ofWide = ModeratedT.withDefaults()
                .withLevel(0.1)
                .withMargin(0.032)
                .test(Arms.ofForks(base, candidate))
                .forksNeeded()
                .orElseThrow();
        Pair pair = pair(TIME, each(base), each(candidate));

        Finding narrow = compare(pair);
        Finding other = new Comparison(wide).compare(List.of(pair)).get(0);

        assertThat(ofWide).isLessThan(ofNarrow);
        assertThat(inconclusive(narrow).runsNeeded()).hasValue(ofNarrow - 4);
        ProcessEvidence.Hidden hidden = decisive(narrow, ProcessEvidence.Hidden.class);
        assertThat(inconclusive(narrow).reason()).isEqualTo(hidden);
        assertThat(hidden.certain()).isFalse();
        assertThat(hidden.margin()).isEqualTo(0.03);
        assertThat(hidden.needed()).hasValue(ofNarrow);
        assertThat(hidden.single()).isFalse();
        assertThat(inconclusive(narrow).suspect()).isFalse();
        assertThat(rung(narrow, ProcessEvidence.Difference.class).outcome()).isEqualTo(Rung.Outcome.PASSED);
        assertThat(inconclusive(other).runsNeeded()).hasValue(Math.max(1, ofWide - 4));
        assertThat(decisive(other, ProcessEvidence.Hidden.class).margin()).isEqualTo(0.032);
        assertThat(decisive(other, ProcessEvidence.Hidden.class).needed()).hasValue(ofWide);
    }

    @Test
    void a_change_that_is_certain_and_maybe_smaller_than_the_margin_is_told_as_that() {
        // 2.5 % with a standard error of 0.41: beyond chance, and a 90 % interval that reaches beyond 3 %
        double[] base = {100, 100.8, 99.2, 100.6, 99.4};
        double[] slower = {102.5, 103.3, 101.7, 103.1, 101.9};

        ProcessEvidence.Hidden worse =
                decisive(compare(pair(TIME, each(base), each(slower))), ProcessEvidence.Hidden.class);
        ProcessEvidence.Hidden better =
                decisive(compare(pair(TIME, each(slower), each(base))), ProcessEvidence.Hidden.class);
        assertThat(worse.certain()).isTrue();
        assertThat(worse.worse()).isTrue();
        assertThat(better.certain()).isTrue();
        assertThat(better.worse()).isFalse();
        assertThat(better.oneRunEach()).isTrue();
    }

    @Test
    void where_a_side_has_two_runs_the_noise_between_runs_is_known() {
        double[] base = {100, 100.8, 99.2, 100.6, 99.4};
        double[] slower = {102.5, 103.3, 101.7, 103.1, 101.9};

        Pair twice = pair(TIME, List.of(each(base)), List.of(each(slower), each(slower)));

        assertThat(decisive(compare(twice), ProcessEvidence.Hidden.class).oneRunEach())
                .isFalse();
    }

    @Test
    void what_lies_inside_the_margin_is_unchanged_with_the_interval_that_shows_it() {
        double[] base = {100, 100.5, 99.6, 100.2};
        double[] candidate = {100.3, 99.8, 100.6, 100.1};
        Interval ratio = result(Arms.ofForks(base, candidate)).equivalenceRatioInterval();

        Finding finding = compare(pair(TIME, each(base), each(candidate)));

        assertThat(finding.verdict().kind()).isEqualTo(Kind.UNCHANGED);
        ProcessEvidence.Equivalence equivalence = decisive(finding, ProcessEvidence.Equivalence.class);
        assertThat(equivalence.interval().low()).isEqualTo(ratio.low() - 1);
        assertThat(equivalence.interval().high()).isEqualTo(ratio.high() - 1);
        assertThat(equivalence.margin()).isEqualTo(0.03);
        // half a per cent more, and it does not
        assertThat(compare(POLICY.withMargin(ratio.high() - 1 - 1e-6), pair(TIME, each(base), each(candidate)))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.INCONCLUSIVE);
    }

    @Test
    void iterations_of_what_tells_speed_are_pulled_in_and_those_of_counters_are_not() {
        List<double[]> base =
                List.of(new double[] {10, 10.2, 9.9, 10.1, 14}, new double[] {10.1, 10, 9.8, 10.2, 9.9}, new double[] {
                    10, 10.3, 10.1, 9.9, 10
                });
        List<double[]> candidate =
                List.of(new double[] {10.1, 10.2, 9.9, 10, 10.1}, new double[] {10.1, 10, 15, 10.2, 9.9}, new double[] {
                    10, 10.3, 10.1, 9.7, 10
                });
        double[][] before = base.toArray(double[][]::new);
        double[][] after = candidate.toArray(double[][]::new);
        for (Metric metric : List.of(TIME, RATE, BYTES)) {
            ForkValue value = metric == BYTES ? ForkValue.MEAN : ForkValue.WINSORISED_MEAN;
            ModeratedT.Result expected = result(Arms.ofIterations(before, after, value));

            Finding finding = compare(pair(metric, Values.of(Center.MEAN, base), Values.of(Center.MEAN, candidate)));

            assertThat(finding.verdict().effect().orElseThrow().relativeChange())
                    .as(metric.name())
                    .isCloseTo(expected.relativeChange(), within(1e-12));
        }
        // executions count by their process' median
        ModeratedT.Result medians = result(Arms.ofForks(new double[] {10.1, 10, 10}, new double[] {10.1, 10.1, 10}));
        for (Center other : Center.values()) {
            Pair pair = pair(TIME, Values.of(Center.MEDIAN, base), Values.of(other, candidate));
            ModeratedT.Result expected =
                    switch (other) {
                        case MEDIAN -> medians;
                        case MEAN ->
                            result(Arms.ofForks(new double[] {10.1, 10, 10}, new double[] {10.06, 11.04, 10.02}));
                        case PSEUDOMEDIAN ->
                            result(Arms.ofForks(new double[] {10.1, 10, 10}, new double[] {10.05, 10.1, 10}));
                    };
            assertThat(compare(pair).verdict().effect().orElseThrow().relativeChange())
                    .as("%s", other)
                    .isCloseTo(expected.relativeChange(), within(1e-12));
        }
    }

    @Test
    void values_of_the_base_are_told_in_the_unit_of_the_candidate() {
        double[] micros = Arrays.stream(BASE).map(value -> 1000 * value).toArray();
        for (boolean summaries : new boolean[] {false, true}) {
            List<Sample> base = summaries ? summaries(micros) : List.of(each(micros));
            List<Sample> candidate = summaries ? summaries(SLOWER) : List.of(each(SLOWER));
            Pair pair = new Pair(
                    new SeriesKey(Benchmark.of("a"), "time", "lab", "main"), TIME, base, Unit.of("us"), candidate);

            Finding finding = compare(pair);

            Effect effect = finding.verdict().effect().orElseThrow();
            assertThat(effect.before()).isCloseTo(Arrays.stream(BASE).sum() / 5, within(1e-9));
            assertThat(effect.relativeChange())
                    .isCloseTo(result(Arms.ofForks(BASE, SLOWER)).relativeChange(), within(1e-12));
        }
    }

    private static List<Sample> summaries(double... locations) {
        return Arrays.stream(locations)
                .mapToObj(location -> (Sample) Summary.of(location))
                .toList();
    }

    private static Summary summary(double location, long count, double deviation) {
        return new Summary(location, count, OptionalDouble.of(deviation), Optional.empty(), new TreeMap<>());
    }

    @Test
    void one_process_a_side_tells_its_own_scatter_from_five_values_on() {
        double[] base = {10, 10.4, 9.8, 10.1, 10.2};
        double[] candidate = {10.1, 10.3, 9.9, 10.6, 10.2, 9.7};
        // the variance of a normal median, relative: pi / 2 * (s / median)^2 / n, of either side
        double known = Math.PI
                / 2
                * (Math.pow(deviation(base) / 10.1, 2) / 5 + Math.pow(deviation(candidate) / 10.15, 2) / 6)
                / 2;

        Finding finding = compare(pair(TIME, process(base), process(candidate)));

        ProcessEvidence.Forks forks = only(finding, ProcessEvidence.Forks.class);
        assertThat(forks.deviation().orElseThrow()).isCloseTo(Math.sqrt(known), within(1e-12));
        assertThat(forks.degreesOfFreedom()).hasValue(4 + 5);
        assertThat(forks.base()).isOne();
        assertThat(finding.warnings()).containsExactly(new Warning.Flagged(Flag.WITHIN_FORK_ONLY));
        ProcessEvidence.Hidden hidden = decisive(finding, ProcessEvidence.Hidden.class);
        assertThat(hidden.certain()).isFalse();
        assertThat(hidden.margin()).isEqualTo(0.03);
        assertThat(hidden.needed()).isPresent();
        assertThat(hidden.single()).isTrue();
        assertThat(inconclusive(finding).reason()).isEqualTo(hidden);
    }

    @Test
    void nothing_is_known_of_the_scatter_of_fewer_values_or_of_none_above_zero() {
        double[] five = {10, 10.4, 9.8, 10.1, 10.2};
        double[] four = {10, 10.4, 9.8, 10.1};
        double[] still = {10, 10, 10, 10, 10};
        double[] aroundZero = {-1, 0, 1, 0.5, -0.5};
        Sample two = Values.of(Center.MEDIAN, List.of(new double[] {10}, five));

        for (Pair pair : List.of(
                pair(TIME, process(five), process(four)),
                pair(TIME, process(four), process(five)),
                pair(TIME, process(still), process(still)),
                pair(TIME, process(aroundZero), process(five)),
                pair(TIME, process(five), process(aroundZero)),
                pair(TIME, Summary.of(10), process(five)))) {
            assertThat(inconclusive(compare(pair)).reason()).isEqualTo(new ProcessEvidence.SingleValues(3));
        }
        // several processes tell more than any of them
        assertThat(forks(pair(TIME, two, two)).degreesOfFreedom()).hasValue(2);
        assertThat(forks(pair(TIME, List.of(process(five), process(five)), List.of(process(five))))
                        .degreesOfFreedom())
                .hasValue(1);
    }

    @Test
    void summaries_state_the_scatter_of_their_mean_where_all_of_them_do() {
        Summary base = summary(100, 20, 4);
        Summary candidate = summary(101, 10, 3);
        double known = (0.04 * 0.04 / 20 + Math.pow(3 / 101.0, 2) / 10) / 2;

        ProcessEvidence.Forks forks = forks(pair(TIME, base, candidate));

        assertThat(forks.deviation().orElseThrow()).isCloseTo(Math.sqrt(known), within(1e-12));
        assertThat(forks.degreesOfFreedom()).hasValue(19 + 9);
        for (Pair pair : List.of(
                pair(TIME, base, Summary.of(101)),
                pair(TIME, base, summary(101, 1, 3)),
                pair(TIME, base, summary(0, 10, 3)),
                pair(TIME, summary(100, 20, 0), summary(101, 10, 0)))) {
            assertThat(inconclusive(compare(pair)).reason()).isEqualTo(new ProcessEvidence.SingleValues(3));
        }
        // of two that state it and one that does not
        assertThat(forks(pair(TIME, List.of(base, Summary.of(99)), List.of(candidate)))
                        .degreesOfFreedom())
                .hasValue(1);
    }

    @Test
    void without_any_scatter_a_difference_is_told_with_two_more_runs_asked_for() {
        Finding finding = compare(pair(TIME, Summary.of(100), Summary.of(130)));

        assertThat(kinds(finding)).containsExactly("Forks", "Summaries", "SingleValues");
        ProcessEvidence.Forks forks = only(finding, ProcessEvidence.Forks.class);
        assertThat(forks.deviation()).hasValue(Double.POSITIVE_INFINITY);
        assertThat(forks.degreesOfFreedom()).hasValue(0);
        assertThat(decisive(finding))
                .isEqualTo(new ProcessEvidence.SingleValues(3))
                .isEqualTo(inconclusive(finding).reason());
        assertThat(inconclusive(finding).runsNeeded()).hasValue(2);
        assertThat(finding.isSuspect()).isFalse();
        assertThat(finding.detectableChange()).isEmpty();
        assertThat(finding.warnings()).containsExactly(new Warning.SummariesOnly());
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.relativeChange()).isCloseTo(0.3, within(1e-12));
        assertThat(effect.interval()).isEqualTo(new Interval(-1, Double.POSITIVE_INFINITY, 0.9));
        // what may be negative may lose more than all of itself
        assertThat(compare(pair(TIME, Summary.of(100), Summary.of(-1)))
                        .verdict()
                        .effect()
                        .orElseThrow()
                        .interval())
                .isEqualTo(Interval.unbounded(0.9));
        assertThat(compare(pair(TIME, Summary.of(-1), Summary.of(100)))
                        .verdict()
                        .effect()
                        .orElseThrow()
                        .interval())
                .isEqualTo(Interval.unbounded(0.9));
        assertThat(compare(pair(TIME, Summary.of(100), Summary.of(0)))
                        .verdict()
                        .effect()
                        .orElseThrow()
                        .interval()
                        .low())
                .isEqualTo(-1);
    }

    @Test
    void summaries_are_told_with_what_each_states() {
        TreeMap<Double, Double> median = new TreeMap<>(Map.of(0.5, 99.0));
        Summary quantiles = new Summary(100, 20, OptionalDouble.empty(), Optional.empty(), median);
        Pair pair = pair(
                TIME, List.of(each(100), summary(100, 1, 3), summary(101, 2, 3)), List.of(quantiles, Summary.of(102)));

        assertThat(rung(compare(pair), ProcessEvidence.Summaries.class))
                .isEqualTo(Rung.noted(new ProcessEvidence.Summaries(5, 4, 1, 1)));
        assertThat(compare(pair(TIME, List.of(each(100, 101)), List.of(Summary.of(102))))
                        .warnings())
                .contains(new Warning.SummariesOnly());
        assertThat(compare(pair(TIME, List.of(Summary.of(102)), List.of(each(100, 101))))
                        .warnings())
                .contains(new Warning.SummariesOnly());
    }

    @Test
    void a_certain_difference_of_single_processes_is_suspected_where_it_is_for_the_worse() {
        double[] low = {10, 10.01, 9.99, 10, 10.02};
        double[] high = {12, 12.01, 11.99, 12, 12.02};

        Finding worse = compare(pair(TIME, process(low), process(high)));
        Finding better = compare(pair(TIME, process(high), process(low)));

        for (Finding finding : List.of(worse, better)) {
            assertThat(decisive(finding))
                    .isEqualTo(new ProcessEvidence.SingleProcesses(3))
                    .isEqualTo(inconclusive(finding).reason());
            assertThat(inconclusive(finding).runsNeeded()).hasValue(2);
            assertThat(rung(finding, ProcessEvidence.Difference.class).outcome())
                    .isEqualTo(Rung.Outcome.PASSED);
        }
        assertThat(worse.isSuspect()).isTrue();
        assertThat(better.isSuspect()).isFalse();
        // no claim of no change either, and never fewer than three processes
        Finding same = compare(pair(TIME, process(low), process(low)));
        ProcessEvidence.Hidden hidden = decisive(same, ProcessEvidence.Hidden.class);
        assertThat(hidden.needed()).hasValue(3);
        assertThat(hidden.certain()).isFalse();
        assertThat(inconclusive(same).runsNeeded()).hasValue(2);
    }

    @Test
    void a_certain_difference_below_the_floor_does_not_matter() {
        Policy floored = new Policy(0.03, Severities.DEFAULT, 0.9, 0.04, 5, 10);
        double[] ones = {1, 1.01, 0.99, 1};
        double[] fives = {5, 5.02, 4.98, 5};

        Finding finding = compare(floored, pair(TIME, each(ones), each(fives)));

        assertThat(finding.verdict().kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(finding.severity()).isEqualTo(Severity.NONE);
        ProcessEvidence.BelowFloor below = decisive(finding, ProcessEvidence.BelowFloor.class);
        assertThat(below.change()).isCloseTo(4, within(1e-12));
        assertThat(below.floor()).isEqualTo(10);
        assertThat(kinds(finding)).containsExactly("Forks", "LargeFloor", "Difference", "BelowFloor");
        // without it, it is a regression, and so is a larger one with it
        assertThat(compare(pair(TIME, each(ones), each(fives))).verdict().kind())
                .isEqualTo(Kind.REGRESSED);
        double[] twelves = {12, 12.02, 11.98, 12};
        assertThat(compare(floored, pair(TIME, each(ones), each(twelves)))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.REGRESSED);
    }

    @Test
    void a_floor_below_the_margin_leaves_what_noise_may_be_open() {
        Policy floored = new Policy(0.03, Severities.DEFAULT, 0.9, 0.04, 5, 10);

        Finding finding = compare(floored, pair(TIME, each(1, 1.4, 0.8), each(9, 2, 1)));

        assertThat(finding.verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(rung(finding, Evidence.LargeFloor.class).outcome()).isEqualTo(Rung.Outcome.NOTED);
    }

    @Test
    void a_severity_is_that_of_the_size_of_a_change_for_the_worse() {
        double[] base = {100, 100.1, 99.9, 100};
        double[] less = {94, 94.1, 93.9, 94};

        assertThat(compare(pair(RATE, each(base), each(less))).severity()).isEqualTo(Severity.MAJOR);
        assertThat(compare(pair(TIME, each(base), each(less))).severity()).isEqualTo(Severity.NONE);
        assertThat(compare(pair(TIME, each(base), each(less))).verdict().kind()).isEqualTo(Kind.IMPROVED);
    }

    @Test
    void one_more_process_is_asked_for_at_least() {
        // certain, and at the margin
        double[] base = {100, 100.1, 99.9, 100, 100.1, 99.9};
        double[] candidate = {103, 103.1, 102.9, 103, 103.05, 102.9};
        ModeratedT.Result expected = result(Arms.ofForks(base, candidate));

        Finding finding = compare(pair(TIME, each(base), each(candidate)));

        assertThat(expected.relativeChange()).isLessThan(0.03);
        assertThat(expected.forksNeeded().orElseThrow()).isLessThan(6);
        assertThat(inconclusive(finding).runsNeeded()).hasValue(1);
    }

    @Test
    void a_margin_of_nothing_calls_every_certain_change_and_equal_counters_unchanged() {
        Policy any = POLICY.withMargin(0);

        assertThat(compare(any, pair(BYTES, each(1e6, 1e6, 1e6), each(1_000_001, 1_000_001, 1_000_001)))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.REGRESSED);
        assertThat(compare(any, pair(BYTES, each(1e6, 1e6, 1e6), each(1e6, 1e6, 1e6)))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.UNCHANGED);
        Finding noisy = compare(any, pair(TIME, each(100, 101, 99), each(101, 99, 100)));
        assertThat(decisive(noisy, ProcessEvidence.Hidden.class).margin()).isZero();
        assertThat(decisive(noisy, ProcessEvidence.Hidden.class).needed()).isEmpty();
        assertThat(inconclusive(noisy).runsNeeded()).isEmpty();
    }

    @Test
    void no_number_of_processes_is_promised_where_none_is_enough() {
        Finding finding = compare(pair(TIME, each(1, 1e6, 1e-6), each(1e5, 1e-5, 1)));

        assertThat(inconclusive(finding).reason())
                .isEqualTo(decisive(finding))
                .isInstanceOf(ProcessEvidence.Hidden.class);
        assertThat(decisive(finding, ProcessEvidence.Hidden.class).needed()).isEmpty();
        assertThat(inconclusive(finding).runsNeeded()).isEmpty();
    }

    @Test
    void doubts_are_told() {
        double[] quiet = {100, 100.01, 99.99, 100, 100.02, 99.98};
        double[] loud = {100, 120, 85, 104, 131, 80};

        assertThat(compare(pair(TIME, each(quiet), each(loud))).warnings())
                .containsExactly(new Warning.Flagged(Flag.NOISE_CHANGED));
        for (Pair few : List.of(
                pair(TIME, each(100, 101), each(loud)),
                pair(TIME, each(100), each(100, 101, 99)),
                pair(TIME, each(100, 101, 99), each(100)))) {
            assertThat(compare(few).warnings()).contains(new Warning.Flagged(Flag.FEW_FORKS));
        }
        assertThat(compare(pair(TIME, each(100, 101, 99), each(100, 101, 99))).warnings())
                .isEmpty();
        double[] wild = {100, 101, 99.5, 100.5, 99, 100, 500, 900, 100.2, 99.8};
        double[] wildToo = {103, 104, 102.5, 103.5, 102, 103, 800, 700, 103.2, 102.8};
        assertThat(compare(pair(TIME, each(wild), each(wildToo))).warnings())
                .containsExactly(new Warning.Flagged(Flag.WILD_FORKS));
        assertThat(compare(pair(TIME, each(1, 0, 2), each(1, 2, 1))).warnings())
                .containsExactly(new Warning.Flagged(Flag.NOT_LOGARITHMIC));
        assertThat(compare(pair(TIME, each(-1, 1, 0), each(0.5, 2.5, 1.5))).warnings())
                .containsExactly(new Warning.Flagged(Flag.NO_RATIO));
        assertThat(compare(pair(TIME, each(-1, 1, 0), each(1, -1, 0))).warnings())
                .as("two zeros are no difference")
                .isEmpty();
    }

    @Test
    void a_single_process_borrows_the_scatter_of_the_suite() {
        List<Pair> suite = new ArrayList<>(List.of(pair(TIME, each(100), each(103))));
        for (int i = 0; i < 24; i++) {
            suite.add(pair(TIME, each(noisy(i, 5, 100, 0.01)), each(noisy(100 + i, 5, 100, 0.01))));
        }

        Finding finding = new Comparison(POLICY).compare(suite).get(0);

        assertThat(finding.warnings()).containsExactly(new Warning.Flagged(Flag.BORROWED_ONLY));
        assertThat(only(finding, ProcessEvidence.Forks.class).deviation().orElseThrow())
                .isBetween(0.007, 0.013);
    }

    @Test
    void a_shape_that_permutations_do_not_confirm_is_told() {
        List<Pair> suite = new ArrayList<>();
        double[] base = {100, 100.25, 99.75, 100.3, 99.7, 100.1};
        double[] candidate = {100.37, 100.52, 100.27, 100.57, 99.97, 100.02};
        suite.add(pair(TIME, each(base), each(candidate)));
        for (int i = 0; i < 120; i++) {
            suite.add(pair(TIME, each(noisy(i, 6, 100, 0.001)), each(noisy(100 + i, 6, 100, 0.001))));
        }

        assertThat(new Comparison(POLICY).compare(suite).get(0).warnings())
                .containsExactly(new Warning.Flagged(Flag.SHAPE));
    }

    private static double[] noisy(long seed, int count, double level, double deviation) {
        Random random = new Random(seed);
        double[] values = new double[count];
        Arrays.setAll(values, i -> level * (1 + deviation * random.nextGaussian()));
        return values;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares =
                Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
