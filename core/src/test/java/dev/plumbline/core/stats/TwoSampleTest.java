package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.HodgesLehmann;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Scale;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TwoSampleTest {
    private static final double[] BASE = {101.2, 99.8, 100.5, 102.3, 98.9};
    private static final double[] CANDIDATE = {104.1, 103.2, 106.0, 105.3, 103.9, 107.2};
    private static final double[] NEARER = {104.1, 103.2, 100.2, 105.3, 99.9, 102.2};

    @Test
    void welch_on_logarithms_agrees_with_scipy() {
        Welch.Result result = Welch.withDefaults().test(BASE, CANDIDATE);
        // ttest_ind(np.log(candidate), np.log(base), equal_var=False)
        assertThat(result.statistic()).isCloseTo(5.237411231519743, within(1e-10));
        assertThat(result.pValue()).isCloseTo(0.0005574988548174417, within(1e-13));
        assertThat(result.degreesOfFreedom()).isCloseTo(8.895019671040629, within(1e-9));
        assertThat(result.interval().low()).isCloseTo(0.024343382373695443, within(1e-12));
        assertThat(result.interval().high()).isCloseTo(0.06147868214459422, within(1e-12));
        assertThat(result.ratioInterval().low()).isCloseTo(Math.exp(0.024343382373695443), within(1e-12));
        assertThat(Welch.withDefaults()
                        .with(Alternative.GREATER)
                        .test(BASE, CANDIDATE)
                        .pValue())
                .isCloseTo(0.00027874942740872084, within(1e-13));
        assertThat(Welch.withDefaults()
                        .with(Alternative.LESS)
                        .test(BASE, CANDIDATE)
                        .pValue())
                .isCloseTo(0.9997212505725913, within(1e-13));
    }

    @Test
    void welch_on_values_agrees_with_scipy() {
        Welch.Result result = Welch.withDefaults().with(Scale.ABSOLUTE).test(BASE, CANDIDATE);
        // ttest_ind(candidate, base, equal_var=False)
        assertThat(result.statistic()).isCloseTo(5.2296575373625656, within(1e-10));
        assertThat(result.pValue()).isCloseTo(0.0005493849121799916, within(1e-13));
        assertThat(result.degreesOfFreedom()).isCloseTo(8.963476096426156, within(1e-9));
        assertThat(result.interval().low()).isCloseTo(2.5012109479801614, within(1e-10));
        assertThat(result.interval().high()).isCloseTo(6.318789052019832, within(1e-10));
        Welch.Result relative = Welch.withDefaults().with(Scale.RELATIVE).test(BASE, CANDIDATE);
        assertThat(relative.pValue()).isCloseTo(result.pValue(), within(1e-13));
        assertThat(relative.difference()).isCloseTo(result.difference() / Location.mean(BASE), within(1e-12));
        assertThat(relative.ratio()).isCloseTo(Location.mean(CANDIDATE) / Location.mean(BASE), within(1e-12));
    }

    @Test
    void welch_of_counters_takes_one_unit_for_real() {
        double[] base = {1e13, 1e13, 1e13};
        double[] candidate = {1e13 + 1, 1e13 + 1};
        Welch.Result different = Welch.withDefaults().test(base, candidate);
        assertThat(different.pValue()).isZero();
        assertThat(different.statistic()).isInfinite().isPositive();
        assertThat(different.interval().width()).isZero();
        assertThat(different.degreesOfFreedom()).isEqualTo(3);
        Welch.Result same = Welch.withDefaults().test(base, base);
        assertThat(same.pValue()).isOne();
        assertThat(same.statistic()).isZero();
        assertThat(same.interval()).isEqualTo(new Interval(0, 0, 0.95));
    }

    @Test
    void welch_with_one_value_borrows_the_scatter_of_the_other_side() {
        Welch.Result result = Welch.withDefaults().test(BASE, new double[] {110});
        assertThat(result.degreesOfFreedom()).isEqualTo(4);
        // ttest_ind of one value against five: d / (s sqrt(1 + 1/5)), s = np.log(base).std(ddof=1)
        assertThat(result.standardError())
                .isCloseTo(Spread.standardDeviation(log(BASE)) * Math.sqrt(1.2), within(1e-14));
        assertThat(Welch.withDefaults().test(new double[] {110}, BASE).pValue())
                .isCloseTo(result.pValue(), within(1e-14));
    }

    @Test
    void welch_of_one_value_a_side_says_nothing() {
        Welch.Result result = Welch.withDefaults().test(new double[] {1}, new double[] {2});
        assertThat(result.pValue()).isOne();
        assertThat(result.ratio()).isCloseTo(2, within(1e-15));
        assertThat(result.ratioInterval()).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY, 0.95));
    }

    @Test
    void welch_with_a_constant_side_has_the_degrees_of_the_other() {
        Welch.Result result = Welch.withDefaults().test(new double[] {100, 100, 100}, BASE);
        assertThat(result.degreesOfFreedom()).isEqualTo(4);
        assertThat(result.pValue()).isBetween(0.1, 0.9);
    }

    @Test
    void welch_refuses_logarithms_of_zero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Welch.withDefaults().test(BASE, new double[] {1, 0}))
                .withMessageContaining("candidate[1] is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Welch.withDefaults().with(Scale.RELATIVE).test(new double[] {-1, 1}, BASE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Welch.withDefaults().withConfidence(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Welch.withDefaults().test(new double[0], BASE));
    }

    @Test
    void welch_covers_the_whole_range_of_doubles() {
        double[] tiny = {1.0e-300, 1.1e-300, 1.2e-300};
        double[] huge = {1.0e300, 1.1e300, 1.2e300};
        Welch.Result result = Welch.withDefaults().test(tiny, huge);
        assertThat(result.ratio()).isInfinite();
        assertThat(result.difference()).isCloseTo(600 * Math.log(10), within(1e-9));
        assertThat(result.pValue()).isPositive().isLessThan(1e-10);
    }

    @Test
    void the_permutation_test_agrees_with_scipy() {
        // permutation_test((candidate, base), welch statistic, n_resamples=inf, alternative=…)
        assertThat(Permutation.withDefaults()
                        .with(Alternative.GREATER)
                        .test(BASE, NEARER)
                        .pValue())
                .isCloseTo(0.05844155844155844, within(1e-15));
        assertThat(Permutation.withDefaults()
                        .with(Alternative.LESS)
                        .test(BASE, NEARER)
                        .pValue())
                .isCloseTo(0.9437229437229437, within(1e-15));
        // … of the absolute welch statistic, alternative='greater'
        assertThat(Permutation.withDefaults().test(BASE, NEARER))
                .isEqualTo(new Permutation.Result(0.10606060606060606, true, 462));
    }

    @Test
    void drawn_permutations_agree_with_all_of_them() {
        SplittableRandom random = new SplittableRandom(21);
        for (int trial = 0; trial < 5; trial++) {
            // C(19, 9) = 92,378 are visited; the same values twice over are drawn
            double[] base = random.doubles(9).toArray();
            double[] candidate = random.doubles(10).map(x -> x + 0.2).toArray();
            Permutation.Result all = Permutation.withDefaults().test(base, candidate);
            assertThat(all.exact()).isTrue();
            assertThat(all.deals()).isEqualTo(92_378);
            double t = Welch.withDefaults()
                    .with(Scale.ABSOLUTE)
                    .test(base, candidate)
                    .pValue();
            assertThat(all.pValue()).isCloseTo(t, within(0.02 + 0.1 * t));
            double[] manyBase = random.doubles(40).toArray();
            double[] manyCandidate = random.doubles(30).map(x -> x + 0.15).toArray();
            Permutation.Result drawn = Permutation.withDefaults().test(manyBase, manyCandidate);
            assertThat(drawn.exact()).isFalse();
            assertThat(drawn.pValue())
                    .isCloseTo(
                            Welch.withDefaults()
                                    .with(Scale.ABSOLUTE)
                                    .test(manyBase, manyCandidate)
                                    .pValue(),
                            within(0.012));
            assertThat(Permutation.withDefaults().test(manyBase, manyCandidate)).isEqualTo(drawn);
            assertThat(Permutation.withDefaults()
                            .withSeed(7)
                            .test(manyBase, manyCandidate)
                            .pValue())
                    .isCloseTo(drawn.pValue(), within(0.02));
        }
    }

    @Test
    void permutations_count_the_deals_one_by_one() {
        SplittableRandom random = new SplittableRandom(22);
        for (int trial = 0; trial < 1_000; trial++) {
            double[] base =
                    random.ints(1 + random.nextInt(5), 0, 6).asDoubleStream().toArray();
            double[] candidate =
                    random.ints(1 + random.nextInt(5), 0, 6).asDoubleStream().toArray();
            for (Alternative alternative : Alternative.values()) {
                assertThat(Permutation.withDefaults()
                                .with(alternative)
                                .test(base, candidate)
                                .pValue())
                        .isCloseTo(literalPermutation(base, candidate, alternative), within(1e-14));
            }
        }
    }

    private static double literalPermutation(double[] base, double[] candidate, Alternative alternative) {
        double[] pooled = Arrays.copyOf(candidate, base.length + candidate.length);
        System.arraycopy(base, 0, pooled, candidate.length, base.length);
        double observed = signed(pooled, (1 << candidate.length) - 1, alternative);
        int deals = 0;
        int extreme = 0;
        for (int mask = 0; mask < 1 << pooled.length; mask++) {
            if (Integer.bitCount(mask) == candidate.length) {
                deals++;
                extreme += signed(pooled, mask, alternative) >= observed - 1e-9 ? 1 : 0;
            }
        }
        return (double) extreme / deals;
    }

    private static double signed(double[] pooled, int mask, Alternative alternative) {
        double[] in = Arrays.stream(indices(mask, pooled.length))
                .mapToDouble(i -> pooled[i])
                .toArray();
        double[] out = Arrays.stream(indices(~mask, pooled.length))
                .mapToDouble(i -> pooled[i])
                .toArray();
        double difference = mean(in) - mean(out);
        double error = Math.sqrt(squares(in) / (in.length * Math.max(1.0, in.length - 1))
                + squares(out) / (out.length * Math.max(1.0, out.length - 1)));
        double t =
                Math.abs(difference) < 1e-12 ? 0 : error < 1e-12 ? Math.signum(difference) * 1e300 : difference / error;
        return switch (alternative) {
            case TWO_SIDED -> Math.abs(t);
            case GREATER -> t;
            case LESS -> -t;
        };
    }

    private static int[] indices(int mask, int length) {
        return java.util.stream.IntStream.range(0, length)
                .filter(i -> (mask >> i & 1) == 1)
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double squares(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    }

    @Test
    void all_deals_are_visited_up_to_twenty_for_one_that_would_be_drawn() {
        // C(65, 2) = 2,080 = 20 * (103 + 1)
        double[] two = {3, 4};
        double[] many = new double[63];
        Arrays.setAll(many, i -> i);
        Permutation enough = Permutation.withDefaults().withDraws(103);
        assertThat(enough.test(many, two).exact()).isTrue();
        assertThat(enough.test(many, two).deals()).isEqualTo(2_080);
        assertThat(enough.test(two, many).deals()).isEqualTo(2_080);
        Permutation fewer = Permutation.withDefaults().withDraws(102);
        assertThat(fewer.test(many, two).exact()).isFalse();
        assertThat(fewer.test(many, two).deals()).isEqualTo(102);
        // C(20, 10) = 184,756 and C(21, 10) = 352,716 lie on either side of 200,000
        double[] ten = Arrays.copyOf(many, 10);
        assertThat(Permutation.withDefaults().test(ten, ten).deals()).isEqualTo(184_756);
        assertThat(Permutation.withDefaults().test(Arrays.copyOf(many, 11), ten).deals())
                .isEqualTo(9_999);
    }

    @Test
    void from_ninety_nine_to_ten_million_deals_are_drawn() {
        Permutation permutation = Permutation.withDefaults();
        assertThatIllegalArgumentException().isThrownBy(() -> permutation.withDraws(98));
        assertThatIllegalArgumentException().isThrownBy(() -> permutation.withDraws(10_000_001));
        assertThat(permutation.withDraws(10_000_000).test(BASE, NEARER)).isEqualTo(permutation.test(BASE, NEARER));
        double[] low = new SplittableRandom(41).doubles(40).toArray();
        double[] high = new SplittableRandom(42).doubles(30).map(x -> x + 9).toArray();
        // no drawn deal is as far apart as these, and the observed one is itself counted
        Permutation drawn = permutation.withDraws(99);
        assertThat(drawn.test(low, high)).isEqualTo(new Permutation.Result(0.01, false, 99));
        assertThat(drawn.test(high, low)).isEqualTo(new Permutation.Result(0.01, false, 99));
        assertThat(drawn.with(Alternative.GREATER).test(low, high).pValue()).isEqualTo(0.01);
        assertThat(drawn.with(Alternative.GREATER).test(high, low).pValue()).isOne();
        assertThat(drawn.with(Alternative.LESS).test(low, high).pValue()).isOne();
    }

    @Test
    void drawn_deals_of_unequal_scatter_are_judged_in_units_of_their_error() {
        SplittableRandom random = new SplittableRandom(43);
        double[] wide = random.doubles(25).map(x -> 10 * x).toArray();
        double[] narrow = random.doubles(60).map(x -> x + 5.9).toArray();
        for (Alternative alternative : Alternative.values()) {
            double welch = Welch.withDefaults()
                    .with(Scale.ABSOLUTE)
                    .with(alternative)
                    .test(wide, narrow)
                    .pValue();
            Permutation permutation = Permutation.withDefaults().with(alternative);
            assertThat(permutation.test(wide, narrow).pValue()).isCloseTo(welch, within(0.015));
            Alternative other = alternative == Alternative.TWO_SIDED
                    ? alternative
                    : alternative == Alternative.LESS ? Alternative.GREATER : Alternative.LESS;
            assertThat(permutation.with(other).test(narrow, wide).pValue()).isCloseTo(welch, within(0.015));
        }
    }

    @Test
    void permutations_do_not_mind_the_unit_nor_the_zero() {
        double[] base = {3, 5, 4, 6, 9, 2};
        double[] candidate = {7, 8, 5, 9, 11};
        Permutation.Result result = Permutation.withDefaults().test(base, candidate);
        assertThat(Permutation.withDefaults().test(scaled(base, 1e300), scaled(candidate, 1e300)))
                .isEqualTo(result);
        assertThat(Permutation.withDefaults().test(scaled(base, 1e-300), scaled(candidate, 1e-300)))
                .isEqualTo(result);
        assertThat(Permutation.withDefaults()
                        .test(
                                Arrays.stream(base).map(x -> x + 1e9).toArray(),
                                Arrays.stream(candidate).map(x -> x + 1e9).toArray()))
                .isEqualTo(result);
    }

    @Test
    void permutations_of_equal_values_are_no_evidence() {
        double[] equal = {2, 2, 2};
        assertThat(Permutation.withDefaults().test(equal, equal).pValue()).isOne();
        assertThat(Permutation.withDefaults()
                        .test(new double[] {1}, new double[] {9})
                        .pValue())
                .isOne();
        // six equal values against six others: 2 of the C(12, 6) = 924 deals
        double[] ones = {1, 1, 1, 1, 1, 1};
        double[] twos = {2, 2, 2, 2, 2, 2};
        assertThat(Permutation.withDefaults().test(ones, twos).pValue()).isCloseTo(2.0 / 924, within(1e-17));
    }

    @Test
    void the_shift_is_the_median_of_all_differences() {
        // np.median(candidate[:, None] - base)
        assertThat(HodgesLehmann.shift(BASE, NEARER)).isCloseTo(1.9, within(1e-13));
        SplittableRandom random = new SplittableRandom(23);
        for (int trial = 0; trial < 2_000; trial++) {
            boolean whole = trial % 2 == 0;
            double[] base = random.doubles(1 + random.nextInt(9), -5, 5)
                    .map(x -> whole ? Math.rint(x) : x)
                    .toArray();
            double[] candidate = random.doubles(1 + random.nextInt(9), -5, 5)
                    .map(x -> whole ? Math.rint(x) : x)
                    .toArray();
            double[] differences = differences(base, candidate);
            assertThat(HodgesLehmann.shift(base, candidate)).isCloseTo(Location.median(differences), within(1e-14));
            Interval interval = HodgesLehmann.of(base, candidate, 0.9).interval();
            assertThat(differences).contains(interval.low(), interval.high());
        }
    }

    private static double[] differences(double[] base, double[] candidate) {
        double[] differences = new double[base.length * candidate.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = candidate[i / base.length] - base[i % base.length];
        }
        Arrays.sort(differences);
        return differences;
    }

    @Test
    void the_interval_of_the_shift_holds_what_the_rank_sum_test_does_not_reject() {
        SplittableRandom random = new SplittableRandom(24);
        for (int trial = 0; trial < 300; trial++) {
            double[] base = random.doubles(2 + random.nextInt(7)).toArray();
            double[] candidate = random.doubles(2 + random.nextInt(7)).toArray();
            double confidence = 0.8 + 0.19 * random.nextDouble();
            HodgesLehmann.Result result = HodgesLehmann.of(base, candidate, confidence);
            Interval interval = result.interval();
            assertThat(result.exact()).isTrue();
            double[] differences = differences(base, candidate);
            boolean possible = 1 - pValueOfShift(base, candidate, differences[0] - 1) >= confidence;
            for (int i = 0; i + 1 < differences.length; i++) {
                double shift = (differences[i] + differences[i + 1]) / 2;
                boolean kept = pValueOfShift(base, candidate, shift) > 1 - confidence;
                if (possible) {
                    assertThat(interval.contains(shift))
                            .as("trial %s, shift %s", trial, shift)
                            .isEqualTo(kept);
                }
            }
            if (possible) {
                assertThat(interval.confidence()).isGreaterThanOrEqualTo(confidence - 1e-12);
            } else {
                assertThat(interval.low()).isEqualTo(differences[0]);
                assertThat(interval.confidence()).isLessThan(confidence);
            }
        }
    }

    private static double pValueOfShift(double[] base, double[] candidate, double shift) {
        double[] moved = Arrays.stream(candidate).map(x -> x - shift).toArray();
        return RankSum.withDefaults().test(base, moved).pValue();
    }

    @Test
    void the_distribution_of_ranks_matches_the_rank_sum_test() {
        for (int[] sizes : new int[][] {{1, 1}, {3, 4}, {5, 5}, {20, 25}, {50, 50}}) {
            double[] cumulative = HodgesLehmann.cumulative(sizes[0], sizes[1]);
            int pairs = sizes[0] * sizes[1];
            assertThat(cumulative[pairs]).isOne();
            for (int u = 0; u < pairs; u++) {
                assertThat(cumulative[u] + cumulative[pairs - u - 1]).isCloseTo(1, within(1e-9));
                assertThat(cumulative[u]).isLessThanOrEqualTo(cumulative[u + 1] + 1e-15);
            }
        }
        // mannwhitneyu exact, 5 and 5: P(U <= 2) = 4 / 252
        assertThat(HodgesLehmann.cumulative(5, 5)[2]).isCloseTo(4.0 / 252, within(1e-15));
    }

    @Test
    void the_shift_of_many_values_has_an_approximate_interval() {
        SplittableRandom random = new SplittableRandom(25);
        double[] base = random.doubles(300).toArray();
        double[] candidate = random.doubles(200).map(x -> x + 3).toArray();
        HodgesLehmann.Result result = HodgesLehmann.of(base, candidate, 0.95);
        assertThat(result.exact()).isFalse();
        assertThat(result.interval().contains(3)).isTrue();
        assertThat(result.interval().width()).isLessThan(0.15);
    }

    @Test
    void the_shift_flips_and_scales_with_the_values() {
        HodgesLehmann.Result forth = HodgesLehmann.of(BASE, NEARER, 0.95);
        HodgesLehmann.Result back = HodgesLehmann.of(NEARER, BASE, 0.95);
        assertThat(back.shift()).isEqualTo(-forth.shift());
        assertThat(back.interval().low()).isEqualTo(-forth.interval().high());
        double scale = 0x1p-900;
        HodgesLehmann.Result tiny = HodgesLehmann.of(scaled(BASE, scale), scaled(NEARER, scale), 0.95);
        assertThat(tiny.shift()).isEqualTo(forth.shift() * scale);
        assertThat(HodgesLehmann.shift(new double[] {3}, new double[] {3})).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HodgesLehmann.shift(new double[] {-1.7e308}, new double[] {1.7e308}))
                .withMessageContaining("overflow");
    }

    @Test
    void delta_counts_pairs_above_less_pairs_below() {
        double[] base = {1, 2, 2, 3, 5, 5, 5, 8};
        double[] candidate = {2, 4, 5, 5, 7, 8, 9};
        // 2 * 39.5 / 56 - 1, from mannwhitneyu(candidate, base).statistic
        CliffsDelta.Result result = CliffsDelta.of(base, candidate, 0.95);
        assertThat(result.delta()).isCloseTo(2 * 39.5 / 56 - 1, within(1e-15));
        assertThat(result.interval().contains(result.delta())).isTrue();
        assertThat(CliffsDelta.of(candidate, base, 0.95).delta()).isCloseTo(-result.delta(), within(1e-15));
        assertThat(CliffsDelta.of(candidate, base, 0.95).interval().low())
                .isCloseTo(-result.interval().high(), within(1e-12));
    }

    @Test
    void the_interval_of_delta_is_that_of_feng_and_cliff() {
        // their (10) with the unbiased variance of d, from the matrix of signs, in numpy
        interval(BASE, NEARER, 0.95, -0.2240312690801311, 0.8890721340059685);
        interval(NEARER, BASE, 0.95, -0.8890721340059685, 0.2240312690801311);
        interval(BASE, NEARER, 0.9, -0.09362851417464482, 0.857411363707858);
        double[] base = {1, 2, 2, 3, 5, 5, 5, 8};
        interval(base, new double[] {2, 4, 5, 5, 7, 8, 9}, 0.95, -0.2098278290162145, 0.7953883912357441);
        interval(new double[] {1, 1, 2}, new double[] {1, 1, 1, 2, 2, 3}, 0.9, -0.4300962407053775, 0.7220907509665723);
    }

    @Test
    void the_variance_of_delta_is_at_least_what_its_size_allows() {
        // (1 - d^2) / (m n - 1) instead of the estimate, which is smaller
        interval(new double[] {1, 1, 1}, new double[] {1, 1, 1, 1}, 0.8, -0.4065590529631198, 0.4065590529631198);
        double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        interval(ten, new double[] {9.5, 11, 12, 13, 14, 15}, 0.95, 0.7986162658215855, 0.9948816822204846);
        // z = t.isf(0.025, 9); (5 - z^2) / (5 + z^2)
        interval(BASE, CANDIDATE, 0.95, -0.011599378381062184, 1);
        interval(CANDIDATE, BASE, 0.95, -1, 0.011599378381062184);
        // two values a side: z^2 = 18.5 and the bound is -0.8
        double z = StudentT.upperQuantile(0.025, 2);
        interval(new double[] {1, 2}, new double[] {3, 4}, 0.95, (2 - z * z) / (2 + z * z), 1);
        assertThat(CliffsDelta.of(new double[] {1}, ten, 0.9).interval()).isEqualTo(new Interval(-1, 1, 0.9));
        assertThat(CliffsDelta.of(ten, new double[] {1}, 0.9).interval()).isEqualTo(new Interval(-1, 1, 0.9));
    }

    private static void interval(double[] base, double[] candidate, double confidence, double low, double high) {
        Interval interval = CliffsDelta.of(base, candidate, confidence).interval();
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
        assertThat(interval.confidence()).isEqualTo(confidence);
    }

    @Test
    void delta_stays_within_its_ends() {
        CliffsDelta.Result separate = CliffsDelta.of(BASE, CANDIDATE, 0.95);
        assertThat(separate.delta()).isOne();
        assertThat(separate.interval().high()).isOne();
        assertThat(separate.interval().low()).isBetween(-1.0, 1.0);
        CliffsDelta.Result equal = CliffsDelta.of(new double[] {1, 1}, new double[] {1, 1}, 0.95);
        assertThat(equal.delta()).isZero();
        assertThat(equal.interval().contains(0)).isTrue();
        assertThat(CliffsDelta.of(new double[] {1}, new double[] {2}, 0.95).interval())
                .isEqualTo(new Interval(-1, 1, 0.95));
    }

    @Test
    void the_interval_of_delta_covers_it_about_as_often_as_it_says() {
        SplittableRandom random = new SplittableRandom(26);
        int covered = 0;
        for (int trial = 0; trial < 2_000; trial++) {
            double[] base = random.doubles(15).toArray();
            double[] candidate = random.doubles(15).map(x -> x + 0.2).toArray();
            // uniform shifted by 0.2: P(above) = 1 - 0.8^2 / 2 = 0.68, delta = 0.36
            covered += CliffsDelta.of(base, candidate, 0.95).interval().contains(0.36) ? 1 : 0;
        }
        assertThat(covered / 2_000.0).isBetween(0.93, 0.97);
    }

    @Test
    void equivalence_needs_the_interval_inside_the_margin() {
        // t.sf((np.log(1.02) - 0.004) / 0.005, 8)
        assertThat(Tost.within(Math.log(1.02)).pValue(0.004, 0.005, 8)).isCloseTo(0.006692181415937212, within(1e-13));
        assertThat(Tost.within(Math.log(1.02)).pValue(-0.004, 0.005, 8)).isCloseTo(0.006692181415937212, within(1e-13));
        SplittableRandom random = new SplittableRandom(27);
        for (int trial = 0; trial < 500; trial++) {
            double difference = random.nextDouble(-0.03, 0.03);
            double error = random.nextDouble(0, 0.02);
            double half = StudentT.upperQuantile(0.05, 7) * error;
            boolean inside = new Interval(difference - half, difference + half, 0.9).isInside(-0.02, 0.02);
            assertThat(Tost.within(0.02).pValue(difference, error, 7) < 0.05).isEqualTo(inside);
        }
    }

    @Test
    void equivalence_of_known_differences_is_certain() {
        assertThat(Tost.within(0.02).pValue(0.01, 0, 3)).isZero();
        assertThat(Tost.within(0.02).pValue(0.02, 0, 3)).isOne();
        assertThat(Tost.within(0.02).pValue(0, Double.POSITIVE_INFINITY, 0)).isOne();
        assertThatIllegalArgumentException().isThrownBy(() -> Tost.within(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Tost.within(0.02).pValue(Double.NaN, 1, 3));
    }

    @Test
    void a_prediction_is_wider_than_the_scatter() {
        // t.isf(.025, 3) * np.std([1, 2, 3, 4], ddof=1) * np.sqrt(1.25)
        Interval interval = PredictionInterval.ofMean(new double[] {1, 2, 3, 4}, 0.95);
        assertThat(interval.low()).isCloseTo(2.5 - 4.593465577592698, within(1e-12));
        assertThat(interval.high()).isCloseTo(2.5 + 4.593465577592698, within(1e-12));
        assertThat(PredictionInterval.ofMean(new double[] {3, 3}, 0.95)).isEqualTo(new Interval(3, 3, 0.95));
        assertThat(PredictionInterval.ofMedian(new double[] {3, 3}, 0.95)).isEqualTo(new Interval(3, 3, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> PredictionInterval.ofMean(new double[] {3}, 0.95));
    }

    @Test
    void a_prediction_holds_the_next_value_as_often_as_it_says() {
        SplittableRandom random = new SplittableRandom(28);
        int mean = 0;
        int median = 0;
        int trials = 4_000;
        for (int trial = 0; trial < trials; trial++) {
            double[] values = random.doubles(12).map(Normal::upperQuantile).toArray();
            double next = Normal.upperQuantile(random.nextDouble());
            mean += PredictionInterval.ofMean(values, 0.95).contains(next) ? 1 : 0;
            median += PredictionInterval.ofMedian(values, 0.95).contains(next) ? 1 : 0;
        }
        assertThat(mean / (double) trials).isBetween(0.94, 0.96);
        assertThat(median / (double) trials).isBetween(0.92, 0.965);
    }

    private static double[] log(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(x -> x * factor).toArray();
    }
}
