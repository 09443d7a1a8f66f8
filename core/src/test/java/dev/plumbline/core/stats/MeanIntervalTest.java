package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How sure a mean of executions is. */
class MeanIntervalTest {
    private static final double[] CLIMBING = {10, 10.2, 9.9, 10.1, 10.3, 10.4, 10.2, 10.5, 10.6, 10.4, 10.7, 10.8};

    @Test
    void values_that_resemble_their_neighbours_count_as_fewer() {
        // numpy: f = v / v.mean() - 1; raw = (f[1:] * f[:-1]).sum() / (f * f).sum() + 1 / n
        // phi = raw * n / (n + 1 / 0.25**2); f.std(ddof=1) * sqrt((1 + phi) / (1 - phi))
        assertThat(MeanInterval.relativeDeviation(CLIMBING)).isCloseTo(0.034894095353, within(1e-9));
        // scipy: that / sqrt(n) * t.ppf(0.975, n - 1)
        assertThat(MeanInterval.planned(CLIMBING, 0.95).high()).isCloseTo(0.022170650454, within(1e-9));
        // Wang and Ramdas: b = exp(log((1 + n) / 0.05**2) / n); sqrt((n - 1) * (b - 1) / (1 - b / (1 + n))) / sqrt(n)
        assertThat(MeanInterval.relative(CLIMBING, 0.95).high()).isCloseTo(0.037109083102, within(1e-9));
    }

    @Test
    void fewer_than_ten_values_are_taken_as_independent() {
        // numpy: (v / v.mean()).std(ddof=1) of the first nine
        assertThat(MeanInterval.relativeDeviation(Arrays.copyOf(CLIMBING, 9))).isCloseTo(0.022425242004, within(1e-9));
    }

    @Test
    void the_interval_of_a_few_is_that_of_all_looks_together() {
        double[] values = {10, 11, 9, 10.5, 9.8, 10.2};

        // s = x / x.mean(); c = (7 / 0.05**2)**(1 / 6); s.std(ddof=1) / sqrt(6) * sqrt(5 * (c - 1) / (1 - c / 7))
        assertThat(MeanInterval.relative(values, 0.95).high()).isCloseTo(0.14927154490816685, within(1e-12));
        // the same with 0.1
        assertThat(MeanInterval.relative(values, 0.9).high()).isCloseTo(0.11371326491837955, within(1e-12));
    }

    @Test
    void values_that_swing_from_one_to_the_next_are_not_surer_than_independent_ones() {
        double[] swinging = new double[20];
        Arrays.setAll(swinging, i -> i % 2 == 0 ? 10 : 11);

        // half a unit around 10.5, with Bessel's correction
        assertThat(MeanInterval.relativeDeviation(swinging))
                .isCloseTo(0.5 / 10.5 * Math.sqrt(20 / 19.0), within(1e-12));
    }

    @Test
    void what_drifts_more_slowly_than_from_one_to_the_next_is_seen_in_the_means_of_batches() {
        double[] drifting = new double[64];
        Arrays.setAll(drifting, i -> 100 + (i % 2 == 0 ? 1 : -1) + (i < 32 ? -0.5 : 0.5));

        // eight means of eight are half a unit away from 100, each as sure as one value of √8 times that
        assertThat(MeanInterval.relativeDeviation(drifting))
                .isCloseTo(0.005 * Math.sqrt(8 / 7.0) * Math.sqrt(8), within(1e-12));
        // the last one belongs to no batch of two, four or eight, and seven batches of eight would be too few
        assertThat(MeanInterval.relativeDeviation(Arrays.copyOf(drifting, 63))).isBetween(0.011, 0.0125);
    }

    @Test
    void the_interval_is_the_same_in_another_unit_and_of_huge_values() {
        double[] huge = Arrays.stream(CLIMBING).map(value -> value * 1e300).toArray();

        assertThat(MeanInterval.relative(huge, 0.95).high())
                .isCloseTo(MeanInterval.relative(CLIMBING, 0.95).high(), within(1e-12));
        assertThat(MeanInterval.relative(CLIMBING, 0.95).low())
                .isEqualTo(-MeanInterval.relative(CLIMBING, 0.95).high());
    }

    @Test
    void equal_values_have_no_width_and_too_few_or_a_mean_that_is_not_positive_no_bounds() {
        assertThat(MeanInterval.relative(new double[] {7, 7, 7}, 0.95)).isEqualTo(new Interval(0, 0, 0.95));
        assertThat(MeanInterval.relative(new double[] {0.1, 0.1, 0.1}, 0.95)).isEqualTo(new Interval(0, 0, 0.95));
        assertThat(MeanInterval.planned(new double[] {7, 7, 7}, 0.9)).isEqualTo(new Interval(0, 0, 0.9));
        for (double[] nothing : new double[][] {{}, {7}, {-1, 1}, {-3, -4}}) {
            assertThat(MeanInterval.relative(nothing, 0.95)).isEqualTo(Interval.unbounded(0.95));
            assertThat(MeanInterval.planned(nothing, 0.95)).isEqualTo(Interval.unbounded(0.95));
        }
        // two values say nothing that could be looked at again and again
        assertThat(MeanInterval.relative(new double[] {7, 8}, 0.95).high()).isInfinite();
        assertThatThrownBy(() -> MeanInterval.relative(new double[] {1, Double.NaN}, 0.95))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void on_a_machine_that_drifts_the_planned_interval_still_covers() {
        assertThat(covered(60, 0, 0)).isBetween(0.93, 0.985);
        // Student's alone covers 85 %
        assertThat(covered(60, 0.3, 0)).isBetween(0.91, 0.97);
        // a drift of half the noise over some thirty executions, of which neighbours alone cover 48 and 46 %
        assertThat(covered(300, 0.97, 2)).isBetween(0.70, 0.85);
        assertThat(covered(1000, 0.97, 2)).isBetween(0.80, 0.92);
    }

    @Test
    void a_mean_is_bound_by_drift_where_twice_as_many_values_made_it_hardly_surer() {
        int independent = 0;
        int walking = 0;
        for (long seed = 1; seed <= 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] noise = random.doubles(128, 90, 110).toArray();
            double[] walk = new double[128];
            double place = 0;
            for (int i = 0; i < walk.length; i++) {
                place += random.nextGaussian();
                walk[i] = 1000 + place;
            }
            independent += MeanInterval.isBoundByDrift(noise) ? 1 : 0;
            walking += MeanInterval.isBoundByDrift(walk) ? 1 : 0;
        }

        assertThat(independent).isLessThanOrEqualTo(30);
        assertThat(walking).isGreaterThan(600);
        // nothing is said of values without a positive mean, and equal ones do not drift
        double[] falling = new double[64];
        Arrays.setAll(falling, i -> -Math.pow(1.1, i));
        double[] equal = new double[64];
        Arrays.fill(equal, 7);
        assertThat(MeanInterval.isBoundByDrift(falling)).isFalse();
        assertThat(MeanInterval.isBoundByDrift(new double[64])).isFalse();
        assertThat(MeanInterval.isBoundByDrift(equal)).isFalse();
    }

    /** The share of 1,000 means of values whose interval holds the truth. */
    private static double covered(int count, double phi, double noise) {
        int covered = 0;
        for (long seed = 1; seed <= 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = new double[count];
            double state = random.nextGaussian();
            for (int i = 0; i < values.length; i++) {
                values[i] = 100 + state + noise * random.nextGaussian();
                state = phi * state + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            }
            Interval interval = MeanInterval.planned(values, 0.95);
            double mean = Location.mean(values);
            covered += interval.contains(100 / mean - 1) ? 1 : 0;
        }
        return covered / 1000.0;
    }
}
