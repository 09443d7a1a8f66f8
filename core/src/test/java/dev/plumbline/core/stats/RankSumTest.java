package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.RankSum.Method;
import dev.plumbline.core.stats.distribution.Alternative;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankSumTest {
    private static final double[] BASE = {1, 2, 2, 3, 5, 5, 5, 8};
    private static final double[] CANDIDATE = {2, 4, 5, 5, 7, 8, 9};

    @Test
    void is_exact_without_ties_at_small_sizes() {
        double[] base = {101.2, 99.8, 100.5, 102.3, 98.9};
        // mannwhitneyu(candidate, base, method='exact')
        RankSum.Result five = RankSum.withDefaults().test(base, new double[] {104.1, 103.2, 106.0, 105.3, 103.9});
        assertThat(five.statistic()).isEqualTo(25);
        assertThat(five.pValue()).isCloseTo(0.007936507936507936, within(1e-16));
        assertThat(five.exact()).isTrue();
        assertThat(five.ties()).isFalse();
        // mannwhitneyu(candidate, base, method='exact', alternative='greater')
        RankSum.Result six = RankSum.withDefaults()
                .with(Alternative.GREATER)
                .test(base, new double[] {104.1, 103.2, 106.0, 105.3, 103.9, 107.2});
        assertThat(six.pValue()).isCloseTo(0.0021645021645021645, within(1e-17));
    }

    @Test
    void is_exact_with_ties_too() {
        // permutation_test((candidate, base), lambda p, q: mannwhitneyu(p, q).statistic, n_resamples=inf,
        // alternative=…)
        assertThat(p(Method.EXACT, Alternative.TWO_SIDED)).isCloseTo(0.1954933954933955, within(1e-14));
        assertThat(p(Method.EXACT, Alternative.GREATER)).isCloseTo(0.09774669774669775, within(1e-14));
        assertThat(p(Method.EXACT, Alternative.LESS)).isCloseTo(0.9177933177933177, within(1e-14));
        RankSum.Result result = RankSum.withDefaults().test(BASE, CANDIDATE);
        assertThat(result.statistic()).isEqualTo(39.5);
        assertThat(result.exact()).isTrue();
        assertThat(result.ties()).isTrue();
    }

    @Test
    void approximates_with_corrections_for_ties_and_continuity() {
        // mannwhitneyu(candidate, base, method='asymptotic', alternative=…)
        assertThat(p(Method.ASYMPTOTIC, Alternative.TWO_SIDED)).isCloseTo(0.19277759410321904, within(1e-14));
        assertThat(p(Method.ASYMPTOTIC, Alternative.GREATER)).isCloseTo(0.09638879705160952, within(1e-14));
        assertThat(p(Method.ASYMPTOTIC, Alternative.LESS)).isCloseTo(0.9223135142091878, within(1e-14));
    }

    private static double p(Method method, Alternative alternative) {
        return RankSum.withDefaults()
                .with(method)
                .with(alternative)
                .test(BASE, CANDIDATE)
                .pValue();
    }

    @Test
    void agrees_with_counting_every_choice_of_ranks() {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 3_000; trial++) {
            int levels = 1 + random.nextInt(12);
            double[] base = random.ints(1 + random.nextInt(6), 0, levels)
                    .asDoubleStream()
                    .toArray();
            double[] candidate = random.ints(1 + random.nextInt(6), 0, levels)
                    .asDoubleStream()
                    .toArray();
            for (Alternative alternative : Alternative.values()) {
                assertThat(RankSum.withDefaults()
                                .with(alternative)
                                .test(base, candidate)
                                .pValue())
                        .isCloseTo(literal(base, candidate, alternative), within(1e-13));
            }
        }
    }

    /** Deals all values in all ways and counts pairs each time. */
    private static double literal(double[] base, double[] candidate, Alternative alternative) {
        int n = candidate.length;
        int all = base.length + n;
        double[] pooled = new double[all];
        System.arraycopy(candidate, 0, pooled, 0, n);
        System.arraycopy(base, 0, pooled, n, base.length);
        double observed = pairs(pooled, (1 << n) - 1);
        int deals = 0;
        int atLeast = 0;
        int atMost = 0;
        for (int mask = 0; mask < 1 << all; mask++) {
            if (Integer.bitCount(mask) == n) {
                double statistic = pairs(pooled, mask);
                deals++;
                atLeast += statistic >= observed ? 1 : 0;
                atMost += statistic <= observed ? 1 : 0;
            }
        }
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2.0 * Math.min(atLeast, atMost) / deals);
            case GREATER -> (double) atLeast / deals;
            case LESS -> (double) atMost / deals;
        };
    }

    private static double pairs(double[] pooled, int mask) {
        double count = 0;
        for (int i = 0; i < pooled.length; i++) {
            for (int j = 0; j < pooled.length; j++) {
                if ((mask >> i & 1) == 1 && (mask >> j & 1) == 0) {
                    count += pooled[i] > pooled[j] ? 1 : pooled[i] == pooled[j] ? 0.5 : 0;
                }
            }
        }
        return count;
    }

    @Test
    void agrees_with_the_plain_table_of_counts_at_twenty_a_side() {
        SplittableRandom random = new SplittableRandom(12);
        for (int trial = 0; trial < 60; trial++) {
            int m = 15 + random.nextInt(11);
            int n = 15 + random.nextInt(11);
            double[] base = random.ints(m, 0, 4 + trial).asDoubleStream().toArray();
            double[] candidate =
                    random.ints(n, trial % 5, 4 + trial).asDoubleStream().toArray();
            for (Alternative alternative : Alternative.values()) {
                double p = RankSum.withDefaults()
                        .with(alternative)
                        .test(base, candidate)
                        .pValue();
                double expected = table(base, candidate, alternative);
                assertThat(p).isCloseTo(expected, within(expected * 1e-12));
            }
        }
    }

    /** Counts the ways for every number of chosen and every doubled sum of mid-ranks, one value at a time. */
    private static double table(double[] base, double[] candidate, Alternative alternative) {
        int n = candidate.length;
        int all = base.length + n;
        double[] pooled = new double[all];
        System.arraycopy(candidate, 0, pooled, 0, n);
        System.arraycopy(base, 0, pooled, n, base.length);
        double[][] ways = new double[n + 1][2 * all * all + 1];
        ways[0][0] = 1;
        int observed = 0;
        for (int i = 0; i < all; i++) {
            int doubledRank = 1;
            for (double other : pooled) {
                doubledRank += other < pooled[i] ? 2 : other == pooled[i] ? 1 : 0;
            }
            observed += i < n ? doubledRank : 0;
            for (int k = n; k >= 1; k--) {
                for (int s = ways[k].length - 1; s >= doubledRank; s--) {
                    ways[k][s] += ways[k - 1][s - doubledRank];
                }
            }
        }
        double total = 0;
        double atLeast = 0;
        double atMost = 0;
        for (int s = 0; s < ways[n].length; s++) {
            total += ways[n][s];
            atLeast += s >= observed ? ways[n][s] : 0;
            atMost += s <= observed ? ways[n][s] : 0;
        }
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2 * Math.min(atLeast, atMost) / total);
            case GREATER -> atLeast / total;
            case LESS -> atMost / total;
        };
    }

    @Test
    void swapping_the_sides_swaps_the_tails() {
        SplittableRandom random = new SplittableRandom(13);
        for (int size : new int[] {4, 20, 60}) {
            double[] a = random.ints(size, 0, 30).asDoubleStream().toArray();
            double[] b = random.ints(size + 3, 0, 33).asDoubleStream().toArray();
            RankSum test = RankSum.withDefaults();
            assertThat(test.test(a, b).pValue()).isCloseTo(test.test(b, a).pValue(), within(1e-13));
            assertThat(test.test(a, b).statistic())
                    .isEqualTo((double) size * (size + 3) - test.test(b, a).statistic());
            assertThat(test.with(Alternative.GREATER).test(a, b).pValue())
                    .isCloseTo(test.with(Alternative.LESS).test(b, a).pValue(), within(1e-13));
        }
    }

    @Test
    void only_the_order_of_the_values_counts() {
        double[] base = {1e-300, 2, 3e5, 7e300};
        double[] candidate = {-1, 0, 2, 9e300, 8e300};
        RankSum.Result wide = RankSum.withDefaults().test(base, candidate);
        assertThat(wide)
                .isEqualTo(RankSum.withDefaults().test(new double[] {3, 4, 5, 6}, new double[] {1, 2, 4, 9, 8}));
        assertThat(wide)
                .isEqualTo(RankSum.withDefaults().test(new double[] {6, 3, 5, 4}, new double[] {8, 2, 9, 4, 1}));
    }

    @Test
    void equal_values_everywhere_are_no_evidence() {
        double[] equal = {7, 7, 7};
        for (Method method : Method.values()) {
            for (Alternative alternative : Alternative.values()) {
                assertThat(RankSum.withDefaults()
                                .with(method)
                                .with(alternative)
                                .test(equal, equal)
                                .pValue())
                        .isOne();
            }
        }
    }

    @Test
    void zero_and_minus_zero_are_equal() {
        assertThat(RankSum.withDefaults()
                        .test(new double[] {0.0, -0.0}, new double[] {-0.0, 0.0})
                        .pValue())
                .isOne();
    }

    @Test
    void one_value_a_side_is_no_evidence() {
        assertThat(RankSum.withDefaults()
                        .test(new double[] {1}, new double[] {2})
                        .pValue())
                .isOne();
    }

    @Test
    void chooses_the_method_by_the_sizes() {
        SplittableRandom random = new SplittableRandom(14);
        assertThat(RankSum.withDefaults()
                        .test(random.doubles(25).toArray(), random.doubles(25).toArray())
                        .exact())
                .isTrue();
        assertThat(RankSum.withDefaults()
                        .test(random.doubles(26).toArray(), random.doubles(26).toArray())
                        .exact())
                .isFalse();
        assertThat(RankSum.withDefaults()
                        .test(random.doubles(100).toArray(), random.doubles(3).toArray())
                        .exact())
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> RankSum.withDefaults()
                .with(Method.EXACT)
                .test(random.doubles(60).toArray(), random.doubles(60).toArray()));
    }

    @Test
    void refuses_what_is_not_a_number_and_says_where() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankSum.withDefaults().test(BASE, new double[] {1, Double.NaN}))
                .withMessage("candidate[1] is NaN, not a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankSum.withDefaults().test(new double[0], BASE));
    }

    @Test
    void rejects_equal_populations_as_often_as_it_says() {
        SplittableRandom random = new SplittableRandom(15);
        int rejected = 0;
        int trials = 4_000;
        for (int trial = 0; trial < trials; trial++) {
            double[] base = random.doubles(30).toArray();
            double[] candidate = random.doubles(30).toArray();
            rejected += RankSum.withDefaults().test(base, candidate).pValue() <= 0.05 ? 1 : 0;
        }
        assertThat(rejected / (double) trials).isBetween(0.04, 0.058);
    }
}
