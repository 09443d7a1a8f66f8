package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final double[] RISING = {5.1, 5.0, 5.4, 5.3, 5.7, 5.2, 5.9, 6.0, 5.8, 6.3, 6.1, 6.0};

    @Test
    void the_slope_agrees_with_scipy() {
        // scipy.stats.theilslopes(y)
        TheilSen.Result result = TheilSen.of(RISING, 0.95);
        assertThat(result.slope()).isCloseTo(0.10714285714285718, within(1e-14));
        assertThat(result.interval().low()).isCloseTo(0.06666666666666658, within(1e-14));
        assertThat(result.interval().high()).isCloseTo(0.1499999999999999, within(1e-14));
        // np.median(y - slope * np.arange(12))
        double[] residuals = new double[12];
        Arrays.setAll(residuals, i -> RISING[i] - result.slope() * i);
        assertThat(result.intercept()).isEqualTo(Location.median(residuals));
    }

    @Test
    void the_trend_test_follows_its_definition() {
        // S = 45, var = 211.66…, (S - 1) / sqrt(var) in both tails: 2 * norm.sf(44 / np.sqrt(211.66666666666666))
        MannKendall.Result result = MannKendall.test(RISING);
        assertThat(result.score()).isEqualTo(45);
        assertThat(result.autocorrelation()).isZero();
        assertThat(result.variance()).isCloseTo(211.66666666666666, within(1e-11));
        assertThat(result.pValue()).isCloseTo(0.002492001671406451, within(1e-14));
        MannKendall.Result ties = MannKendall.test(new double[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9});
        assertThat(ties.score()).isEqualTo(55);
        assertThat(ties.variance()).isCloseTo(399, within(1e-11));
        assertThat(ties.pValue()).isCloseTo(0.006863794985449032, within(1e-14));
    }

    @Test
    void scores_and_slopes_agree_with_listing_all_pairs() {
        SplittableRandom random = new SplittableRandom(41);
        for (int trial = 0; trial < 2_000; trial++) {
            boolean whole = trial % 2 == 0;
            double[] values = random.doubles(3 + random.nextInt(40), 0, 8)
                    .map(x -> whole ? Math.rint(x) : x)
                    .toArray();
            long score = 0;
            double[] slopes = new double[values.length * (values.length - 1) / 2];
            int filled = 0;
            for (int i = 0; i < values.length; i++) {
                for (int j = i + 1; j < values.length; j++) {
                    score += (long) Math.signum(values[j] - values[i]);
                    slopes[filled++] = (values[j] - values[i]) / (j - i);
                }
            }
            assertThat(MannKendall.test(values).score()).isEqualTo(score);
            assertThat(TheilSen.of(values, 0.9).slope()).isCloseTo(Location.median(slopes), within(1e-14));
        }
    }

    @Test
    void selection_finds_what_sorting_finds() {
        SplittableRandom random = new SplittableRandom(42);
        for (int trial = 0; trial < 500; trial++) {
            int levels = 1 + random.nextInt(3_000);
            double[] values = random.ints(1 + random.nextInt(3_000), 0, levels)
                    .asDoubleStream()
                    .toArray();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int rank = random.nextInt(values.length);
            assertThat(Selection.select(values.clone(), values.length, rank)).isEqualTo(sorted[rank]);
            assertThat(Selection.median(values.clone(), values.length)).isEqualTo(Location.median(values));
        }
    }

    @Test
    void reversing_time_turns_the_trend_around() {
        double[] reversed = new double[RISING.length];
        Arrays.setAll(reversed, i -> RISING[RISING.length - 1 - i]);
        assertThat(MannKendall.test(reversed).score()).isEqualTo(-45);
        assertThat(MannKendall.test(reversed).pValue())
                .isCloseTo(MannKendall.test(RISING).pValue(), within(1e-12));
        assertThat(TheilSen.of(reversed, 0.95).slope())
                .isCloseTo(-TheilSen.of(RISING, 0.95).slope(), within(1e-14));
    }

    @Test
    void constant_and_short_series_have_no_trend() {
        assertThat(MannKendall.test(new double[] {4, 4, 4, 4})).isEqualTo(new MannKendall.Result(0, 0, 0, 0, 1));
        TheilSen.Result flat = TheilSen.of(new double[] {4, 4, 4, 4}, 0.95);
        assertThat(flat.slope()).isZero();
        assertThat(flat.intercept()).isEqualTo(4);
        TheilSen.Result two = TheilSen.of(new double[] {1, 3}, 0.95);
        assertThat(two.slope()).isEqualTo(2);
        assertThat(two.interval()).isEqualTo(Interval.unbounded(0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> TheilSen.of(new double[] {1}, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> MannKendall.test(new double[] {1, 2}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MannKendall.test(new double[] {1, 2, Double.NaN}))
                .withMessageContaining("values[2]");
        assertThatIllegalArgumentException().isThrownBy(() -> TheilSen.of(RISING, 0.95, 1));
    }

    @Test
    void long_series_are_thinned_evenly() {
        double[] values = new double[20_000];
        SplittableRandom random = new SplittableRandom(43);
        Arrays.setAll(values, i -> 0.001 * i + random.nextDouble());
        TheilSen.Result result = TheilSen.of(values, 0.95);
        assertThat(result.interval().contains(0.001)).isTrue();
        assertThat(result.slope()).isCloseTo(0.001, within(3e-6));
    }

    @Test
    void keeps_its_level_when_neighbours_are_alike() {
        SplittableRandom random = new SplittableRandom(44);
        for (double autocorrelation : new double[] {0, 0.3, 0.6}) {
            int flat = 0;
            int drifting = 0;
            int trials = 600;
            for (int trial = 0; trial < trials; trial++) {
                double[] values = new double[100];
                double state = Normal.upperQuantile(random.nextDouble());
                for (int i = 0; i < values.length; i++) {
                    state = autocorrelation * state
                            + Math.sqrt(1 - autocorrelation * autocorrelation)
                                    * Normal.upperQuantile(random.nextDouble());
                    values[i] = state;
                }
                flat += MannKendall.test(values).pValue() < 0.05 ? 1 : 0;
                double[] drift = values.clone();
                Arrays.setAll(drift, i -> values[i] + 2.0 * i / 99);
                drifting += MannKendall.test(drift).pValue() < 0.05 ? 1 : 0;
            }
            assertThat(flat / (double) trials)
                    .as("autocorrelation %s", autocorrelation)
                    .isBetween(0.025, 0.09);
            assertThat(drifting / (double) trials)
                    .as("autocorrelation %s", autocorrelation)
                    .isGreaterThan(autocorrelation <= 0.3 ? 0.95 : 0.6);
        }
    }

    /** Theil–Sen's interval by listing all slopes between the points taken, neighbours counted as so much alike. */
    private static Interval listed(double[] values, int[] taken, double alike) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            for (int j = i + 1; j < taken.length; j++) {
                slopes.add(values[taken[j]] / (taken[j] - taken[i]) - values[taken[i]] / (taken[j] - taken[i]));
            }
        }
        Collections.sort(slopes);
        double n = taken.length;
        // no ties: n (n - 1) (2 n + 5) / 18
        double variance = n * (n - 1) * (2 * n + 5) / 18 * (1 + alike) / (1 - alike);
        double reach = 1.959963984540054 * Math.sqrt(variance);
        int low = (int) Math.rint((slopes.size() - reach) / 2) - 1;
        int high = (int) Math.rint((slopes.size() + reach) / 2);
        return new Interval(slopes.get(low), slopes.get(high), 0.95);
    }

    @Test
    void the_interval_of_a_slope_is_wider_where_neighbours_are_alike() {
        SplittableRandom random = new SplittableRandom(45);
        double[] values = random.doubles(60).toArray();
        int[] all = IntStream.range(0, 60).toArray();
        for (double autocorrelation : new double[] {0, 0.3, 0.6}) {
            assertThat(TheilSen.of(values, 0.95, autocorrelation).interval())
                    .as("%s", autocorrelation)
                    .isEqualTo(listed(values, all, autocorrelation));
        }
    }

    @Test
    void points_taken_farther_apart_are_less_alike() {
        SplittableRandom random = new SplittableRandom(46);
        double[] values = random.doubles(4_001).toArray();
        int[] taken = new int[2_000];
        Arrays.setAll(taken, i -> (int) Math.round((double) i * 4_000 / 1_999));

        assertThat(TheilSen.of(values, 0.95, 0.8).interval())
                .isEqualTo(listed(values, taken, Math.pow(0.8, 4_000.0 / 1_999)));
    }

    @Test
    void the_least_p_value_is_that_of_independent_values_and_no_larger_than_any() {
        SplittableRandom random = new SplittableRandom(404);
        for (int trial = 0; trial < 200; trial++) {
            double share = trial % 4 * 0.25;
            double[] values = new double[40];
            for (int i = 0; i < values.length; i++) {
                values[i] = (i == 0 ? 0 : share * values[i - 1]) + random.nextGaussian() + 0.02 * i;
            }
            MannKendall.Result test = MannKendall.test(values);
            double least = MannKendall.leastPValue(values);
            assertThat(least).isLessThanOrEqualTo(test.pValue());
            if (test.autocorrelation() == 0) {
                assertThat(least).isEqualTo(test.pValue());
            }
        }
        assertThat(MannKendall.leastPValue(new double[] {2, 2, 2, 2})).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> MannKendall.leastPValue(new double[] {1, 2}));
    }

    @Test
    void slope_and_test_at_once_are_those_of_each_by_itself() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = new double[3 + random.nextInt(120)];
            double scale = seed % 10 == 0 ? 1e305 : 1;
            for (int i = 0; i < values.length; i++) {
                values[i] = scale * (seed % 3 == 0 ? random.nextInt(5) : random.nextGaussian() + 0.01 * i);
            }
            TheilSen.Tested tested = TheilSen.tested(values, 0.95);
            MannKendall.Result signs = MannKendall.test(values);

            assertThat(tested.signs()).as("seed %d", seed).isEqualTo(signs);
            assertThat(tested.line()).as("seed %d", seed).isEqualTo(TheilSen.of(values, 0.95, signs.autocorrelation()));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TheilSen.tested(new double[] {1, 2}, 0.95));
    }

    @Test
    void the_interval_is_of_the_order_statistics_of_all_slopes() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = random.doubles(5 + random.nextInt(60)).toArray();
            int n = values.length;
            double[] slopes = new double[n * (n - 1) / 2];
            int filled = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    slopes[filled++] = values[j] / (j - i) - values[i] / (j - i);
                }
            }
            Arrays.sort(slopes);
            double reach = 1.6448536269514722 * Math.sqrt(n * (n - 1.0) * (2 * n + 5.0) / 18);
            int low = (int) Math.rint((slopes.length - reach) / 2) - 1;
            int high = (int) Math.rint((slopes.length + reach) / 2);
            Interval interval = TheilSen.of(values, 0.9).interval();

            assertThat(interval.low()).as("seed %d", seed).isEqualTo(low < 0 ? Double.NEGATIVE_INFINITY : slopes[low]);
            assertThat(interval.high())
                    .as("seed %d", seed)
                    .isEqualTo(high >= slopes.length ? Double.POSITIVE_INFINITY : slopes[high]);
        }
    }
}
