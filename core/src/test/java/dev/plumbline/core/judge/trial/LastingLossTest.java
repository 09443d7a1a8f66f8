package dev.plumbline.core.judge.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastingLossTest {
    private static final int SEEDS = 400;

    /** An AR(1) series of deviation 1. */
    private static double[] noise(long seed, int count, double correlation) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double innovation = random.nextGaussian() * Math.sqrt(1 - correlation * correlation);
            values[i] = i == 0 ? random.nextGaussian() : correlation * values[i - 1] + innovation;
        }
        return values;
    }

    private static double probability(double[] level, double... held) {
        return LastingLoss.probability(level, held, 1).orElse(1);
    }

    /**
     * The border is where the values look worst, as it is where an anchor keeps the worse ones out. A correlation of
     * 0.5 is estimated too small now and then.
     */
    @ParameterizedTest
    @CsvSource({"0, 0.05", "0.3, 0.05", "0.5, 0.06"})
    void of_one_level_no_more_are_called_than_the_probability_says(double correlation, double limit) {
        int called = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            double[] values = noise(seed, 30, correlation);
            double least = 1;
            for (int border = 4; border <= 24; border++) {
                least = Math.min(
                        least,
                        probability(Arrays.copyOf(values, border), Arrays.copyOfRange(values, border, values.length)));
            }
            called += least <= limit ? 1 : 0;
        }

        assertThat((double) called / SEEDS).isLessThanOrEqualTo(limit);
    }

    /** In a suite of forty, with a quarter of its error rate. */
    @Test
    void ten_runs_and_twenty_that_are_three_and_a_half_deviations_worse_are_plainly_two_levels() {
        int found = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            double[] held = Arrays.stream(noise(SEEDS + seed, 20, 0))
                    .map(value -> value + 3.5)
                    .toArray();
            found += 40 * probability(noise(seed, 10, 0), held) <= 0.0125 ? 1 : 0;
        }

        assertThat(found).isGreaterThan(SEEDS * 95 / 100);
    }

    @Test
    void only_what_is_worse_counts() {
        double[] level = noise(1, 10, 0);
        double[] held = Arrays.stream(noise(2, 20, 0)).map(value -> value + 4).toArray();

        assertThat(LastingLoss.probability(level, held, 1).orElseThrow()).isLessThan(1e-6);
        assertThat(LastingLoss.probability(level, held, -1).orElseThrow()).isEqualTo(1);
    }

    @Test
    void one_spike_is_no_level() {
        double[] held = noise(3, 8, 0);
        held[4] = 1000;

        assertThat(probability(noise(4, 10, 0), held)).isGreaterThan(0.05);
    }

    @Test
    void nothing_is_known_of_few_values_and_of_those_that_never_differ() {
        assertThat(LastingLoss.probability(new double[3], noise(1, 20, 0), 1)).isEmpty();
        assertThat(LastingLoss.probability(noise(1, 20, 0), new double[5], 1)).isEmpty();
        assertThat(LastingLoss.probability(new double[10], new double[10], 1)).isEmpty();
    }
}
