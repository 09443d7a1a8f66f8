package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of a step and how sure it is. */
class JumpTest {
    private static final int CHANGE = 100;
    private static final int LENGTH = 130;

    /** Gaussian noise of deviation 1 before the change and another after it. */
    private static double[] noise(long seed, double louder) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            x[i] = random.nextGaussian() * (i < CHANGE ? 1 : louder);
        }
        return x;
    }

    /** Independent noise of deviation 1, known from 200 values. */
    private static final NoiseModel NOISE = new NoiseModel(1, 1, 0, 0, 0, 1, 200, 3, 3, 1e-4);

    private static Jump of(double[] x, int... bounds) {
        Robust robust = new Robust(x.length);
        Flank left = new Flank(x, bounds[bounds.length - 3], bounds[bounds.length - 2], robust);
        Flank right = new Flank(x, bounds[bounds.length - 2], bounds[bounds.length - 1], robust);
        return Jump.of(x, left, right, NOISE, robust, Jump.Line.of(x, bounds, NOISE, robust));
    }

    private static double mean(double[] x, int from, int to) {
        return Arrays.stream(x, from, to).average().orElseThrow();
    }

    @Test
    void two_quiet_sides_have_the_error_of_a_difference_of_means() {
        double errors = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[] x = noise(seed, 1);
            Jump jump = of(x, 0, CHANGE, LENGTH);
            errors += jump.error() / 200;
            // one seed in twenty looks as if it might have a slope
            assertThat(jump.after() - jump.before())
                    .isCloseTo(mean(x, CHANGE, LENGTH) - mean(x, 0, CHANGE), within(0.16));
            assertThat(jump.degrees()).isBetween(30, 200);
        }
        assertThat(errors).isCloseTo(Math.sqrt(1.0 / 100 + 1.0 / 30), within(0.015));
    }

    @Test
    void a_side_that_is_louder_than_the_window_has_its_own_error() {
        double errors = 0;
        for (long seed = 1; seed <= 200; seed++) {
            errors += of(noise(seed, 3), 0, CHANGE, LENGTH).error() / 200;
        }
        // of 29 degrees of its own and 7 of the window's, which has a ninth of the variance
        assertThat(errors).isCloseTo(Math.sqrt(1.0 / 100 + (29 * 9 + 7) / 36.0 / 30), within(0.03));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-6, -4, 4, 6, 12})
    void on_a_slope_the_jump_is_what_is_left_of_the_step_at_its_position(double climb) {
        int covered = 0;
        double sum = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[] x = noise(seed, 1);
            for (int i = 0; i < LENGTH; i++) {
                x[i] += climb * i / LENGTH + (i < CHANGE ? 0 : 3);
            }
            Jump jump = of(x, 0, CHANGE, LENGTH);
            double size = jump.after() - jump.before();
            sum += size / 200;
            covered += Math.abs(size - 3) < 1.97 * jump.error() ? 1 : 0;
        }
        assertThat(sum).isCloseTo(3, within(0.12));
        assertThat(covered).isGreaterThan(180);
    }

    @ParameterizedTest
    @CsvSource({"30, 65", "50, 75"})
    void a_slope_that_was_taken_for_a_stair_is_a_slope(int first, int second) {
        double sum = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[] x = noise(seed, 1);
            for (int i = 0; i < LENGTH; i++) {
                x[i] += 5.0 * i / LENGTH + (i < CHANGE ? 0 : 3);
            }
            Jump jump = of(x, 0, first, second, CHANGE, LENGTH);
            sum += (jump.after() - jump.before()) / 200;
        }
        // without the slope 5 / 130 times half of both sides would be added: about 1.2
        assertThat(sum).isCloseTo(3, within(0.3));
    }

    @Test
    void a_stair_that_begins_where_values_happen_to_be_high_does_not_make_the_step_smaller() {
        double sum = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[] x = noise(seed, 1);
            for (int i = 0; i < LENGTH; i++) {
                x[i] += 8.0 * i / LENGTH + (i < CHANGE ? 0 : 5);
            }
            int stair = 40;
            for (int place = 40; place < 90; place++) {
                if (mean(x, place, place + 10) - 8.0 * place / LENGTH
                        > mean(x, stair, stair + 10) - 8.0 * stair / LENGTH) {
                    stair = place;
                }
            }
            Jump jump = of(x, 0, stair, CHANGE, LENGTH);
            sum += (jump.after() - jump.before()) / 200;
        }
        // by the level of the last stair alone it is 4.8
        assertThat(sum).isCloseTo(5, within(0.1));
    }

    @Test
    void what_may_be_a_slope_makes_the_step_less_certain() {
        double flat = 0;
        double sloped = 0;
        double doubtful = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[] x = noise(seed, 1);
            double[] climbing = x.clone();
            double[] perhaps = x.clone();
            for (int i = 0; i < LENGTH; i++) {
                climbing[i] += 8.0 * i / LENGTH;
                perhaps[i] += 1.3 * i / LENGTH;
            }
            for (int i = CHANGE; i < LENGTH; i++) {
                x[i] += 5;
                climbing[i] += 5;
                perhaps[i] += 5;
            }
            flat += of(x, 0, CHANGE, LENGTH).error() / 200;
            sloped += of(climbing, 0, CHANGE, LENGTH).error() / 200;
            doubtful += of(perhaps, 0, CHANGE, LENGTH).error() / 200;
        }
        assertThat(flat).isLessThan(0.24);
        // 1 / 30 + 1 / 100 and the slope's error of 0.00342 times 65
        assertThat(sloped).isCloseTo(0.304, within(0.015));
        assertThat(doubtful).isGreaterThan(sloped + 0.005);
    }

    @ParameterizedTest
    @CsvSource({"8, 2.4", "15, 2.7", "60, 2.8"})
    void noise_that_grew_before_the_step_is_expected_after_it(int loud, double expected) {
        double errors = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[] x = noise(seed, 1);
            for (int i = CHANGE - loud; i < CHANGE; i++) {
                x[i] *= 3;
            }
            // three values tell next to nothing of their own noise
            errors += of(x, 0, CHANGE, CHANGE + 3).error() / 200;
        }
        assertThat(errors * Math.sqrt(3)).isBetween(expected - 0.3, expected + 0.3);
    }

    @Test
    void levels_without_a_slope_are_hardly_ever_a_line() {
        int lines = 0;
        double probability = 0;
        for (long seed = 1; seed <= 300; seed++) {
            double[] x = noise(seed, 1);
            for (int i = CHANGE; i < LENGTH; i++) {
                x[i] += 3;
            }
            double found = Jump.Line.of(x, new int[] {0, CHANGE, LENGTH}, NOISE, new Robust(LENGTH))
                    .map(Jump.Line::probability)
                    .orElse(0.0);
            lines += found > 0.5 ? 1 : 0;
            probability += found / 300;
        }
        assertThat(lines).isLessThanOrEqualTo(3);
        assertThat(probability).isLessThan(0.03);
    }

    @Test
    void the_error_of_coarse_values_is_that_of_their_means() {
        double errors = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[] x = noise(seed, 1);
            double offset = seed / 100.0;
            for (int i = 0; i < LENGTH; i++) {
                x[i] = 2 * Math.rint((x[i] + offset + (i < CHANGE ? 0 : 7)) / 2);
            }
            errors += of(x, 0, CHANGE, LENGTH).error() / 200;
        }
        // a variance of 1, and 1 / 3 for rounding to ticks of 2
        assertThat(errors).isCloseTo(Math.sqrt(4 / 3.0 * (1.0 / 100 + 1.0 / 30)), within(0.015));
    }

    @Test
    void one_value_on_a_side_and_equal_values_have_an_error_too() {
        assertThat(of(noise(1, 1), 0, LENGTH - 1, LENGTH).error()).isBetween(0.5, 1.5);
        assertThat(of(new double[12], 0, 6, 12).error()).isPositive();
    }
}
