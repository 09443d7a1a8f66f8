package dev.plumbline.core.stats.steps.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseModelTest {
    @Test
    void sees_the_scale_and_the_autocorrelation_of_a_long_series() {
        for (double phi : new double[] {0, 0.3, 0.6}) {
            NoiseModel noise = of(autoregressive(200, phi, 5), 1);
            assertThat(noise.phi()).isCloseTo(phi, within(0.17));
            assertThat(noise.scale()).isCloseTo(1, within(0.25));
            assertThat(noise.count()).isEqualTo(200);
        }
    }

    @Test
    void estimates_from_few_residuals_shrink_towards_a_tenth() {
        // raw = (w[1:] * w[:-1]).sum() / (w * w).sum(); raw += (1 + 3 * raw) / 5; variance = max(0.05, 1 - raw**2) / 5
        // error = (1 / variance + 1 / 0.15**2) ** -0.5; phi = (raw / variance + 0.1 / 0.15**2) * error**2
        NoiseModel noise = of(new double[] {1, -0.5, 0.7, 1.1, 0.2}, 1);

        assertThat(noise.phi()).isCloseTo(0.11897742839814635, within(1e-9));
        assertThat(noise.phiError()).isCloseTo(0.14162937051938898, within(1e-9));
    }

    @Test
    void negative_autocorrelation_is_taken_for_none() {
        double[] residuals = new double[200];
        for (int i = 0; i < 200; i++) {
            residuals[i] = i % 2 == 0 ? 1 + i * 1e-3 : -1 - i * 1e-3;
        }
        assertThat(of(residuals, 1).phi()).isZero();
    }

    @Test
    void a_pair_across_two_segments_does_not_count_for_autocorrelation() {
        double[] residuals = {1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1};
        boolean[] first = new boolean[12];
        for (int i = 0; i < 12; i += 2) {
            first[i] = true;
        }
        NoiseModel separate = NoiseModel.of(residuals, first, 12, 0, 1e-4, new Robust(12), new double[12]);
        boolean[] joined = new boolean[12];
        joined[0] = true;
        NoiseModel together = NoiseModel.of(residuals, joined, 12, 0, 1e-4, new Robust(12), new double[12]);

        assertThat(separate.phi()).isZero();
        assertThat(together.phi()).isGreaterThan(0.01);
    }

    @Test
    void extremes_are_told_in_units_of_the_scale() {
        double[] residuals = autoregressive(100, 0, 8);
        residuals[40] = 12;
        residuals[60] = -7;
        NoiseModel noise = of(residuals, 1);

        assertThat(noise.highest() * noise.scale()).isCloseTo(12, within(1e-9));
        assertThat(noise.lowest() * noise.scale()).isCloseTo(7, within(1e-9));
        assertThat(noise.clean(true)).isFalse();
        assertThat(noise.clean(false)).isFalse();
        assertThat(noise.clip(true)).isEqualTo(3.5);
    }

    @Test
    void a_normal_past_is_clean_and_clipped_late() {
        NoiseModel noise = of(autoregressive(100, 0, 8), 1);
        assertThat(noise.clean(true)).isTrue();
        assertThat(noise.clip(true)).isEqualTo(6);
        assertThat(noise.clip(false)).isEqualTo(6);
        assertThat(of(autoregressive(39, 0, 8), 1).clean(true)).isFalse();
    }

    @Test
    void two_modes_do_not_shrink_the_scale_to_the_width_of_one() {
        SplittableRandom random = new SplittableRandom(3);
        double[] residuals = new double[200];
        for (int i = 0; i < 200; i++) {
            residuals[i] = random.nextGaussian() + (i % 4 == 0 ? 4 : 0);
        }
        assertThat(of(residuals, 1).scale()).isGreaterThan(1.6);
    }

    @Test
    void variance_factors_of_means_are_those_of_a_first_order_autoregression() {
        NoiseModel noise = new NoiseModel(1, 1, 0.5, 0.1, 0.5, 1, 100, 0, 0, 1e-4);
        assertThat(noise.longRunFactor()).isCloseTo(3, within(1e-12));
        // 1 + 2 * sum((1 - j / 3) * 0.5 ** j for j in (1, 2))
        assertThat(noise.meanFactor(3)).isCloseTo(1.8333333333333333, within(1e-12));
        assertThat(noise.meanFactor(1)).isCloseTo(1, within(1e-12));
        assertThat(noise.meanFactor(100_000)).isCloseTo(3, within(1e-4));
    }

    @Test
    void autocorrelated_residuals_leave_fewer_degrees() {
        // 0.9 * 100 * (1 - 0.25) / (1 + 0.25)
        assertThat(new NoiseModel(1, 1, 0.5, 0.1, 0.5, 1, 100, 0, 0, 1e-4).degrees())
                .isEqualTo(54);
        assertThat(new NoiseModel(1, 1, 0, 0.1, 0, 1, 1000, 0, 0, 1e-4).degrees())
                .isEqualTo(200);
        assertThat(new NoiseModel(1, 1, 0.8, 0.1, 0.8, 1, 3, 0, 0, 1e-4).degrees())
                .isEqualTo(4);
    }

    /** Independent noise of deviation 1 rounded to ticks of 2 around a level, as residuals from the tick at 0. */
    private static double[] coarse(double level, long seed) {
        double[] residuals = autoregressive(200, 0, seed);
        for (int i = 0; i < 200; i++) {
            residuals[i] = 2 * Math.rint((level + residuals[i]) / 2);
        }
        return residuals;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.6, 0, 0.3, 0.6})
    void coarse_values_resemble_their_neighbours_and_scatter_as_much_wherever_their_level_lies(double level) {
        double shown = 0;
        double variance = 0;
        for (long seed = 1; seed <= 100; seed++) {
            NoiseModel noise = of(coarse(level, seed), 1);
            shown += noise.shown() / 100;
            variance += noise.shownScale() * noise.shownScale() / 100;
            // tests are careful
            assertThat(noise.scale()).isGreaterThan(noise.shownScale());
        }
        // half of the independent series show none at all, the others 0.06 on average
        assertThat(shown).isBetween(0.01, 0.06);
        // 1, and 4 / 12 for rounding
        assertThat(variance).isBetween(1.15, 1.45);
    }

    @Test
    void each_level_of_coarse_values_has_a_tick_of_its_own() {
        double[] low = coarse(-0.8, 3);
        double[] high = coarse(0.8, 4);
        double[] both = new double[200];
        boolean[] first = new boolean[200];
        first[0] = true;
        first[100] = true;
        System.arraycopy(low, 0, both, 0, 100);
        System.arraycopy(high, 0, both, 100, 100);
        NoiseModel noise = NoiseModel.of(both, first, 200, 2, 1e-4, new Robust(200), new double[200]);

        // around one level for all the variance would be 0.8 ** 2 more
        assertThat(noise.shownScale() * noise.shownScale()).isBetween(1.0, 1.5);
        assertThat(noise.shown()).isLessThan(0.15);
    }

    @Test
    void fine_values_have_one_scale_and_one_autocorrelation() {
        NoiseModel noise = of(autoregressive(200, 0.3, 5), 1);
        assertThat(noise.shownScale()).isEqualTo(noise.scale());
    }

    @Test
    void nothing_known_is_the_floor_and_the_prior() {
        NoiseModel noise = NoiseModel.unknown(0.01);
        assertThat(noise.scale()).isEqualTo(0.01);
        assertThat(noise.count()).isZero();
        assertThat(noise.phi()).isEqualTo(0.1);
    }

    private static NoiseModel of(double[] residuals, int segments) {
        boolean[] first = new boolean[residuals.length];
        first[0] = true;
        return NoiseModel.of(
                residuals,
                first,
                residuals.length,
                segments,
                1e-4,
                new Robust(residuals.length),
                new double[residuals.length]);
    }

    private static double[] autoregressive(int length, double phi, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        double previous = 0;
        for (int i = 0; i < length; i++) {
            previous = phi * previous + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            values[i] = previous;
        }
        return values;
    }
}
