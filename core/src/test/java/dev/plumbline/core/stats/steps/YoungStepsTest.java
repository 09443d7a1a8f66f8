package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.noise.NeighbourNoise;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The numbers of the rule against an implementation with NumPy that builds every sum from the definition: {@code
 * statistics(x, phi)}, {@code measured(x)} and {@code kept(x)}, printed with {@code repr}.
 */
class YoungStepsTest {
    private static final double FLOOR = StepScan.SMALLEST_NOISE;

    @Test
    void six_values_and_three_on_another_level_are_a_step() {
        double[] x = {-0.0036, 0.0120, 0.0140, 0.0032, 0.0041, -0.0049, 0.0509, 0.0510, 0.0500};

        // measured: T 9.019768108294608, place 6, line 17.003860179783373, abruptness 1.07168458781362
        check(x, 6, 9, true, 9.019768108294608, 4, 17.003860179783373, 1.07168458781362);
        // scipy.stats.t.sf(9.019768108294608, 7) * 2; one place was searched
        assertThat(likeliest(x).pValue()).isCloseTo(4.205250068513702e-05, within(1e-12));
    }

    @Test
    void a_fall_is_a_step_too() {
        double[] x = {0.0093, -0.0006, 0.0013, -0.0064, -0.0109, -0.0120, -0.0584, -0.0440, -0.0498, -0.0546, -0.0524};

        check(x, 6, 11, true, 10.05577594477167, 4.8, 9.598216092819689, 0.8425310207719202);
    }

    @Test
    void three_values_five_deviations_above_ten_are_a_step() {
        double[] x = {
            -0.0143, 0.0123, -0.0122, 0.0004, 0.0214, -0.0255, -0.0141, -0.0072, 0.0012, -0.0171, 0.0446, 0.0467, 0.0487
        };

        check(x, 10, 13, true, 5.715402045762963, 4.85, 13.917478597320711, 1.0419727847696927);
    }

    @Test
    void values_that_resemble_their_neighbours_are_none() {
        double[] x = {
            -0.0239, -0.0063, 0.0107, 0.0091, -0.0017, -0.0062, -0.0260, -0.0089, 0.0086, 0.0099, -0.0208, -0.0141,
            -0.0079, -0.0082
        };

        check(x, 10, 14, false, 1.3692801301722664, 4.85, 1.7021966213583675, 1.8821839080459768);
    }

    @Test
    void a_spike_before_a_step_is_left_out() {
        double[] x = {
            0.0103, -0.0174, -0.0072, 0.0060, 0.4099, 0.0017, 0.0106, 0.0052, -0.0106, 0.0129, -0.0051, -0.0163, 0.0044,
            0.0181, 0.0096, 0.1100, 0.1019, 0.0753
        };

        check(x, 15, 17, true, 10.59742286776611, 4.85, 30.301171083365887, 0.9031915431692884);
    }

    @Test
    void coarse_values_keep_what_looks_like_spikes() {
        double[] x = {0, 0, -0.02, 0, 0, 0.02, 0, 0, 0, -0.02, -0.02, 0, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.06
        };

        check(x, 12, 20, true, 14.422896036636317, 4.85, 38.545854393313654, 1.1546391752577323);
    }

    @Test
    void a_drift_is_none() {
        double[] x = {
            -0.0259, -0.0123, 0.0027, 0.0154, 0.0042, 0.0173, 0.0242, 0.0385, 0.0197, 0.0339, 0.0234, 0.0108, 0.0026,
            0.0303, 0.0384, 0.0563, 0.0270, 0.0407, 0.0367, 0.0163
        };

        check(x, 6, 20, false, 3.067524353746535, 4.85, 0.47507345009407703, 0.5368279116804313);
        assertThat(YoungSteps.isSlope(x, 0, 20, 6, FLOOR)).isTrue();
    }

    @Test
    void the_middle_of_the_longest_series_is_a_step() {
        double[] x = {
            0.0037, -0.0032, -0.0128, 0.0169, -0.0062, 0.0047, -0.0027, -0.0072, -0.0017, 0.0079, -0.0069, -0.0165,
            0.0180, 0.0044, -0.0096, -0.0009, -0.0156, -0.0007, 0.0086, -0.0193, 0.0387, 0.0381, 0.0273, 0.0310, 0.0267,
            0.0255, 0.0114, 0.0463, 0.0233, 0.0313, 0.0277, 0.0346, 0.0357, 0.0198, 0.0336, 0.0273
        };

        check(x, 20, 36, true, 10.024835919108892, 4.85, 25.20840176303285, 1.2088386514384395);
        assertThat(YoungSteps.isSlope(x, 0, 36, 20, FLOOR)).isFalse();
        assertThat(YoungSteps.likeliest(Arrays.copyOf(x, 37), 37, FLOOR, 1)).isEmpty();
        assertThat(YoungSteps.likeliest(x, 8, FLOOR, 1)).isEmpty();
    }

    @Test
    void strictness_divides_the_error_level() {
        double[] x = {
            -0.0143, 0.0123, -0.0122, 0.0004, 0.0214, -0.0255, -0.0141, -0.0072, 0.0012, -0.0171, 0.0446, 0.0467, 0.0487
        };

        YoungStep strict = YoungSteps.likeliest(x, 13, FLOOR, 10).orElseThrow();

        // scipy.stats.t.isf(scipy.stats.t.sf(4.85, 11) / 10, 11)
        assertThat(strict.checks().get(0).limit()).isCloseTo(6.396157398121711, within(1e-9));
        assertThat(strict.isCertain()).isFalse();
    }

    @Test
    void equal_values_have_neither_a_step_nor_noise() {
        double[] x = new double[12];
        Arrays.fill(x, 4.6);

        assertThat(likeliest(x).isCertain()).isFalse();
        assertThat(NeighbourNoise.of(x, 12, FLOOR).scale()).isEqualTo(FLOOR);
        assertThat(NeighbourNoise.of(x, 12, FLOOR).withoutSpikes()).hasSize(12);
    }

    @Test
    void two_new_values_far_out_are_a_suspect_and_one_is_not() {
        double[] x = {0.003, -0.002, 0.001, -0.004, 0.002, 0.004, -0.001, 0, 0.05, 0.048};
        StudentQuantile limit = Levels.DEFAULT.suspicion;

        assertThat(YoungSteps.suspected(x, 10, FLOOR, limit).orElseThrow().place())
                .isEqualTo(8);
        assertThat(YoungSteps.suspected(x, 9, FLOOR, limit)).isEmpty();
        x[8] = 0.001;
        assertThat(YoungSteps.suspected(x, 10, FLOOR, limit)).isEmpty();
    }

    private static YoungStep likeliest(double[] x) {
        return YoungSteps.likeliest(x, x.length, FLOOR, 1).orElseThrow();
    }

    private static void check(
            double[] x,
            int place,
            int kept,
            boolean isCertain,
            double statistic,
            double limit,
            double line,
            double abrupt) {
        YoungStep step = likeliest(x);
        assertThat(step.place()).isEqualTo(place);
        assertThat(step.degrees()).isEqualTo(kept - 2);
        assertThat(step.searched()).isEqualTo(kept - 8);
        assertThat(step.isCertain()).isEqualTo(isCertain);
        assertThat(step.checks())
                .extracting(Check::kind)
                .containsExactly(Check.Kind.STATISTIC, Check.Kind.LINE, Check.Kind.ABRUPTNESS);
        assertThat(step.checks().get(0).value()).isCloseTo(statistic, within(1e-9));
        assertThat(step.checks().get(0).limit()).isEqualTo(limit);
        assertThat(step.checks().get(1).value()).isCloseTo(line, within(1e-9));
        assertThat(step.checks().get(1).limit())
                .isCloseTo(Math.min(3, Math.max(1.5, 1.5 + 0.3 * (kept - 11))) * Math.log(kept), within(1e-12));
        assertThat(step.checks().get(2).value()).isCloseTo(abrupt, within(1e-9));
    }
}
