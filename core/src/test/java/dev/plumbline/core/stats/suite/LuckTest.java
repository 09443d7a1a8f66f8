package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.StudentT;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LuckTest {
    private static final double SCALE = 0.01;
    private static final double DEGREES = 8;
    private static final double PROBABILITY = 0.005;

    private static Noise noise(int values) {
        return new Noise(values, SCALE, DEGREES, 0.01, 3, 0, 0, Noise.Wild.NONE);
    }

    /** Sixty values of noise; one in {@code every} is better by eight scales. */
    private static double[] values(int every) {
        Random random = new Random(1);
        double[] values = random.doubles(60, -SCALE, SCALE).toArray();
        for (int i = every - 1; i < values.length; i += every) {
            values[i] = -8 * SCALE;
        }
        return values;
    }

    private static double luck(double[] values, Noise noise, int runs) {
        return Luck.of(values, values.length, noise).of(runs, SCALE / Math.sqrt(runs), PROBABILITY);
    }

    private static double core(int runs) {
        return StudentT.upperQuantile(PROBABILITY, DEGREES) * SCALE / Math.sqrt(runs);
    }

    @Test
    void a_series_without_good_days_has_little_more_luck_than_its_distribution_says() {
        assertThat(luck(values(100), noise(60), 1)).isBetween(core(1), 1.05 * core(1));
    }

    @Test
    void good_days_are_allowed_for_the_more_the_more_there_were() {
        double one = luck(values(60), noise(60), 1);
        double three = luck(values(20), noise(60), 1);

        assertThat(one).isGreaterThan(1.1 * core(1));
        assertThat(three).isGreaterThan(1.2 * one);
        assertThat(luck(values(20), noise(60), 4)).isBetween(core(4), three);
    }

    @Test
    void only_the_values_that_tell_the_noise_tell_of_luck() {
        double[] values = values(60);
        values[59] = 0;
        values[5] = -0.5;

        assertThat(luck(values, noise(20), 1)).isEqualTo(luck(new double[20], noise(20), 1), within(1e-12));
        assertThat(luck(values, noise(60), 1)).isGreaterThan(1.1 * core(1));
    }

    @Test
    void three_in_a_row_are_a_level_and_holes_are_nothing() {
        double[] values = values(100);
        double none = luck(values, noise(60), 1);
        for (int i = 30; i < 33; i++) {
            values[i] = -8 * SCALE;
        }
        assertThat(luck(values, noise(60), 1)).isEqualTo(none);
        double[] holed = new double[120];
        for (int i = 0; i < 60; i++) {
            holed[2 * i] = values[i];
            holed[2 * i + 1] = Double.NaN;
        }
        assertThat(luck(holed, noise(60), 1)).isEqualTo(none);
        assertThat(luck(new double[0], noise(0), 1)).isEqualTo(core(1), within(0.5 * core(1)));
    }
}
