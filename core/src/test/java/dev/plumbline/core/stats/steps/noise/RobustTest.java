package dev.plumbline.core.stats.steps.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RobustTest {
    private static final double[] VALUES = {-3, -1.2, -0.8, -0.5, -0.2, 0.1, 0.3, 0.6, 0.9, 1.1, 10};

    @Test
    void scale_is_the_winsorised_standard_deviation_started_from_the_median_deviation() {
        Robust robust = new Robust(20);
        // r = np.array(values); s0 = 1.4826 * np.median(abs(r)); w = np.minimum(abs(r), 2.5 * s0)
        // np.sqrt((w * w).sum() / 10) / np.sqrt(0.9776)
        assertThat(robust.estimate(VALUES, 0, 11, 0, 1, 1e-4)).isCloseTo(1.514888673238959, within(1e-12));
        assertThat(robust.winsorisedScale()).isCloseTo(1.514888673238959, within(1e-12));
        assertThat(robust.medianScale()).isCloseTo(1.18608, within(1e-12));
    }

    @Test
    void scale_of_a_part_ignores_the_rest_and_subtracts_the_centre() {
        double[] shifted = new double[15];
        for (int i = 0; i < 11; i++) {
            shifted[i + 2] = VALUES[i] + 5;
        }
        shifted[0] = 1e9;
        shifted[14] = -1e9;

        assertThat(new Robust(15).estimate(shifted, 2, 13, 5, 1, 1e-4)).isCloseTo(1.514888673238959, within(1e-9));
    }

    @Test
    void a_wild_value_moves_the_scale_no_further_than_its_clip() {
        double[] wild = VALUES.clone();
        wild[10] = 1e12;

        assertThat(new Robust(11).estimate(wild, 0, 11, 0, 1, 1e-4)).isCloseTo(1.514888673238959, within(1e-12));
    }

    @Test
    void equal_values_have_the_floor_for_a_scale() {
        Robust robust = new Robust(30);
        double[] values = new double[30];

        assertThat(robust.estimate(values, 0, 30, 0, 1, 0.25)).isEqualTo(0.25);
        assertThat(robust.medianScale()).isEqualTo(0.25);
    }

    @Test
    void rounding_to_coarse_ticks_hardly_changes_the_scale() {
        SplittableRandom random = new SplittableRandom(2);
        for (double tick : new double[] {0.5, 1, 2, 2.5}) {
            double[] values = new double[4000];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.rint(random.nextGaussian() / tick) * tick;
            }
            assertThat(new Robust(4000).estimate(values, 0, 4000, 0, 1, 1e-6)).isBetween(0.9, 1.45);
        }
    }

    @Test
    void a_rare_other_value_counts_as_a_tick_and_not_as_noise_of_zero() {
        // 28 of 32 values are equal, four lie one unit off: grouped median 0.5 * 16 / 28, tick 1
        double[] values = new double[32];
        values[3] = 1;
        values[9] = -1;
        values[20] = 1;
        values[30] = 1;

        Robust robust = new Robust(32);
        double scale = robust.estimate(values, 0, 32, 0, 0, 1e-6);

        double median = 1.4826 * (16.0 / 28 * 0.5);
        assertThat(robust.medianScale()).isCloseTo(median, within(1e-12));
        assertThat(scale).isCloseTo(Math.sqrt(4 / 32.0 / 0.9776 + 1 / 12.0), within(0.04));
    }

    @Test
    void ties_away_from_the_centre_spread_over_half_the_gaps_on_both_sides() {
        // |r|: 1 x 4, 2 x 10, 3 x 4; the middle class is [1.5, 2.5], 5 of its 10 lie below the middle
        double[] values = {1, -1, 1, -1, 2, 2, 2, -2, -2, 2, 2, -2, 2, -2, 3, -3, 3, 3};
        Robust robust = new Robust(18);
        double scale = robust.estimate(values, 0, 18, 0, 0, 1e-6);

        assertThat(robust.medianScale()).isCloseTo(1.4826 * 2, within(1e-12));
        // np.sqrt((4 * 1 + 10 * 4 + 4 * 9) / 18 / 0.9776 + 1 / 12)
        assertThat(scale).isCloseTo(2.151653893022564, within(1e-9));
    }

    @Test
    void around_their_level_coarse_values_scatter_as_they_do() {
        double[] values = {1, -1, 1, -1, 2, 2, 2, -2, -2, 2, 2, -2, 2, -2, 3, -3, 3, 3};
        Robust robust = new Robust(18);
        robust.estimate(values, 0, 18, 0, 0, 1e-6);

        assertThat(robust.coarse()).isTrue();
        // np.sqrt(80 / 18 / 0.9776), and around 0.5 instead of 0
        assertThat(robust.scaleAround(0)).isCloseTo(2.132201008823001, within(1e-12));
        assertThat(robust.scaleAround(0.5)).isCloseTo(Math.sqrt(80 / 18.0 / 0.9776 - 0.25), within(1e-12));
        // never less than rounding to a tick of 1 adds
        assertThat(robust.scaleAround(5)).isCloseTo(Math.sqrt(1 / 12.0), within(1e-12));

        double fine = robust.estimate(VALUES, 0, 11, 0, 1, 1e-4);
        assertThat(robust.coarse()).isFalse();
        assertThat(robust.scaleAround(0.5)).isEqualTo(fine);
    }

    @Test
    void level_is_the_median_moved_by_clipped_deviations() {
        double[] values = {1, 2, 3, 4, 100};
        // 3 + (-2 - 1 + 0 + 1 + 3 * 1) / 5
        assertThat(new Robust(5).level(values, 0, 5, 1)).isCloseTo(3.2, within(1e-12));
        assertThat(Robust.level(values, 0, 3, 2, 0.1)).isCloseTo(2, within(1e-12));
    }

    @Test
    void clip_keeps_what_lies_between() {
        assertThat(Robust.clip(-3, -1, 2)).isEqualTo(-1);
        assertThat(Robust.clip(3, -1, 2)).isEqualTo(2);
        assertThat(Robust.clip(0.5, -1, 2)).isEqualTo(0.5);
    }

    @Test
    void median_leaves_the_values_as_they_are() {
        double[] values = {9, 1, 5, 3};
        assertThat(new Robust(4).median(values, 1, 4)).isEqualTo(3);
        assertThat(new Robust(4).medianDeviation(values, 0, 4, 4)).isEqualTo(2);
        assertThat(values).containsExactly(9, 1, 5, 3);
    }
}
