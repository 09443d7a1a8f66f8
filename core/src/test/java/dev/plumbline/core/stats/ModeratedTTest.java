package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.Arms.KnownVariance;
import dev.plumbline.core.stats.sample.HodgesLehmann;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Scale;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModeratedTTest {
    private static final double[] BASE = {101.2, 99.8, 100.5, 102.3, 98.9};
    private static final double[] CANDIDATE = {104.1, 103.2, 106.0, 105.3, 103.9, 107.2};

    /** Twenty-four benchmarks of five forks a side, without randomness. */
    private static List<Arms> suite() {
        List<Arms> suite = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            double[] base = new double[5];
            double[] candidate = new double[5];
            for (int k = 0; k < 5; k++) {
                base[k] = 0.01 * ((i * 7 + k * 3) % 11 - 5) * (1 + i % 5);
                candidate[k] = 0.01 * ((i * 5 + k * 4) % 13 - 6) * (1 + i % 5) + (i == 3 ? 0.2 : 0);
            }
            suite.add(Arms.ofLogs(base, candidate));
        }
        return suite;
    }

    @Test
    void a_suite_lends_its_variances_as_in_the_reference() {
        // numpy and scipy: e = log(s2) - digamma(4) + log(4); d0 = 2 * trigamma_inverse(e.var(ddof=1) - trigamma(4));
        // s02 = exp(e.mean() + digamma(d0 / 2) - log(d0 / 2)); t = d / sqrt(2 / 5 * (d0 * s02 + 8 * s2) / (d0 + 8))
        VariancePrior prior = ModeratedT.withDefaults().prior(suite());
        assertThat(prior.variance()).isCloseTo(0.006881583434090085, within(1e-12));
        assertThat(prior.degreesOfFreedom()).isCloseTo(2.91955584799333, within(1e-8));
        List<ModeratedT.Result> results = ModeratedT.withDefaults().test(suite());
        assertThat(results).hasSize(24);
        ModeratedT.Result slower = results.get(3);
        assertThat(slower.difference()).isCloseTo(0.152, within(1e-15));
        assertThat(slower.statistic()).isCloseTo(1.732325551424854, within(1e-9));
        assertThat(slower.degreesOfFreedom()).isCloseTo(10.91955584799333, within(1e-8));
        assertThat(slower.pValue()).isCloseTo(0.11132641920900002, within(1e-10));
        assertThat(slower.standardError()).isCloseTo(0.08774332276919808, within(1e-11));
        assertThat(slower.ratioInterval().low()).isCloseTo(0.9595455669258292, within(1e-10));
        assertThat(slower.ratioInterval().high()).isCloseTo(1.4124071881564235, within(1e-10));
        assertThat(slower.detectableChange99()).isCloseTo(0.8050184392870545, within(1e-9));
        assertThat(results.get(0).pValue()).isCloseTo(0.8686634891655756, within(1e-10));
        assertThat(results.get(11).pValue()).isCloseTo(0.6836570813412127, within(1e-10));
    }

    @Test
    void one_benchmark_by_itself_is_tested_as_student_would() {
        ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofForks(BASE, CANDIDATE));
        // ttest_ind(np.log(candidate), np.log(base)), its confidence_interval() and confidence_interval(.9)
        assertThat(result.statistic()).isCloseTo(5.18794806105119, within(1e-10));
        assertThat(result.pValue()).isCloseTo(0.0005732192099006973, within(1e-13));
        assertThat(result.pValueGreater()).isCloseTo(0.0005732192099006973 / 2, within(1e-13));
        assertThat(result.pValueLess()).isCloseTo(1 - 0.0005732192099006973 / 2, within(1e-13));
        assertThat(result.degreesOfFreedom()).isEqualTo(9);
        assertThat(result.interval().low()).isCloseTo(0.024200070266896103, within(1e-12));
        assertThat(result.interval().high()).isCloseTo(0.06162199425139356, within(1e-12));
        assertThat(result.equivalenceInterval().low()).isCloseTo(0.027748820289750325, within(1e-12));
        assertThat(result.equivalenceInterval().high()).isCloseTo(0.058073244228539336, within(1e-12));
        assertThat(result.equivalencePValue()).isGreaterThan(0.5);
        assertThat(result.ratio())
                .isCloseTo(Location.geometricMean(CANDIDATE) / Location.geometricMean(BASE), within(1e-13));
        assertThat(result.flags()).isEmpty();
    }

    @Test
    void swapping_the_sides_inverts_the_ratio() {
        ModeratedT test = ModeratedT.withDefaults();
        ModeratedT.Result forth = test.test(Arms.ofForks(BASE, CANDIDATE));
        ModeratedT.Result back = test.test(Arms.ofForks(CANDIDATE, BASE));
        assertThat(back.ratio()).isCloseTo(1 / forth.ratio(), within(1e-14));
        assertThat(back.ratioInterval().low())
                .isCloseTo(1 / forth.ratioInterval().high(), within(1e-13));
        assertThat(back.pValue()).isCloseTo(forth.pValue(), within(1e-15));
        assertThat(back.pValueGreater()).isCloseTo(forth.pValueLess(), within(1e-15));
        assertThat(back.equivalencePValue()).isCloseTo(forth.equivalencePValue(), within(1e-14));
        assertThat(back.forksNeeded()).isEqualTo(forth.forksNeeded());
    }

    @Test
    void the_unit_and_the_order_of_forks_do_not_matter() {
        ModeratedT test = ModeratedT.withDefaults();
        ModeratedT.Result plain = test.test(Arms.ofForks(BASE, CANDIDATE));
        for (double unit : new double[] {1e-298, 1e-9, 1e6, 1e298}) {
            ModeratedT.Result scaled = test.test(Arms.ofForks(scaled(BASE, unit), scaled(CANDIDATE, unit)));
            assertThat(scaled.ratio()).isCloseTo(plain.ratio(), within(1e-12));
            assertThat(scaled.pValue()).isCloseTo(plain.pValue(), within(1e-10));
            assertThat(scaled.detectable80()).isCloseTo(plain.detectable80(), within(1e-11));
        }
        ModeratedT.Result shuffled = test.test(Arms.ofForks(new double[] {98.9, 102.3, 101.2, 99.8, 100.5}, CANDIDATE));
        assertThat(shuffled.pValue()).isCloseTo(plain.pValue(), within(1e-14));
        assertThat(shuffled.ratio()).isCloseTo(plain.ratio(), within(1e-15));
    }

    @Test
    void history_adds_its_degrees_of_freedom() {
        Arms arms = Arms.ofForks(BASE, CANDIDATE);
        double own = square(ModeratedT.withDefaults().test(arms).forkDeviation());
        ModeratedT.Result result = ModeratedT.withDefaults().test(arms.withHistory(new KnownVariance(0.0004, 20)));
        assertThat(result.degreesOfFreedom()).isEqualTo(29);
        assertThat(square(result.forkDeviation())).isCloseTo((9 * own + 20 * 0.0004) / 29, within(1e-16));
    }

    @Test
    void scatter_of_whole_runs_widens_unless_they_were_interleaved() {
        double[] candidate = Arrays.copyOf(CANDIDATE, 5);
        Arms arms = Arms.ofForks(BASE, candidate);
        ModeratedT test = ModeratedT.withDefaults();
        double plain = test.test(arms).standardError();
        assertThat(test.test(arms.withRunDeviation(0.01)).standardError())
                .isCloseTo(Math.sqrt(plain * plain + 2e-4), within(1e-15));
        double paired = test.test(arms.interleaved()).standardError();
        assertThat(test.test(arms.interleaved().withRunDeviation(0.01)).standardError())
                .isEqualTo(paired);
    }

    @Test
    void interleaved_forks_are_compared_in_pairs() {
        double[] base = {100, 110, 120, 130};
        double[] candidate = {102, 111, 123, 132};
        ModeratedT.Result result =
                ModeratedT.withDefaults().test(Arms.ofForks(base, candidate).interleaved());
        // ttest_rel(np.log(candidate), np.log(base)): the differences' own mean over their error
        double[] differences = new double[4];
        Arrays.setAll(differences, i -> Math.log(candidate[i] / base[i]));
        double t = Location.mean(differences) / (Spread.standardDeviation(differences) / 2);
        assertThat(result.statistic()).isCloseTo(t, within(1e-10));
        assertThat(result.degreesOfFreedom()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofForks(BASE, CANDIDATE).interleaved())
                .withMessageContaining("5 and 6");
    }

    @Test
    void one_unit_of_a_counter_is_real_and_none_is_not() {
        ModeratedT test = ModeratedT.withDefaults();
        double[] before = {123_456_789_012.0, 123_456_789_012.0};
        double[] after = {123_456_789_013.0, 123_456_789_013.0};
        ModeratedT.Result changed = test.test(Arms.ofForks(before, after));
        assertThat(changed.flags()).contains(Flag.DETERMINISTIC);
        assertThat(changed.pValue()).isZero();
        assertThat(changed.pValueGreater()).isZero();
        assertThat(changed.pValueLess()).isOne();
        assertThat(changed.equivalencePValue()).isZero();
        assertThat(changed.interval().width()).isZero();
        assertThat(changed.detectable99()).isZero();
        assertThat(changed.forksNeeded()).hasValue(1);
        ModeratedT.Result same = test.test(Arms.ofForks(before, before));
        assertThat(same.pValue()).isOne();
        assertThat(same.ratio()).isOne();
        assertThat(same.statistic()).isZero();
    }

    @Test
    void a_counter_borrows_no_noise_from_its_suite() {
        List<Arms> suite = suite();
        suite.add(Arms.ofForks(new double[] {1000, 1000, 1000}, new double[] {1001, 1001, 1001}));
        ModeratedT.Result counter = ModeratedT.withDefaults().test(suite).get(24);
        assertThat(counter.pValue()).isZero();
        assertThat(counter.flags()).contains(Flag.DETERMINISTIC);
        assertThat(ModeratedT.withDefaults().prior(suite))
                .isEqualTo(ModeratedT.withDefaults().prior(suite()));
    }

    @Test
    void noise_on_one_side_only_is_told_and_measured_by_that_side() {
        ModeratedT.Result result = ModeratedT.withDefaults()
                .test(Arms.ofForks(new double[] {100, 100, 100, 100}, new double[] {99, 104, 101, 107}));
        assertThat(result.flags()).containsExactly(Flag.NOISE_CHANGED);
        Welch.Result welch =
                Welch.withDefaults().test(new double[] {100, 100, 100, 100}, new double[] {99, 104, 101, 107});
        assertThat(result.pValue()).isCloseTo(welch.pValue(), within(1e-13));
        assertThat(result.degreesOfFreedom()).isCloseTo(3, within(1e-12));
    }

    @Test
    void very_different_scatter_is_told_and_not_borrowed_for() {
        double[] calm = {100, 100.01, 99.99, 100.02, 99.98};
        double[] wild = {100, 130, 90, 120, 80};
        List<Arms> suite = suite();
        suite.add(Arms.ofForks(calm, wild));
        ModeratedT.Result result = ModeratedT.withDefaults().test(suite).get(24);
        assertThat(result.flags()).containsExactly(Flag.NOISE_CHANGED);
        assertThat(result.pValue())
                .isCloseTo(Welch.withDefaults().test(calm, wild).pValue(), within(1e-12));
    }

    @Test
    void a_single_fork_a_side_goes_by_its_iterations_and_says_so() {
        double[][] base = {{100, 101, 99}};
        double[][] candidate = {{110, 111, 109.5}};
        ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofIterations(base, candidate));
        assertThat(result.flags()).containsExactlyInAnyOrder(Flag.FEW_FORKS, Flag.WITHIN_FORK_ONLY);
        assertThat(result.degreesOfFreedom()).isEqualTo(4);
        assertThat(result.pValue()).isBetween(1e-6, 0.01);
        // each mean's relative variance, pooled: (1/100^2 + 0.583…/110.16…^2) / 2 / 3
        double variance = (1.0 / 1e4
                        + Spread.standardDeviation(candidate[0])
                                * Spread.standardDeviation(candidate[0])
                                / Math.pow(Location.mean(candidate[0]), 2))
                / 6;
        assertThat(result.standardError()).isCloseTo(Math.sqrt(2 * variance), within(1e-15));
    }

    @Test
    void a_single_fork_a_side_in_a_suite_goes_by_the_suite() {
        List<Arms> suite = suite();
        suite.add(Arms.ofIterations(new double[][] {{100, 101, 99}}, new double[][] {{110, 111, 109.5}}));
        ModeratedT.Result result = ModeratedT.withDefaults().test(suite).get(24);
        assertThat(result.flags()).containsExactlyInAnyOrder(Flag.FEW_FORKS, Flag.BORROWED_ONLY);
        assertThat(square(result.forkDeviation())).isCloseTo(0.006881583434090085, within(1e-12));
    }

    @Test
    void one_value_a_side_cannot_be_judged() {
        ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofForks(new double[] {100}, new double[] {150}));
        assertThat(result.flags()).containsExactlyInAnyOrder(Flag.FEW_FORKS, Flag.NO_VARIANCE);
        assertThat(result.ratio()).isCloseTo(1.5, within(1e-15));
        assertThat(result.pValue()).isOne();
        assertThat(result.pValueGreater()).isOne();
        assertThat(result.ratioInterval()).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY, 0.95));
        assertThat(result.detectable99()).isInfinite();
        assertThat(result.forksNeeded()).isEmpty();
    }

    @Test
    void one_fork_against_several_goes_by_the_several() {
        ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofForks(BASE, new double[] {110}));
        assertThat(result.degreesOfFreedom()).isEqualTo(4);
        assertThat(result.flags()).containsExactly(Flag.FEW_FORKS);
        assertThat(result.pValue())
                .isCloseTo(Welch.withDefaults().test(BASE, new double[] {110}).pValue(), within(1e-13));
    }

    @Test
    void zeros_and_negatives_are_compared_relative_to_the_base() {
        double[] base = {-1, 4, 5, 8};
        double[] candidate = {9, 7, 12, 8};
        ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofForks(base, candidate));
        assertThat(result.scale()).isEqualTo(Scale.RELATIVE);
        assertThat(result.flags()).containsExactly(Flag.NOT_LOGARITHMIC);
        assertThat(result.ratio()).isCloseTo(9.0 / 4, within(1e-14));
        assertThat(result.relativeChange()).isCloseTo(1.25, within(1e-14));
    }

    @Test
    void a_base_of_zero_has_a_difference_but_no_ratio() {
        ModeratedT test = ModeratedT.withDefaults();
        ModeratedT.Result result = test.test(Arms.ofForks(new double[] {0, 0, 0}, new double[] {1, 2, 3}));
        assertThat(result.scale()).isEqualTo(Scale.ABSOLUTE);
        assertThat(result.flags()).contains(Flag.NO_RATIO, Flag.NOT_LOGARITHMIC);
        assertThat(result.difference()).isEqualTo(2);
        assertThat(result.ratio()).isInfinite();
        assertThat(result.equivalencePValue()).isOne();
        ModeratedT.Result still = test.test(Arms.ofForks(new double[] {0, 0, 0}, new double[] {0, 0, 0}));
        assertThat(still.ratio()).isOne();
        assertThat(still.pValue()).isOne();
        assertThat(still.equivalencePValue()).isZero();
    }

    @Test
    void forks_needed_reach_the_promised_power() {
        // the least F with 0.01 * sqrt(2 / F) * (t.isf(.025, 2F - 2) + t.isf(.01, 2F - 2)) <= log(1.02) is 11
        assertThat(needed(0.01, 1)).isEqualTo(11);
        assertThat(needed(0.03, 1)).isEqualTo(86);
        // with .025 / 300 it is 22
        assertThat(needed(0.01, 300)).isEqualTo(22);
    }

    private static int needed(double deviation, int suiteSize) {
        // of two values a side at ±h/√2 the pooled deviation is h
        double h = deviation / Math.sqrt(2);
        Arms arms = Arms.ofLogs(new double[] {-h, h}, new double[] {-h, h});
        return ModeratedT.withDefaults()
                .test(arms, VariancePrior.NONE, suiteSize)
                .forksNeeded()
                .orElseThrow();
    }

    @Test
    void no_number_of_forks_overcomes_the_scatter_of_whole_runs() {
        Arms arms = Arms.ofForks(BASE, CANDIDATE).withRunDeviation(0.02);
        assertThat(ModeratedT.withDefaults().test(arms).forksNeeded()).isEmpty();
    }

    @Test
    void forks_far_from_normal_are_told() {
        // one fork of each side is wild in the same direction, so the t test is misled where dealing is not
        double[] base = {0, 0.001, -0.001, 0.002, -0.002, 0.0015};
        double[] candidate = {0.01, 0.011, 0.009, 0.012, 0.008, 0.0115};
        assertThat(ModeratedT.withDefaults().test(Arms.ofLogs(base, candidate)).flags())
                .isEmpty();
        VariancePrior tooSure = new VariancePrior(1e-8, 400);
        double[] noisyBase = {0, 0.001, -0.001, 0.002, -0.002, 0.0015};
        double[] noisyCandidate = {0.001, 0.002, -0.0005, 0.0025, -0.001, 0.0018};
        assertThat(ModeratedT.withDefaults()
                        .test(Arms.ofLogs(noisyBase, noisyCandidate), tooSure, 100)
                        .flags())
                .containsExactly(Flag.SHAPE);
    }

    @Test
    void wild_forks_are_compared_by_ranks() {
        SplittableRandom random = new SplittableRandom(53);
        double[] base = normal(random, 10, 0.01, 0);
        double[] candidate = normal(random, 10, 0.01, Math.log(1.05));
        ModeratedT test = ModeratedT.withDefaults();
        assertThat(test.test(Arms.ofLogs(base, candidate)).flags()).isEmpty();
        base[4] = 0.7;
        ModeratedT.Result result = test.test(Arms.ofLogs(base, candidate));
        assertThat(result.flags()).containsExactly(Flag.WILD_FORKS);
        assertThat(result.difference()).isEqualTo(HodgesLehmann.shift(base, candidate));
        assertThat(result.interval())
                .isEqualTo(HodgesLehmann.of(base, candidate, 0.95).interval());
        assertThat(result.pValue())
                .isEqualTo(RankSum.withDefaults().test(base, candidate).pValue());
        assertThat(result.pValueGreater()).isCloseTo(result.pValue() / 2, within(1e-15));
        assertThat(result.ratioInterval().contains(1.05)).isTrue();
        assertThat(result.detectable99()).isLessThan(0.06);
        assertThat(result.equivalencePValue()).isGreaterThan(0.9);
        // by means nothing could be said, as with too few forks for ranks, or in pairs
        assertThat(test.test(Arms.ofLogs(base, candidate).interleaved()).pValue())
                .isGreaterThan(0.3);
        assertThat(test.test(Arms.ofLogs(base, candidate).withRunDeviation(0.001))
                        .flags())
                .doesNotContain(Flag.WILD_FORKS);
    }

    @Test
    void equivalence_by_ranks_agrees_with_the_interval_by_ranks() {
        SplittableRandom random = new SplittableRandom(54);
        int wild = 0;
        for (int trial = 0; trial < 400; trial++) {
            double[] base = normal(random, 12, 0.02, 0);
            double[] candidate = normal(random, 12, 0.02, 0.01 * (trial % 3));
            base[0] = 0.8;
            candidate[3] = trial % 2 == 0 ? 0.9 : candidate[3];
            ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofLogs(base, candidate));
            if (result.flags().contains(Flag.WILD_FORKS)) {
                wild++;
                double margin = Math.log1p(0.02);
                assertThat(result.equivalencePValue() <= 0.05)
                        .isEqualTo(result.equivalenceInterval().isInside(-margin, margin));
                assertThat(result.pValue() > 0.05).isEqualTo(result.interval().contains(0));
            }
        }
        assertThat(wild).isGreaterThan(300);
    }

    @Test
    void refuses_what_is_not_a_number_and_says_where() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofIterations(new double[][] {{1, 2}, {3, Double.NaN}}, new double[][] {{1}}))
                .withMessage("base[1][1] is NaN, not a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofIterations(new double[][] {{1}}, new double[0][]))
                .withMessageContaining("candidate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofIterations(new double[][] {{1}}, new double[][] {{}}))
                .withMessageContaining("candidate[0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofForks(BASE, new double[] {1, Double.NEGATIVE_INFINITY}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofForks(BASE, CANDIDATE).withRunDeviation(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new KnownVariance(-1, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModeratedT.withDefaults().withLevel(0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModeratedT.withDefaults().withMargin(0));
    }

    @Test
    void a_small_suite_lends_nothing() {
        List<Arms> nineteen = suite().subList(0, 19);
        assertThat(ModeratedT.withDefaults().prior(nineteen)).isEqualTo(VariancePrior.NONE);
        assertThat(ModeratedT.withDefaults().test(nineteen).get(4).degreesOfFreedom())
                .isEqualTo(8);
        assertThat(ModeratedT.withDefaults().test(List.of())).isEmpty();
    }

    @Test
    void equal_variances_are_lent_in_full() {
        double[] variances = new double[30];
        double[] degrees = new double[30];
        Arrays.fill(variances, 4e-4);
        Arrays.fill(degrees, 8);
        VariancePrior prior = VariancePrior.fit(variances, degrees);
        assertThat(prior.degreesOfFreedom()).isInfinite();
        // exp(log(4e-4) - digamma(4) + log(4))
        assertThat(prior.variance()).isCloseTo(4e-4 * Math.exp(-1.2561176684318003) * 4, within(1e-16));
        assertThat(prior.moderate(1, 8)).isEqualTo(prior.variance());
    }

    @Test
    void a_prior_is_found_again_in_what_it_generates() {
        SplittableRandom random = new SplittableRandom(51);
        double[] variances = new double[4_000];
        double[] degrees = new double[4_000];
        for (int i = 0; i < variances.length; i++) {
            degrees[i] = 2 + i % 9;
            double true0 = 1e-4 * 6 / chiSquared(random, 6);
            variances[i] = true0 * chiSquared(random, (int) degrees[i]) / degrees[i];
        }
        VariancePrior prior = VariancePrior.fit(variances, degrees);
        assertThat(prior.degreesOfFreedom()).isCloseTo(6, within(0.8));
        assertThat(prior.variance()).isCloseTo(1e-4, within(5e-6));
    }

    private static double chiSquared(SplittableRandom random, int degrees) {
        double sum = 0;
        for (int i = 0; i < degrees; i++) {
            sum += square(Normal.upperQuantile(random.nextDouble()));
        }
        return sum;
    }

    @Test
    void rejects_equal_suites_as_often_as_it_says_and_covers_likewise() {
        SplittableRandom random = new SplittableRandom(52);
        int rejected = 0;
        int covered = 0;
        int equivalent = 0;
        int count = 0;
        for (int trial = 0; trial < 40; trial++) {
            List<Arms> suite = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                double deviation = 0.01 * Math.sqrt(6 / chiSquared(random, 6));
                double[] base = normal(random, 4, deviation, 0);
                double[] candidate = normal(random, 4, deviation, Math.log(1.02));
                suite.add(Arms.ofLogs(base, candidate));
            }
            for (ModeratedT.Result result : ModeratedT.withDefaults().test(suite)) {
                count++;
                covered += result.ratioInterval().contains(1.02) ? 1 : 0;
                equivalent += result.equivalencePValue() <= 0.05 ? 1 : 0;
            }
            List<Arms> same = new ArrayList<>();
            for (Arms arms : suite) {
                double[] candidate = Arrays.stream(arms.candidate())
                        .map(x -> x - Math.log(1.02))
                        .toArray();
                same.add(Arms.ofLogs(arms.base(), candidate));
            }
            rejected += (int) ModeratedT.withDefaults().test(same).stream()
                    .filter(result -> result.pValue() <= 0.05)
                    .count();
        }
        assertThat(covered / (double) count).isBetween(0.94, 0.96);
        assertThat(rejected / (double) count).isBetween(0.04, 0.06);
        assertThat(equivalent / (double) count).isLessThan(0.05);
    }

    @Test
    void results_stand_in_the_order_of_the_suite() {
        List<Arms> reversed = new ArrayList<>(suite());
        Collections.reverse(reversed);
        List<ModeratedT.Result> forward = ModeratedT.withDefaults().test(suite());
        List<ModeratedT.Result> backward = ModeratedT.withDefaults().test(reversed);
        for (int i = 0; i < 24; i++) {
            assertThat(backward.get(23 - i).difference())
                    .isEqualTo(forward.get(i).difference());
            assertThat(backward.get(23 - i).pValue()).isCloseTo(forward.get(i).pValue(), within(1e-12));
        }
    }

    private static double[] normal(SplittableRandom random, int count, double deviation, double centre) {
        return random.doubles(count)
                .map(u -> centre + deviation * Normal.upperQuantile(u))
                .toArray();
    }

    private static double square(double x) {
        return x * x;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(x -> x * factor).toArray();
    }

    @Test
    void everything_that_ranks_say_follows_from_the_interval_of_the_shift() {
        SplittableRandom random = new SplittableRandom(57);
        double[] base = normal(random, 9, 0.01, 0);
        double[] candidate = normal(random, 14, 0.01, 0.012);
        base[2] = 0.9;
        ModeratedT.Result result =
                ModeratedT.withDefaults().withLevel(0.1).withMargin(0.03).test(Arms.ofLogs(base, candidate));

        assertThat(result.flags()).containsExactly(Flag.WILD_FORKS);
        double quantile = StudentT.upperQuantile(0.05, 21);
        double error = HodgesLehmann.of(base, candidate, 0.9).interval().width() / 2 / quantile;
        assertThat(result.degreesOfFreedom()).isEqualTo(21);
        assertThat(result.standardError()).isCloseTo(error, within(1e-15));
        assertThat(result.statistic()).isCloseTo(result.difference() / error, within(1e-10));
        assertThat(result.forkDeviation()).isCloseTo(error / Math.sqrt(1.0 / 9 + 1.0 / 14), within(1e-15));
        assertThat(result.detectable80())
                .isCloseTo(error * (quantile + StudentT.upperQuantile(0.2, 21)), within(1e-14));
        assertThat(result.detectable99())
                .isCloseTo(error * (quantile + StudentT.upperQuantile(0.01, 21)), within(1e-14));
        assertThat(result.equivalenceInterval())
                .isEqualTo(HodgesLehmann.of(base, candidate, 0.8).interval());
        double margin = Math.log1p(0.03);
        double above = RankSum.withDefaults()
                .with(Alternative.GREATER)
                .test(base, Arrays.stream(candidate).map(x -> x + margin).toArray())
                .pValue();
        double below = RankSum.withDefaults()
                .with(Alternative.LESS)
                .test(base, Arrays.stream(candidate).map(x -> x - margin).toArray())
                .pValue();
        assertThat(result.equivalencePValue()).isEqualTo(Math.max(above, below));
    }

    @Test
    void ranks_are_asked_from_eight_forks_on_and_where_both_sides_scatter_alike() {
        SplittableRandom random = new SplittableRandom(58);
        double[] base = normal(random, 12, 0.01, 0);
        double[] candidate = normal(random, 12, 0.01, 0.03);
        base[0] = 0.9;

        assertThat(flags(base, Arrays.copyOf(candidate, 8))).contains(Flag.WILD_FORKS);
        assertThat(flags(base, Arrays.copyOf(candidate, 7))).doesNotContain(Flag.WILD_FORKS);
        double[] wider = Arrays.stream(candidate).map(x -> 6 * x).toArray();
        assertThat(flags(base, wider)).doesNotContain(Flag.WILD_FORKS);
        assertThat(flags(wider, base)).doesNotContain(Flag.WILD_FORKS);
    }

    private static Set<Flag> flags(double[] base, double[] candidate) {
        return ModeratedT.withDefaults().test(Arms.ofLogs(base, candidate)).flags();
    }

    @Test
    void the_forks_that_are_needed_are_the_fewest_that_find_the_margin() {
        double[] base = new double[6];
        double[] candidate = new double[6];
        Arrays.setAll(base, i -> 0.02 * ((i * 5) % 7 - 3));
        Arrays.setAll(candidate, i -> 0.02 * ((i * 3) % 7 - 3));
        for (double run : new double[] {0, 0.003}) {
            Arms arms = Arms.ofLogs(base, candidate).withRunDeviation(run);
            ModeratedT.Result result =
                    ModeratedT.withDefaults().withMargin(0.05).test(arms);
            int needed = result.forksNeeded().orElseThrow();
            assertThat(needed).isGreaterThan(6);
            assertThat(found(needed, result.forkDeviation(), run)).isLessThanOrEqualTo(Math.log1p(0.05));
            assertThat(found(needed - 1, result.forkDeviation(), run)).isGreaterThan(Math.log1p(0.05));
        }
        ModeratedT.Result never = ModeratedT.withDefaults()
                .withMargin(0.01)
                .test(Arms.ofLogs(base, candidate).withRunDeviation(0.01));
        assertThat(never.forksNeeded()).isEmpty();
    }

    /** The difference that a two-sided test at 5 % finds with 99 % power, with so many forks a side. */
    private static double found(int forks, double deviation, double run) {
        double error = Math.sqrt(2 * deviation * deviation / forks + 2 * run * run);
        double degrees = 2.0 * forks - 2;
        return error * (StudentT.upperQuantile(0.025, degrees) + StudentT.upperQuantile(0.01, degrees));
    }

    @Test
    void the_level_lies_between_0_and_a_half() {
        for (double level : new double[] {0, 0.5, -1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ModeratedT.withDefaults().withLevel(level));
        }
        Arms arms = Arms.ofForks(BASE, CANDIDATE);
        assertThat(ModeratedT.withDefaults()
                        .withLevel(0.2)
                        .test(arms)
                        .interval()
                        .confidence())
                .isEqualTo(0.8);
        assertThat(ModeratedT.withDefaults().withSeed(9).test(arms))
                .isEqualTo(ModeratedT.withDefaults().test(arms));
    }
}
