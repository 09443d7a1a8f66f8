package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocationTest {
    private static final double[] VALUES = {3.1, 2.9, 3.4, 8.8, 3.0, 3.3, 2.7, 3.2};

    @Test
    void the_pseudomedian_is_the_median_of_the_averages_of_all_pairs() {
        assertThat(Location.pseudomedian(new double[] {7})).isEqualTo(7);
        assertThat(Location.pseudomedian(new double[] {1, 4})).isEqualTo(2.5);
        SplittableRandom random = new SplittableRandom(20261128);
        for (int n = 3; n < 80; n++) {
            double[] values = random.doubles(n, -5, 100).toArray();
            double[] pairs = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    pairs[i * n + j] = (values[i] + values[j]) / 2;
                }
            }
            assertThat(Location.pseudomedian(values)).isCloseTo(Location.median(pairs), within(1e-12));
        }
    }

    @Test
    void a_quarter_of_wild_values_moves_the_pseudomedian_by_no_more_than_the_others_scatter() {
        SplittableRandom random = new SplittableRandom(20261129);
        for (int n = 8; n < 100; n++) {
            double[] values = random.doubles(n, 99, 101).toArray();
            for (int i = 0; i < n / 4; i++) {
                values[i] = 1e9 * random.nextDouble();
            }
            assertThat(Location.pseudomedian(values)).isBetween(99.0, 101.0);
        }
    }

    @Test
    void agrees_with_numpy_and_scipy() {
        // np.mean(z), np.median(z), np.quantile(z, .9), np.quantile(z, .37), scipy.stats.gmean(z)
        assertThat(Location.mean(VALUES)).isCloseTo(3.8, within(1e-15));
        assertThat(Location.median(VALUES)).isCloseTo(3.15, within(1e-15));
        assertThat(Location.quantile(VALUES, 0.9)).isCloseTo(5.02, within(1e-14));
        assertThat(Location.quantile(VALUES, 0.37)).isCloseTo(3.059, within(1e-14));
        assertThat(Location.geometricMean(VALUES)).isCloseTo(3.509407317100982, within(1e-14));
    }

    @Test
    void spread_agrees_with_numpy_and_scipy() {
        // np.std(z, ddof=1), scipy.stats.median_abs_deviation(z)
        assertThat(Spread.standardDeviation(VALUES)).isCloseTo(2.032591589923704, within(1e-14));
        assertThat(Spread.medianAbsoluteDeviation(VALUES)).isCloseTo(0.2, within(1e-15));
        // x = np.array([10, 11, 9, 10.5, 30, 10.2, 9.8]); s = 1.482602218505602 * median_abs_deviation(x)
        // np.clip(x - np.median(x), -2.5 * s, 2.5 * s).std(ddof=1) / sqrt(norm.expect(lambda z: np.clip(z, -2.5,
        // 2.5)**2))
        assertThat(Spread.winsorisedDeviation(new double[] {10, 11, 9, 10.5, 30, 10.2, 9.8}))
                .isCloseTo(0.8740089579461077 * Math.sqrt(0.9775850 / 0.9775599839316099), within(1e-12));
    }

    @Test
    void equal_values_have_exactly_that_location_and_no_spread() {
        double[] equal = new double[49];
        for (double value : new double[] {0.1, 1.0 / 3, 1e-300, 1e300, -7.7, 0}) {
            Arrays.fill(equal, value);
            assertThat(Location.mean(equal)).isEqualTo(value);
            assertThat(Location.median(equal)).isEqualTo(value);
            assertThat(Location.quantile(equal, 0.99)).isEqualTo(value);
            assertThat(Spread.standardDeviation(equal)).isZero();
            assertThat(Spread.medianAbsoluteDeviation(equal)).isZero();
            assertThat(Spread.winsorisedDeviation(equal)).isZero();
            if (value > 0) {
                assertThat(Location.geometricMean(equal)).isEqualTo(value);
            }
        }
    }

    @Test
    void the_least_and_greatest_magnitudes_neither_vanish_nor_overflow() {
        assertThat(Location.mean(new double[] {1e300, 3e300})).isCloseTo(2e300, within(1e285));
        assertThat(Location.mean(new double[] {1.7e308, 1.7e308, 1.6e308}))
                .isCloseTo(1.7e308 - 1e307 / 3, within(1e294));
        assertThat(Location.mean(new double[] {-1.7e308, 1.7e308})).isZero();
        assertThat(Location.mean(new double[] {1e-300, 3e-300})).isCloseTo(2e-300, within(1e-315));
        assertThat(Location.median(new double[] {-1.7e308, 1.7e308})).isZero();
        assertThat(Location.geometricMean(new double[] {1e-300, 1e300})).isCloseTo(1, within(1e-11));
        assertThat(Spread.standardDeviation(new double[] {1e300, 3e300}))
                .isCloseTo(Math.sqrt(2) * 1e300, within(1e285));
        assertThat(Spread.standardDeviation(new double[] {1e-300, 3e-300}))
                .isCloseTo(Math.sqrt(2) * 1e-300, within(1e-314));
    }

    @Test
    void spread_grows_with_the_unit_up_to_the_largest_numbers() {
        // at 2^1019 the distances of these values, and still more their squares, overflow
        double[] values = {10, 11, -9, 10.5, 13, 10.2, -9.8};
        for (int power : new int[] {990, 996, 1000, 1010, 1019}) {
            double[] grown =
                    Arrays.stream(values).map(x -> Math.scalb(x, power)).toArray();
            assertThat(Spread.standardDeviation(grown)).isEqualTo(Math.scalb(Spread.standardDeviation(values), power));
            assertThat(Spread.medianAbsoluteDeviation(grown))
                    .isEqualTo(Math.scalb(Spread.medianAbsoluteDeviation(values), power));
            assertThat(Spread.winsorisedDeviation(grown))
                    .isEqualTo(Math.scalb(Spread.winsorisedDeviation(values), power));
        }
    }

    @Test
    void a_spread_beyond_the_largest_number_is_the_largest_number() {
        double[] widest = {-Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] halves = {-Double.MAX_VALUE, Double.MAX_VALUE};
        assertThat(Spread.standardDeviation(halves)).isEqualTo(Double.MAX_VALUE);
        assertThat(Spread.winsorisedDeviation(halves)).isEqualTo(Double.MAX_VALUE);
        assertThat(Spread.medianAbsoluteDeviation(halves)).isEqualTo(Double.MAX_VALUE);
        assertThat(Spread.medianAbsoluteDeviation(widest)).isZero();
    }

    @Test
    void two_values_have_a_robust_spread() {
        // the median is 2, its deviation 1, and nothing is clipped: sqrt(2) / sqrt(0.97756)
        assertThat(Spread.winsorisedDeviation(new double[] {1, 3}))
                .isCloseTo(Math.sqrt(2 / 0.9775599839316099), within(1e-15));
    }

    @Test
    void a_mean_keeps_the_digits_that_a_plain_sum_loses() {
        double[] values = new double[100_001];
        Arrays.fill(values, 1e-8);
        values[0] = 1e8;
        assertThat(Location.mean(values) * values.length - 1e8).isCloseTo(1e-3, within(3e-8));
    }

    @Test
    void one_value_is_its_own_location() {
        double[] one = {4.25};
        assertThat(Location.mean(one)).isEqualTo(4.25);
        assertThat(Location.median(one)).isEqualTo(4.25);
        assertThat(Location.quantile(one, 0.3)).isEqualTo(4.25);
        assertThat(Location.geometricMean(one)).isEqualTo(4.25);
        assertThat(Spread.medianAbsoluteDeviation(one)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.standardDeviation(one));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.winsorisedDeviation(one));
    }

    @Test
    void refuses_what_is_not_a_number_and_says_where() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[] values = {1, 2, bad};
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Location.mean(values))
                    .withMessage("values[2] is " + bad + ", not a finite number");
            assertThatIllegalArgumentException().isThrownBy(() -> Location.median(values));
            assertThatIllegalArgumentException().isThrownBy(() -> Location.quantile(values, 0.5));
            assertThatIllegalArgumentException().isThrownBy(() -> Spread.standardDeviation(values));
            assertThatIllegalArgumentException().isThrownBy(() -> Spread.winsorisedDeviation(values));
            assertThatIllegalArgumentException().isThrownBy(() -> Spread.medianAbsoluteDeviation(values));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.geometricMean(new double[] {2, 0}))
                .withMessageContaining("values[1] is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Location.mean(new double[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Location.quantile(VALUES, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> Location.quantile(VALUES, Double.NaN));
    }

    @Test
    void a_histogram_has_the_quantile_of_the_values_it_counts() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 500; trial++) {
            int bins = 1 + random.nextInt(8);
            double[] values = random.doubles(bins, 0, 10).map(Math::rint).toArray();
            double[] counts = random.ints(bins, 0, 6).asDoubleStream().toArray();
            counts[0]++;
            double[] listed = new double[(int) Arrays.stream(counts).sum()];
            int filled = 0;
            for (int i = 0; i < bins; i++) {
                Arrays.fill(listed, filled, filled += (int) counts[i], values[i]);
            }
            Arrays.sort(listed);
            for (double q : new double[] {0, 0.1, 0.5, 0.75, 0.99, 1}) {
                // the inverse distribution function, type 1 of Hyndman and Fan
                int rank = Math.max(0, (int) Math.ceil(q * listed.length - 1e-9) - 1);
                assertThat(Location.weightedQuantile(values, counts, q)).isEqualTo(listed[rank]);
            }
        }
    }

    @Test
    void a_histogram_without_weight_has_no_quantile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.weightedQuantile(new double[] {1, 2}, new double[] {0, 0}, 0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.weightedQuantile(new double[] {1, 2}, new double[] {1, -1}, 0.5))
                .withMessageContaining("weights[1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.weightedQuantile(new double[] {1, 2}, new double[] {1}, 0.5));
    }

    @Test
    void the_interval_of_a_median_has_the_confidence_of_its_ranks() {
        double[] fifteen = new double[15];
        Arrays.setAll(fifteen, i -> 15 - i);
        // 1 - 2 * binom.cdf(3, 15, 0.5)
        assertThat(Location.medianInterval(fifteen, 0.95)).satisfies(interval -> {
            assertThat(interval.low()).isEqualTo(4);
            assertThat(interval.high()).isEqualTo(12);
            assertThat(interval.confidence()).isCloseTo(1 - 2 * 0.017578125, within(1e-14));
        });
        double[] many = new double[1001];
        Arrays.setAll(many, i -> i);
        // binom.cdf(469, 1001, 0.5) = 0.02499226175137719
        assertThat(Location.medianInterval(many, 0.95).low()).isBetween(468.0, 470.0);
    }

    @Test
    void few_values_give_the_median_the_confidence_they_can() {
        assertThat(Location.medianInterval(new double[] {5}, 0.95)).isEqualTo(new Interval(5, 5, 0));
        assertThat(Location.medianInterval(new double[] {5, 1, 3}, 0.95)).isEqualTo(new Interval(1, 5, 0.75));
        assertThat(Location.medianInterval(new double[] {2, 5, 1, 3, 4, 6}, 0.95))
                .isEqualTo(new Interval(1, 6, 1 - 2.0 / 64));
    }

    @Test
    void a_wild_value_moves_the_robust_spread_little() {
        SplittableRandom random = new SplittableRandom(5);
        double[] values = random.doubles(200).map(u -> Normal.upperQuantile(u)).toArray();
        double before = Spread.winsorisedDeviation(values);
        values[17] = 1e6;
        assertThat(Spread.winsorisedDeviation(values)).isCloseTo(before, within(0.03));
        assertThat(before).isCloseTo(1, within(0.15));
    }

    @Test
    void means_of_neighbours_are_of_equally_many_values() {
        double[] values = {1, 3, 5, 7, 9, 11, 100};

        assertThat(Location.means(values, 7)).isSameAs(values);
        assertThat(Location.means(values, 4)).containsExactly(2, 6, 10);
        assertThat(Location.means(values, 1)).containsExactly(136 / 7.0);
        assertThat(Location.means(new double[0], 3)).isEmpty();
    }
}
