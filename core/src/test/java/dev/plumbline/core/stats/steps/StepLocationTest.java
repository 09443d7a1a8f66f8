package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StepLocationTest {
    private static final NoiseModel QUIET = new NoiseModel(1, 1, 0, 0.1, 0, 1, 100, 3, 3, 1e-4);

    @Test
    void finds_a_clear_step_wherever_the_first_guess_was() {
        double[] x = step(60, 30, 8, 1);
        for (int guess = 20; guess <= 40; guess++) {
            StepLocation.Interval interval = around(x, guess, QUIET);
            assertThat(interval).isEqualTo(new StepLocation.Interval(30, 30, 30));
        }
    }

    @Test
    void a_small_step_has_a_wide_interval_that_covers_it_most_of_the_time() {
        int covered = 0;
        long width = 0;
        for (int seed = 0; seed < 400; seed++) {
            double[] x = step(60, 30, 1.5, seed);
            StepLocation.Interval interval = around(x, 30, QUIET);
            assertThat(interval.first()).isLessThanOrEqualTo(interval.best());
            assertThat(interval.last()).isGreaterThanOrEqualTo(interval.best());
            covered += interval.first() <= 30 && 30 <= interval.last() ? 1 : 0;
            width += interval.last() - interval.first();
        }
        assertThat(covered / 400.0).isGreaterThan(0.95);
        assertThat(width / 400.0).isBetween(2.0, 12.0);
    }

    @Test
    void a_spike_next_to_the_step_does_not_move_it_far() {
        double[] x = step(60, 30, 5, 4);
        x[33] = -40;
        x[26] = 40;

        assertThat(around(x, 28, QUIET).best()).isEqualTo(30);
    }

    @Test
    void time_read_backwards_gives_the_mirrored_place() {
        for (int seed = 0; seed < 50; seed++) {
            double[] x = step(61, 30, 3, seed);
            double[] reversed = new double[61];
            for (int i = 0; i < 61; i++) {
                reversed[i] = x[60 - i];
            }
            assertThat(around(reversed, 31, QUIET).best())
                    .isEqualTo(61 - around(x, 30, QUIET).best());
        }
    }

    @Test
    void keeps_two_values_on_either_side_and_leaves_shorter_sides_alone() {
        double[] x = {0, 9, 9, 9, 9, 9};
        assertThat(around(x, 3, QUIET).best()).isEqualTo(2);
        double[] late = {0, 0, 0, 0, 0, 9};
        assertThat(around(late, 3, QUIET).best()).isEqualTo(4);
        double[] tiny = {0, 0, 9, 9};
        assertThat(around(tiny, 2, QUIET)).isEqualTo(new StepLocation.Interval(2, 2, 2));
    }

    private static StepLocation.Interval around(double[] x, int guess, NoiseModel noise) {
        return StepLocation.around(
                x, new StepSegment(0, guess), new StepSegment(guess, x.length), noise, new Robust(x.length));
    }

    private static double[] step(int length, int at, double size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[length];
        for (int i = 0; i < length; i++) {
            x[i] = random.nextGaussian() + (i < at ? 0 : size);
        }
        return x;
    }
}
