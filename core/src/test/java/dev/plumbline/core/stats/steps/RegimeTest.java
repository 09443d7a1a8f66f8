package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegimeTest {
    private static final Regime LOGARITHMIC =
            new Regime(5, 25, 100, 0.02, 0.5, 10, new Regime.Logarithmic(), Math.log(100), 0.02, Math.log(101));
    private static final Regime LINEAR = new Regime(0, 3, 8, 0.25, 0, 10, new Regime.Linear(16), 0.5, 0.125, 0.5);

    @Test
    void the_interval_is_expectation_and_t_quantile_times_the_error_of_a_prediction() {
        // sd = 0.02 * sqrt((1 - 0.25) * (1 + 1 / 25)); 101 * exp(+-scipy.stats.t.isf(0.025, 10) * sd)
        double half = 2.2281388519862753 * 0.02 * Math.sqrt(0.75 * 1.04);
        assertThat(LOGARITHMIC.highest(0.05)).isCloseTo(101 * Math.exp(half), within(1e-9));
        assertThat(LOGARITHMIC.lowest(0.05)).isCloseTo(101 * Math.exp(-half), within(1e-9));
        double linear = 2.2281388519862753 * 0.125 * Math.sqrt(1 + 1.0 / 3) * 16;
        assertThat(LINEAR.highest(0.05)).isCloseTo(8 + linear, within(1e-9));
        assertThat(LINEAR.lowest(0.05)).isCloseTo(8 - linear, within(1e-9));
    }

    @Test
    void a_value_at_the_end_of_the_interval_has_its_probability() {
        assertThat(LOGARITHMIC.probability(LOGARITHMIC.highest(0.01))).isCloseTo(0.01, within(1e-9));
        assertThat(LOGARITHMIC.probability(LOGARITHMIC.lowest(0.01))).isCloseTo(0.01, within(1e-9));
        assertThat(LOGARITHMIC.probability(101)).isCloseTo(1, within(1e-9));
        assertThat(LINEAR.deviations(LINEAR.highest(0.05))).isCloseTo(2.2281388519862753, within(1e-9));
        assertThat(LINEAR.deviations(LINEAR.lowest(0.05))).isCloseTo(-2.2281388519862753, within(1e-9));
    }

    @Test
    void values_beyond_all_numbers_are_infinitely_far() {
        assertThat(LOGARITHMIC.deviations(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(LOGARITHMIC.deviations(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(LOGARITHMIC.deviations(-5)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(LOGARITHMIC.probability(-5)).isZero();
        assertThat(LINEAR.probability(Double.NEGATIVE_INFINITY)).isZero();
    }

    @Test
    void nan_and_impossible_levels_are_refused() {
        assertThatThrownBy(() -> LINEAR.deviations(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LINEAR.probability(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        for (double alpha : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> LINEAR.lowest(alpha)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> LINEAR.highest(alpha)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_level_lies_within_t_times_its_error_on_so_many_independent_values() {
        // 25 values with autocorrelation 0.5 are worth 25 / 3
        // 100 * exp(+-scipy.stats.t.isf(0.025, 10) * 0.02 / sqrt(25 / 3))
        double half = 2.2281388519862753 * 0.02 * Math.sqrt(3 / 25.0);
        Interval interval = LOGARITHMIC.levelInterval(100, 25, 0.95);
        assertThat(interval.high()).isCloseTo(100 * Math.exp(half), within(1e-9));
        assertThat(interval.low()).isCloseTo(100 * Math.exp(-half), within(1e-9));
        assertThat(interval.confidence()).isEqualTo(0.95);
        double linear = 2.2281388519862753 * 0.125 * Math.sqrt(1 / 4.0) * 16;
        assertThat(LINEAR.levelInterval(8, 4, 0.95).high()).isCloseTo(8 + linear, within(1e-9));
    }

    @Test
    void a_level_without_a_score_is_anywhere() {
        assertThat(LOGARITHMIC.levelInterval(0, 10, 0.95)).isEqualTo(Interval.unbounded(0.95));
        assertThat(LINEAR.levelInterval(Double.POSITIVE_INFINITY, 10, 0.95)).isEqualTo(Interval.unbounded(0.95));
        assertThat(LOGARITHMIC.levelInterval(100, 0, 0.95)).isEqualTo(LOGARITHMIC.levelInterval(100, 1, 0.95));
    }

    @Test
    void the_noise_lies_within_the_quantiles_of_chi_square() {
        // 0.02 * sqrt(10 / qchisq(c(0.975, 0.025), 10))
        Interval interval = LOGARITHMIC.noiseInterval(0.95);
        assertThat(interval.low()).isCloseTo(0.02 * Math.sqrt(10 / 20.483177350807388), within(1e-9));
        assertThat(interval.high()).isCloseTo(0.02 * Math.sqrt(10 / 3.2469727802368396), within(1e-9));
        assertThat(interval.confidence()).isEqualTo(0.95);
        for (double confidence : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> LINEAR.noiseInterval(confidence)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noise_in_relation_to_nothing_is_anywhere() {
        Regime zero = new Regime(0, 12, 0, Double.POSITIVE_INFINITY, 0, 10, new Regime.Linear(1), 0, 1, 0);
        assertThat(zero.noiseInterval(0.95)).isEqualTo(Interval.unbounded(0.95));
    }

    @Test
    void nineteen_of_twenty_intervals_of_the_noise_cover_it() {
        for (int count : new int[] {20, 60, 200}) {
            for (double phi : new double[] {0, 0.3}) {
                assertThat(coverage(count, phi, 20261125))
                        .as("%d values, %s", count, phi)
                        .isBetween(0.92, 0.99);
            }
        }
    }

    private static double coverage(int count, double phi, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int trials = 1000;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] values = new double[count];
            double noise = random.nextGaussian();
            for (int i = 0; i < count; i++) {
                values[i] = 100 * Math.exp(0.02 * noise);
                noise = phi * noise + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            }
            Interval interval = StepScan.analyze(values).regime().orElseThrow().noiseInterval(0.95);
            covered += interval.contains(0.02) ? 1 : 0;
        }
        return (double) covered / trials;
    }

    @Test
    void ten_values_are_enough() {
        assertThat(LOGARITHMIC.enough()).isTrue();
        assertThat(LINEAR.enough()).isFalse();
        assertThat(new Regime(0, 10, 8, 0, 0, 4, new Regime.Linear(1), 8, 1, 8).enough())
                .isTrue();
    }

    @Test
    void one_healthy_value_in_twenty_lies_outside_a_95_percent_interval() {
        SplittableRandom random = new SplittableRandom(77);
        int outside = 0;
        int trials = 3000;
        for (int trial = 0; trial < trials; trial++) {
            double[] values = new double[40];
            double previous = 0;
            for (int i = 0; i < 41; i++) {
                previous = 0.4 * previous + random.nextGaussian();
                if (i < 40) {
                    values[i] = 100 * Math.exp(0.01 * previous);
                }
            }
            Regime regime = StepScan.analyze(values).regime().orElseThrow();
            outside += regime.probability(100 * Math.exp(0.01 * previous)) < 0.05 ? 1 : 0;
        }
        assertThat((double) outside / trials).isBetween(0.03, 0.075);
    }
}
