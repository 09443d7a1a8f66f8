package dev.plumbline.core.compare;

import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    private static final Metric TIME = new Metric("time", Unit.of("s"), Better.LOWER);
    private static final Metric RATE = new Metric("rate", Unit.of("ops/s"), Better.HIGHER);

    @Test
    void calls_no_change_in_a_suite_without_any_more_often_than_promised_although_it_looks_after_every_pair() {
        int suites = 400;
        int alarms = 0;
        for (int seed = 0; seed < suites; seed++) {
            PairedComparison comparison = new PairedComparison(Policy.DEFAULT, 20, 4);
            SplittableRandom random = new SplittableRandom(7_000 + seed);
            boolean any = false;
            for (int benchmark = 0; benchmark < 20 && !any; benchmark++) {
                any = end(comparison, random.split(), 0, 0.02, 40) == PairedComparison.Next.REGRESSED;
            }
            alarms += any ? 1 : 0;
        }

        assertThat(alarms / (double) suites).isLessThan(0.05);
    }

    @Test
    void finds_a_slowdown_of_five_per_cent_among_twenty_within_twenty_pairs() {
        int found = 0;
        for (int seed = 0; seed < 400; seed++) {
            PairedComparison comparison = new PairedComparison(Policy.DEFAULT, 20, 4);
            if (end(comparison, new SplittableRandom(9_000 + seed), 0.05, 0.01, 20)
                    == PairedComparison.Next.REGRESSED) {
                found++;
            }
        }

        assertThat(found).isGreaterThanOrEqualTo(396);
    }

    @Test
    void says_unchanged_only_when_any_change_lies_inside_the_margin() {
        int unchanged = 0;
        int wrong = 0;
        for (int seed = 0; seed < 400; seed++) {
            PairedComparison comparison = new PairedComparison(Policy.DEFAULT, 1, 4);
            unchanged +=
                    end(comparison, new SplittableRandom(11_000 + seed), 0, 0.01, 40) == PairedComparison.Next.UNCHANGED
                            ? 1
                            : 0;
            // a change just at the margin is not "unchanged"
            wrong += end(comparison, new SplittableRandom(13_000 + seed), 0.02, 0.01, 40)
                            == PairedComparison.Next.UNCHANGED
                    ? 1
                    : 0;
        }

        assertThat(unchanged).isGreaterThan(390);
        assertThat(wrong).isLessThan(400 / 10);
    }

    @Test
    void knows_which_way_is_better() {
        double[] base = {10, 10.1, 9.9, 10, 10.05, 9.95};
        double[] candidate = Arrays.stream(base).map(value -> value * 1.2).toArray();

        assertThat(judged(TIME, base, candidate).verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(judged(TIME, candidate, base).verdict().kind()).isEqualTo(Verdict.Kind.IMPROVED);
        assertThat(judged(RATE, base, candidate).verdict().kind()).isEqualTo(Verdict.Kind.IMPROVED);
        assertThat(judged(RATE, candidate, base).verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
    }

    @Test
    void tells_the_size_with_its_interval_and_a_severity() {
        Finding finding =
                judged(TIME, new double[] {1, 1.01, 0.99, 1, 1.02, 1}, new double[] {1.2, 1.21, 1.19, 1.21, 1.22, 1.2});

        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.relativeChange()).isCloseTo(0.201, within(0.002));
        assertThat(effect.interval().contains(0.2)).isTrue();
        assertThat(effect.interval().low()).isGreaterThan(0.15);
        assertThat(finding.pValue().orElseThrow()).isLessThan(0.05);
        assertThat(kinds(finding)).containsExactly("Pairs", "Difference");
    }

    @Test
    void one_unit_of_a_counter_that_never_varies_is_a_change() {
        Metric allocations = new Metric("allocations", Unit.of("B"), Better.LOWER);

        Finding finding = judged(allocations, fill(8, 16), fill(8, 24));

        assertThat(finding.verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(judged(allocations, fill(8, 16), fill(8, 16)).verdict().kind())
                .isEqualTo(Verdict.Kind.UNCHANGED);
    }

    @Test
    void zeros_and_negative_values_are_compared_by_their_differences() {
        Metric errors = new Metric("errors", Unit.of(""), Better.LOWER);

        Finding same = judged(errors, fill(8, 0), fill(8, 0));
        Finding more = judged(errors, fill(8, 0), fill(8, 3));
        Finding negative = judged(errors, new double[] {-1, -1.01, -0.99, -1, -1, -1.02}, new double[] {
            -0.5, -0.51, -0.5, -0.49, -0.5, -0.5
        });

        assertThat(same.verdict().kind()).isEqualTo(Verdict.Kind.UNCHANGED);
        assertThat(more.verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(more.verdict().effect().orElseThrow().relativeChange()).isInfinite();
        assertThat(negative.verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(negative.warnings()).hasSize(1);
    }

    @Test
    void what_is_never_negative_cannot_fall_by_more_than_all_of_itself() {
        Metric system = new Metric("system", Unit.of("s"), Better.LOWER);
        double[] base = {0, 1, 0, 2, 0, 1};

        assertThat(lowEnd(judged(system, base, fill(6, 0)))).isEqualTo(-1);
        assertThat(lowEnd(judged(system, base, new double[] {0, 0, 0, 0, 0, -1})))
                .isLessThan(-1);
    }

    private static double lowEnd(Finding finding) {
        return finding.verdict().effect().orElseThrow().interval().low();
    }

    @Test
    void swapping_the_sides_turns_a_regression_into_an_improvement_of_the_inverse_ratio() {
        double[] base = {10, 11, 10.5, 10.2, 10.8, 10.1, 10.4};
        double[] candidate = {12, 13.1, 12.4, 12.4, 12.9, 12.2, 12.3};

        double up =
                judged(TIME, base, candidate).verdict().effect().orElseThrow().relativeChange();
        double down =
                judged(TIME, candidate, base).verdict().effect().orElseThrow().relativeChange();

        assertThat((1 + up) * (1 + down)).isCloseTo(1, within(1e-12));
    }

    @Test
    void an_undecided_benchmark_says_how_many_pairs_would_tell() {
        Finding finding = judged(TIME, new double[] {1, 1.1, 0.95, 1.02}, new double[] {1.04, 1.0, 1.07, 1.01});

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        Verdict.Inconclusive verdict = (Verdict.Inconclusive) finding.verdict();
        assertThat(verdict.runsNeeded().orElseThrow()).isGreaterThan(10);
        PairEvidence.Ended ended = decisive(finding, PairEvidence.Ended.class);
        assertThat(ended.pairs()).isEqualTo(4);
        assertThat(ended.needed()).hasValue(verdict.runsNeeded().orElseThrow() + 4);
        assertThat(verdict.reason()).isEqualTo(ended);
    }

    @Test
    void noise_that_happens_to_point_the_wrong_way_is_no_suspect() {
        Finding noisy = judged(TIME, new double[] {1, 1.1, 0.95, 1.02}, new double[] {1.09, 1.05, 1.07, 1.06});

        assertThat(noisy.verdict().effect().orElseThrow().relativeChange()).isGreaterThan(0.02);
        assertThat(noisy.pValue()).hasValue(1);
        assertThat(noisy.isSuspect()).isFalse();
    }

    @Test
    void a_refuted_regression_is_not_called_one() {
        double[] base = fill(6, 10);
        double[] candidate = fill(6, 12);
        PairedTrial trial = new PairedTrial(key("time"), TIME, base, candidate, true);

        Finding finding = new PairedComparison(Policy.DEFAULT, 1, 4)
                .findings(List.of(trial))
                .get(0);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(decisive(finding)).isEqualTo(new PairEvidence.Refuted());
    }

    @Test
    void fresh_pairs_confirm_a_regression_when_they_move_the_same_way() {
        PairedComparison comparison = new PairedComparison(Policy.DEFAULT, 1, 4);

        assertThat(comparison.confirms(new PairedTrial(key("time"), TIME, fill(3, 10), fill(3, 10.5), false)))
                .isTrue();
        assertThat(comparison.confirms(new PairedTrial(key("time"), TIME, fill(3, 10), fill(3, 10.05), false)))
                .isFalse();
        assertThat(comparison.confirms(new PairedTrial(key("time"), TIME, fill(3, 10), fill(3, 9), false)))
                .isFalse();
    }

    @Test
    void the_probability_of_a_regression_is_students_tail_beyond_the_margin() {
        PairedComparison comparison = new PairedComparison(Policy.DEFAULT, 1, 4);
        double[] base = {10, 10, 10, 10};
        double[] candidate = {10.5, 10.3, 10.1, 10.4};
        double[] changes = Arrays.stream(candidate).map(c -> Math.log(c / 10)).toArray();
        double mean = Arrays.stream(changes).average().orElseThrow();
        double variance =
                Arrays.stream(changes).map(c -> (c - mean) * (c - mean)).sum() / 3;
        double t = (mean - Math.log(1.02)) / Math.sqrt(variance / 4);
        // Student's distribution with three degrees of freedom has a closed form
        double expected = 0.5 + (t / Math.sqrt(3) / (1 + t * t / 3) + Math.atan(t / Math.sqrt(3))) / Math.PI;

        assertThat(comparison.probabilityOfRegression(new PairedTrial(key("time"), TIME, base, candidate, false)))
                .isCloseTo(expected, within(1e-9))
                .isBetween(0.8, 0.95);
        // where more is better, the same pairs are no regression
        assertThat(comparison.probabilityOfRegression(new PairedTrial(key("rate"), RATE, base, candidate, false)))
                .isLessThan(0.02);
        assertThat(comparison.probabilityOfRegression(new PairedTrial(key("rate"), RATE, candidate, base, false)))
                .isCloseTo(expected, within(1e-9));
    }

    @Test
    void disturbed_executions_hide_no_slowdown_and_hardly_widen_what_is_told() {
        int found = 0;
        double noise = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(31_000 + seed);
            double[] base = new double[40];
            double[] candidate = new double[40];
            for (int i = 0; i < 40; i++) {
                base[i] = disturbed(random);
                candidate[i] = 1.05 * disturbed(random);
            }
            Finding finding = judged(TIME, base, candidate);
            found += finding.verdict() instanceof Verdict.Regressed ? 1 : 0;
            noise += only(finding, PairEvidence.Pairs.class).deviation().orElseThrow() / 200;
        }

        assertThat(found).isGreaterThanOrEqualTo(195);
        assertThat(noise).isBetween(0.028, 0.04); // 0.028 without any, 0.15 as the plain deviation
    }

    /** With noise of 2 %, one in twenty up to twice as long. */
    private static double disturbed(SplittableRandom random) {
        return Math.exp(0.02 * random.nextGaussian())
                * (random.nextDouble() < 0.05 ? 1.3 + 0.7 * random.nextDouble() : 1);
    }

    @Test
    void before_the_fewest_pairs_anything_may_be_a_regression_and_without_scatter_nothing_is_in_doubt() {
        PairedComparison comparison = new PairedComparison(Policy.DEFAULT, 1, 4);

        assertThat(comparison.probabilityOfRegression(
                        new PairedTrial(key("time"), TIME, fill(3, 10), fill(3, 9), false)))
                .isEqualTo(1);
        assertThat(comparison.probabilityOfRegression(
                        new PairedTrial(key("time"), TIME, fill(4, 10), fill(4, 10.3), false)))
                .isEqualTo(1);
        assertThat(comparison.probabilityOfRegression(
                        new PairedTrial(key("time"), TIME, fill(4, 10), fill(4, 10.1), false)))
                .isZero();
    }

    @Test
    void copies_of_one_thing_that_differ_are_no_changes_when_a_second_copy_of_the_base_shows_it() {
        // the three copies lie 3 % around what they are copies of, and the noise of a round is 0.5 %
        int called = 0;
        int calledWithTwin = 0;
        int named = 0;
        for (int seed = 0; seed < 500; seed++) {
            PairedTrial trial = rounds(new SplittableRandom(21_000 + seed), 20, 0, 0.03, 0.005);
            called += isChange(alone(trial)) ? 1 : 0;
            Finding finding = finding(trial);
            calledWithTwin += isChange(finding) ? 1 : 0;
            named += finding.warnings().isEmpty() ? 0 : 1;
        }

        assertThat(called / 500.0).isGreaterThan(0.6);
        assertThat(calledWithTwin / 500.0).isLessThan(0.1);
        assertThat(named / 500.0).isGreaterThan(0.8);
    }

    @Test
    void a_second_copy_costs_hardly_any_regression_where_copies_do_not_differ() {
        int found = 0;
        int named = 0;
        for (int seed = 0; seed < 500; seed++) {
            Finding finding = finding(rounds(new SplittableRandom(23_000 + seed), 20, 0.05, 0, 0.01));
            found += finding.verdict() instanceof Verdict.Regressed ? 1 : 0;
            named += finding.warnings().isEmpty() ? 0 : 1;
        }

        assertThat(found / 500.0).isGreaterThan(0.95);
        assertThat(named / 500.0).isLessThan(0.05);
    }

    @Test
    void a_change_many_times_as_large_as_what_copies_differ_by_is_called_all_the_same() {
        double[] base = {10, 10.02, 9.98, 10.01, 9.99, 10};
        double[] twin = Arrays.stream(base).map(value -> value * 1.02).toArray();

        // qt(0.975, 1) * sqrt(3) / 2
        // 11.00396
        Finding hidden =
                finding(twins(base, Arrays.stream(base).map(v -> v * 1.1).toArray(), twin));
        Finding seen = finding(twins(base, Arrays.stream(base).map(v -> v * 1.4).toArray(), twin));

        assertThat(hidden.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        PairEvidence.Untrusted why = decisive(hidden, PairEvidence.Untrusted.class);
        assertThat(why.difference()).isCloseTo(0.02, within(0.001));
        assertThat(why.times()).isCloseTo(11, within(0.5));
        assertThat(((Verdict.Inconclusive) hidden.verdict()).reason()).isEqualTo(why);
        assertThat(hidden.isSuspect()).isTrue();
        assertThat(kinds(hidden)).containsExactly("Pairs", "Difference", "Copies", "Untrusted");
        assertThat(seen.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(seen.warnings()).singleElement().isEqualTo(only(seen, PairEvidence.Copies.class));
    }

    /** Rounds of a base, a candidate and the base's twin, each a copy some way off, with noise in each value. */
    private static PairedTrial rounds(
            SplittableRandom random, int rounds, double effect, double ofCopies, double ofRounds) {
        double[][] arms = new double[3][rounds];
        for (int arm = 0; arm < 3; arm++) {
            double copy = ofCopies * random.nextGaussian() + (arm == 1 ? Math.log1p(effect) : 0);
            for (int i = 0; i < rounds; i++) {
                arms[arm][i] = Math.exp(copy + ofRounds * random.nextGaussian());
            }
        }
        return twins(arms[0], arms[1], arms[2]);
    }

    private static PairedTrial twins(double[] base, double[] candidate, double[] twin) {
        return new PairedTrial(key("time"), TIME, base, candidate, twin, false);
    }

    private static Finding alone(PairedTrial trial) {
        return judged(TIME, trial.base(), trial.candidate());
    }

    private static Finding finding(PairedTrial trial) {
        return new PairedComparison(Policy.DEFAULT, 1, 4)
                .findings(List.of(trial))
                .get(0);
    }

    private static boolean isChange(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed || finding.verdict() instanceof Verdict.Improved;
    }

    private static PairedComparison.Next end(
            PairedComparison comparison, SplittableRandom random, double effect, double forkNoise, int most) {
        double[] base = new double[most];
        double[] candidate = new double[most];
        for (int i = 0; i < most; i++) {
            base[i] = Math.exp(forkNoise * random.nextGaussian());
            candidate[i] = (1 + effect) * Math.exp(forkNoise * random.nextGaussian());
            PairedComparison.Next next = comparison.next(new PairedTrial(
                    key("time"), TIME, Arrays.copyOf(base, i + 1), Arrays.copyOf(candidate, i + 1), false));
            if (next != PairedComparison.Next.MORE) {
                return next;
            }
        }
        return PairedComparison.Next.MORE;
    }

    private static Finding judged(Metric metric, double[] base, double[] candidate) {
        return new PairedComparison(Policy.DEFAULT, 1, 4)
                .findings(List.of(new PairedTrial(key(metric.name()), metric, base, candidate, false)))
                .get(0);
    }

    private static List<String> kinds(Finding finding) {
        return finding.trace().stream()
                .map(rung -> rung.evidence().getClass().getSimpleName())
                .toList();
    }

    private static SeriesKey key(String metric) {
        return new SeriesKey(Benchmark.of("b"), metric, "e", "main");
    }

    private static double[] fill(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }
}
