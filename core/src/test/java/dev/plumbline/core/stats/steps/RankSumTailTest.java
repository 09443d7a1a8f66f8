package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankSumTailTest {
    private static final double[] BASE = {1.1, 2.2, 3.3, 4.4, 5.5, 6.6, 7.7, 8.8, 9.9, 10.1};

    @Test
    void counts_the_exact_distribution_without_ties() {
        // scipy.stats.mannwhitneyu([11, 12, 13], base, alternative='greater', method='exact').pvalue
        assertThat(probability(BASE, new double[] {11, 12, 13}, 1)).isCloseTo(0.0034965034965034965, within(1e-15));
        // scipy.stats.mannwhitneyu([9.5, 12, 13], base, alternative='greater', method='exact').pvalue
        assertThat(probability(BASE, new double[] {9.5, 12, 13}, 1)).isCloseTo(0.013986013986013986, within(1e-15));
        // scipy.stats.mannwhitneyu([1, 0.5, 2.5], base, alternative='less', method='exact').pvalue
        assertThat(probability(BASE, new double[] {1, 0.5, 2.5}, -1)).isCloseTo(0.013986013986013986, within(1e-15));
    }

    @Test
    void approximates_large_samples_with_ties_and_continuity_correction() {
        double[] base = new double[40];
        double[] tested = new double[20];
        for (int i = 0; i < 40; i++) {
            base[i] = i * 7 % 41;
        }
        for (int i = 0; i < 20; i++) {
            tested[i] = i * 5 % 23 + 20;
        }
        // scipy.stats.mannwhitneyu(tested, base, alternative='greater', method='asymptotic').pvalue
        assertThat(probability(base, tested, 1)).isCloseTo(0.0003945635848190231, within(1e-12));
    }

    @Test
    void exact_counts_equal_an_enumeration_of_all_subsets() {
        for (int n = 1; n <= 8; n++) {
            for (int k = 1; k <= 5; k++) {
                int[] histogram = new int[n * k + 1];
                int subsets = 0;
                for (int mask = 0; mask < 1 << (n + k); mask++) {
                    if (Integer.bitCount(mask) == k) {
                        int u = 0;
                        for (int i = 0; i < n + k; i++) {
                            if ((mask >> i & 1) == 1) {
                                u += Integer.bitCount(~mask & (1 << i) - 1);
                            }
                        }
                        histogram[u]++;
                        subsets++;
                    }
                }
                int sum = 0;
                for (int u = 0; u <= n * k; u++) {
                    sum += histogram[u];
                    assertThat(RankSumTail.exact(n, k, u, new double[u + 1]))
                            .isCloseTo((double) sum / subsets, within(1e-12));
                }
            }
        }
    }

    @Test
    void is_one_when_the_tested_side_does_not_lie_beyond() {
        assertThat(probability(BASE, new double[] {1, 2, 3}, 1)).isEqualTo(1);
        assertThat(probability(new double[] {5, 5, 5}, new double[] {5, 5}, 1)).isEqualTo(1);
        assertThat(probability(new double[] {5, 5, 5}, new double[] {5, 5}, -1)).isEqualTo(1);
    }

    @Test
    void ties_count_half_and_are_rounded_against_significance() {
        // one tie: half a pair, rounded up to 1: two of C(5,2) = 10 subsets have U <= 1
        assertThat(probability(new double[] {1, 2, 3}, new double[] {3, 4}, 1)).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void both_directions_are_mirror_images() {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 500; trial++) {
            double[] base = random.doubles(20 + random.nextInt(60))
                    .map(v -> Math.rint(v * 30))
                    .toArray();
            double[] tested = random.doubles(2 + random.nextInt(30))
                    .map(v -> Math.rint(v * 40))
                    .toArray();
            double up = probability(base, tested, 1);
            double down = probability(negated(base), negated(tested), -1);
            assertThat(down).isEqualTo(up);
            assertThat(up).isBetween(0.0, 1.0);
        }
    }

    private static double[] negated(double[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = -values[i];
        }
        return result;
    }

    private static double probability(double[] base, double[] tested, int sign) {
        return new RankSumTail(Math.max(base.length, tested.length))
                .probability(base, base.length, tested, tested.length, sign);
    }
}
