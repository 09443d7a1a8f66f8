package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LuckyTest {
    @Test
    void a_past_that_shows_nothing_says_nothing() {
        assertThat(Lucky.of(new double[0], Better.LOWER).ofMean(0.01, 1)).isZero();
        assertThat(Lucky.of(new double[] {1, 2, 3}, Better.LOWER).ofMean(0.01, 1))
                .isZero();
    }

    @Test
    void the_better_side_is_that_of_the_metric() {
        double[] deviations = {-5, -1, 0, 1, 2};

        assertThat(Lucky.of(deviations, Better.LOWER).ofMean(0.01, 1))
                .isGreaterThan(1.5 * Lucky.of(deviations, Better.HIGHER).ofMean(0.01, 1));
    }

    @Test
    void of_many_runs_it_is_the_share_that_was_seen() {
        double[] deviations = IntStream.rangeClosed(1, 999).mapToDouble(i -> -i).toArray();

        assertThat(Lucky.of(deviations, Better.LOWER).ofMean(0.01, 1)).isEqualTo(990);
        assertThat(Lucky.of(deviations, Better.LOWER).ofMean(0.1, 1)).isEqualTo(900);
    }

    @Test
    void of_few_runs_the_three_farthest_are_drawn_out_with_the_fourth_power() {
        double[] deviations = new double[60];
        deviations[7] = -3;
        deviations[30] = -2;
        deviations[59] = -1;
        double expected = (3 * Math.pow(1 / 0.61, 0.25) + 2 * Math.pow(2 / 0.61, 0.25) + Math.pow(3 / 0.61, 0.25)) / 3;

        assertThat(Lucky.of(deviations, Better.LOWER).ofMean(0.01, 1)).isEqualTo(expected, within(1e-12));
    }

    @Test
    void one_of_several_runs_makes_their_mean_what_it_is() {
        double[] deviations = {-4, -3, -2, 0, 1};
        Lucky lucky = Lucky.of(deviations, Better.LOWER);

        assertThat(lucky.ofMean(0.01, 4)).isEqualTo(lucky.ofMean(0.0025, 1) / 4, within(1e-12));
    }

    @Test
    void one_further_run_in_a_hundred_lies_farther_whatever_the_noise() {
        assertThat(farther(SplittableRandom::nextGaussian)).isBetween(0.004, 0.013);
        assertThat(farther(random -> -Math.log(1 - random.nextDouble()))).isBetween(0.004, 0.016);
        // three degrees of freedom
        assertThat(farther(random -> {
                    double first = random.nextGaussian();
                    double second = random.nextGaussian();
                    double third = random.nextGaussian();
                    return random.nextGaussian() / Math.sqrt((first * first + second * second + third * third) / 3);
                }))
                .isBetween(0.004, 0.016);
    }

    private static double farther(ToDoubleFunction<SplittableRandom> noise) {
        SplittableRandom random = new SplittableRandom(11);
        int farther = 0;
        for (int history = 0; history < 20_000; history++) {
            double[] deviations = IntStream.range(0, 60)
                    .mapToDouble(i -> noise.applyAsDouble(random))
                    .toArray();
            double limit = Lucky.of(deviations, Better.HIGHER).ofMean(0.01, 1);
            farther += noise.applyAsDouble(random) > limit ? 1 : 0;
        }
        return farther / 20_000.0;
    }
}
