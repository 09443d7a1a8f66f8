package dev.plumbline.core.compare;

import static dev.plumbline.core.judge.trial.Trials.decisive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Sample.Center;
import dev.plumbline.core.model.Sample.Summary;
import dev.plumbline.core.model.Sample.Values;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Flag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Metric TIME = new Metric("time", Unit.of("ms"), Better.LOWER);

    private static Pair pair(Metric metric, List<Sample> base, Unit baseUnit, List<Sample> candidate) {
        return new Pair(
                new SeriesKey(Benchmark.of("a"), metric.name(), "lab", "main"), metric, base, baseUnit, candidate);
    }

    private static Pair pair(Sample base, Sample candidate) {
        return pair(TIME, List.of(base), TIME.unit(), List.of(candidate));
    }

    private static Finding compare(Pair... suite) {
        return new Comparison(Policy.DEFAULT).compare(List.of(suite)).get(0);
    }

    private static Sample forks(long seed, int forks, double level, double forkNoise, double iterationNoise) {
        Random random = new Random(seed);
        List<double[]> groups = new ArrayList<>();
        for (int i = 0; i < forks; i++) {
            double own = level * (1 + forkNoise * random.nextGaussian());
            groups.add(Trials.mapped(new double[5], zero -> own * (1 + iterationNoise * random.nextGaussian())));
        }
        return Values.of(Center.MEAN, groups);
    }

    @Test
    void forks_that_differ_clearly_regress() {
        Finding finding = compare(pair(forks(1, 5, 100, 0.01, 0.01), forks(2, 5, 110, 0.01, 0.01)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.relativeChange()).isEqualTo(0.1, within(0.03));
        assertThat(effect.interval().contains(effect.relativeChange())).isTrue();
        assertThat(finding.severity()).isNotEqualTo(Severity.NONE);
    }

    @Test
    void the_levels_are_means_to_the_last_digit() {
        double[][] forks = {{2002}, {2004}, {2003}, {2003}, {2003}, {2003}};

        Finding finding = compare(pair(Values.of(Center.MEAN, List.of(forks)), Values.of(Center.MEAN, List.of(forks))));

        assertThat(finding.candidate()).hasValue(2003);
    }

    @Test
    void swapping_the_sides_or_the_direction_flips_the_verdict() {
        Sample base = forks(1, 5, 100, 0.01, 0.01);
        Sample slower = forks(2, 5, 110, 0.01, 0.01);
        Metric higher = new Metric("time", TIME.unit(), Better.HIGHER);

        assertThat(compare(pair(slower, base)).verdict().kind()).isEqualTo(Kind.IMPROVED);
        assertThat(compare(pair(higher, List.of(base), TIME.unit(), List.of(slower)))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.IMPROVED);
    }

    @Test
    void iterations_of_a_few_differing_forks_prove_nothing() {
        // many iterations, hardly any noise inside a fork, forks 5 % apart: as independent values they would differ
        Finding finding = compare(pair(forks(3, 4, 100, 0.05, 0.0001), forks(4, 4, 102, 0.05, 0.0001)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(((Verdict.Inconclusive) finding.verdict()).runsNeeded().orElseThrow())
                .isPositive();
    }

    @Test
    void many_quiet_forks_show_that_nothing_changed() {
        Finding finding = compare(pair(forks(5, 10, 100, 0.002, 0.002), forks(6, 10, 100, 0.002, 0.002)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
    }

    @Test
    void forks_in_one_file_or_in_several_are_the_same() {
        Values base = (Values) forks(1, 4, 100, 0.01, 0.01);
        Sample candidate = forks(2, 4, 104, 0.01, 0.01);
        List<Sample> apart = new ArrayList<>();
        for (int i = 0; i < base.groupCount(); i++) {
            apart.add(Values.of(Center.MEAN, base.group(i)));
        }

        assertThat(compare(pair(TIME, apart, TIME.unit(), List.of(candidate))))
                .isEqualTo(compare(pair(base, candidate)));
    }

    private static Sample each(double... values) {
        return Values.of(
                Center.MEAN,
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toList());
    }

    @Test
    void single_values_tell_their_levels_and_that_their_change_may_be_any() {
        Finding finding = compare(pair(each(4), each(12)));

        assertThat(finding.verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.before()).isEqualTo(4);
        assertThat(effect.after()).isEqualTo(12);
        assertThat(effect.relativeChange()).isEqualTo(2);
        assertThat(effect.interval().low()).isEqualTo(-1);
        assertThat(effect.interval().high()).isInfinite();
        assertThat(compare(pair(each(0), each(-1)))
                        .verdict()
                        .effect()
                        .orElseThrow()
                        .relativeChange())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void zero_stays_zero() {
        Finding finding = compare(pair(each(0, 0, 0), each(0, 0, 0)));

        assertThat(finding.verdict().kind()).isEqualTo(Kind.UNCHANGED);
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.relativeChange()).isZero();
        assertThat(effect.interval().low()).isZero();
        assertThat(effect.interval().high()).isZero();
        assertThat(finding.warnings()).isEmpty();
    }

    @Test
    void what_grows_out_of_zero_is_worse_without_a_ratio() {
        Metric counter = new Metric("allocations", Unit.of("allocations"), Better.LOWER);
        Finding one = compare(pair(counter, List.of(each(0, 0, 0)), counter.unit(), List.of(each(1, 1, 1))));
        Finding noisy = compare(pair(each(0, 0, 0, 0, 0), forks(1, 5, 3, 0.01, 0.01)));
        Metric rate = new Metric("rate", Unit.of("ops/s"), Better.HIGHER);
        Finding faster =
                compare(pair(rate, List.of(each(0, 0, 0, 0)), rate.unit(), List.of(forks(1, 4, 3, 0.01, 0.01))));

        for (Finding finding : List.of(one, noisy)) {
            assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.verdict().effect().orElseThrow().relativeChange())
                    .isInfinite();
            assertThat(finding.warnings())
                    .contains(new Warning.Flagged(Flag.NO_RATIO))
                    .doesNotContain(new Warning.Flagged(Flag.NOT_LOGARITHMIC));
        }
        assertThat(faster.verdict()).isInstanceOf(Verdict.Improved.class);
    }

    @Test
    void out_of_zero_by_chance_promises_no_number_of_runs() {
        Finding finding = compare(pair(each(0, 0, 0), each(0, 0, 1)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        Verdict.Inconclusive verdict = (Verdict.Inconclusive) finding.verdict();
        assertThat(verdict.reason()).isEqualTo(new ProcessEvidence.ZeroBase());
        assertThat(verdict.runsNeeded()).isEmpty();
        assertThat(verdict.suspect()).isFalse();
    }

    @Test
    void what_falls_to_zero_loses_all_of_itself_and_no_more() {
        Finding better = compare(pair(forks(1, 5, 100, 0.05, 0.01), each(0, 0, 0, 0, 0)));
        Finding maybe = compare(pair(each(0, 0, 1), each(0, 0, 1)));
        Finding negative = compare(pair(each(0, -1, 2), each(1, -1, 0)));

        assertThat(better.verdict()).isInstanceOf(Verdict.Improved.class);
        Effect effect = better.verdict().effect().orElseThrow();
        assertThat(effect.relativeChange()).isEqualTo(-1, within(1e-12));
        assertThat(effect.interval().low()).isEqualTo(-1);
        assertThat(effect.interval().high()).isGreaterThan(-1);
        assertThat(maybe.verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(maybe.verdict().effect().orElseThrow().interval().low()).isEqualTo(-1);
        assertThat(negative.verdict().effect().orElseThrow().interval().low())
                .as("what may be negative has no such end")
                .isLessThan(-1);
    }

    @Test
    void counters_without_scatter_are_judged_exactly() {
        Metric counter = new Metric("allocations", Unit.of("allocations"), Better.LOWER);
        Sample forty = Values.of(Center.MEAN, List.of(new double[] {40, 40}, new double[] {40}, new double[] {40}));
        Sample one = Values.of(Center.MEAN, List.of(new double[] {41, 41}, new double[] {41}, new double[] {41}));

        Finding more = compare(pair(counter, List.of(forty), counter.unit(), List.of(one)));
        assertThat(more.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(more.verdict().effect().orElseThrow().relativeChange()).isEqualTo(0.025, within(1e-12));
        assertThat(compare(pair(counter, List.of(forty), counter.unit(), List.of(forty)))
                        .verdict())
                .isInstanceOf(Verdict.Unchanged.class);
    }

    @Test
    void one_process_a_side_is_never_enough() {
        Finding finding = compare(
                pair(Values.of(Center.MEAN, 100, 100.1, 99.9, 100), Values.of(Center.MEAN, 150, 150.1, 149.9, 150)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(finding.isSuspect()).isTrue();
        assertThat(((Verdict.Inconclusive) finding.verdict()).runsNeeded()).hasValue(2);
        assertThat(finding.warnings()).contains(new Warning.Flagged(Flag.WITHIN_FORK_ONLY));
    }

    @Test
    void one_value_a_side_says_nothing() {
        Finding finding = compare(pair(Summary.of(100), Summary.of(200)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(finding.warnings()).contains(new Warning.SummariesOnly());
    }

    @Test
    void the_ladder_tells_what_summaries_state_and_what_is_lost_with_them() {
        Sample bare = Summary.of(100);
        Sample stated = new Summary(100, 20, OptionalDouble.of(2), Optional.empty(), new TreeMap<>(Map.of(0.5, 99.0)));

        Finding noted = compare(pair(TIME, List.of(bare, stated), TIME.unit(), List.of(forks(1, 5, 100, 0.01, 0.01))));

        assertThat(noted.trace()).contains(Rung.noted(new ProcessEvidence.Summaries(3, 2, 1, 1)));
        assertThat(compare(pair(forks(1, 5, 100, 0.01, 0.01), forks(2, 5, 100, 0.01, 0.01)))
                        .evidence(ProcessEvidence.Summaries.class))
                .isEmpty();
    }

    @Test
    void summaries_that_state_their_scatter_are_judged_with_it() {
        List<Sample> base = new ArrayList<>();
        List<Sample> candidate = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            base.add(new Summary(100 + 0.1 * i, 50, OptionalDouble.of(1), Optional.empty(), new TreeMap<>()));
            candidate.add(new Summary(110 + 0.1 * i, 50, OptionalDouble.of(1), Optional.empty(), new TreeMap<>()));
        }

        Finding finding = compare(pair(TIME, base, TIME.unit(), candidate));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.warnings()).contains(new Warning.SummariesOnly());
        // one summary a side: its own deviation is all there is, and processes differ by more
        Finding single = compare(pair(base.get(0), candidate.get(0)));
        assertThat(single.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(single.isSuspect()).isTrue();
    }

    @Test
    void the_sides_are_compared_in_one_unit() {
        Sample milliseconds = forks(1, 5, 100, 0.01, 0.01);
        Sample microseconds = scaled((Values) milliseconds, 1000);

        Finding finding =
                compare(pair(TIME, List.of(microseconds), Unit.of("us"), List.of(forks(2, 5, 110, 0.01, 0.01))));
        Finding same = compare(pair(milliseconds, forks(2, 5, 110, 0.01, 0.01)));
        assertThat(finding.verdict().kind()).isEqualTo(same.verdict().kind());
        assertThat(finding.verdict().effect().orElseThrow().before()).isEqualTo(100, within(2.0));
        assertThat(finding.unit()).isEqualTo(TIME.unit());
    }

    private static Sample scaled(Values values, double factor) {
        List<double[]> groups = new ArrayList<>();
        for (int i = 0; i < values.groupCount(); i++) {
            groups.add(Trials.mapped(values.group(i), value -> value * factor));
        }
        return Values.of(Center.MEAN, groups);
    }

    @Test
    void the_scale_of_all_values_changes_nothing() {
        Values base = (Values) forks(1, 5, 100, 0.01, 0.01);
        Values candidate = (Values) forks(2, 5, 106, 0.01, 0.01);
        Finding one = compare(pair(base, candidate));
        for (double factor : new double[] {1e-12, 1e12}) {
            Finding scaled = compare(pair(scaled(base, factor), scaled(candidate, factor)));
            assertThat(scaled.verdict().kind()).isEqualTo(one.verdict().kind());
            assertThat(scaled.pValue().orElseThrow()).isEqualTo(one.pValue().orElseThrow(), within(1e-9));
        }
    }

    @Test
    void a_side_without_samples_is_no_side() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair(TIME, List.of(), TIME.unit(), List.of(Summary.of(1))));
        assertThat(new Comparison(Policy.DEFAULT).compare(List.of())).isEmpty();
    }

    @Test
    void values_at_the_edges_of_double_are_compared_without_an_exception() {
        double[] edges = {0, -0.0, 1, -1, 1e300, -1e300, 1e-300, -1e-300, Double.MIN_VALUE};
        List<Pair> suite = new ArrayList<>();
        for (double one : edges) {
            for (double other : edges) {
                suite.add(pair(Summary.of(one), Summary.of(other)));
                suite.add(pair(three(one, one, one), three(other, other, other)));
                suite.add(pair(three(one, one, other), three(other, one, other)));
                suite.add(pair(Values.of(Center.MEAN, one, other), Values.of(Center.MEDIAN, other, one)));
            }
        }
        for (Pair pair : suite) {
            assertSound(compare(pair));
        }
        new Comparison(Policy.DEFAULT).compare(suite).forEach(ComparisonTest::assertSound);
    }

    private static Sample three(double a, double b, double c) {
        return Values.of(Center.MEAN, List.of(new double[] {a}, new double[] {b}, new double[] {c}));
    }

    private static void assertSound(Finding finding) {
        assertThat(finding.trace()).isNotEmpty();
        assertThat(decisive(finding)).isNotNull();
        assertThat(finding.trace())
                .allSatisfy(rung -> assertThat(rung.evidence().toString()).doesNotContain("NaN"));
        assertThat(finding.pValue().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Test
    void comparing_twice_gives_the_same() {
        Pair pair = pair(forks(1, 5, 100, 0.01, 0.01), forks(2, 5, 103, 0.02, 0.01));

        assertThat(compare(pair)).isEqualTo(compare(pair));
    }
}
