package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Spread;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SurprisesTest {
    private static double[] noise(SplittableRandom random, int count, int ticks) {
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            double value = random.nextGaussian() + (random.nextInt(10) == 0 ? 15 : 0);
            scores[i] = ticks == 0 ? value : Math.rint(value * ticks) / ticks;
        }
        return scores;
    }

    @Test
    void the_fast_deviation_is_the_winsorised_one() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5_000; i++) {
            double[] values = noise(random, 2 + random.nextInt(60), i % 3);
            double[] ascending = values.clone();
            Arrays.sort(ascending);
            assertThat(Winsorised.deviation(ascending, values.length))
                    .as("draw %d", i)
                    .isEqualTo(Spread.winsorisedDeviation(values), within(1e-12));
            assertThat(Winsorised.median(ascending, values.length)).isEqualTo(Location.median(values), within(1e-15));
        }
    }

    /** qnorm(0.9) standard errors of a standard deviation, sqrt(1 / (2 (n - 1))) of it, may be missing. */
    private static double careful(int count) {
        return 1 / (1 - 1.2815515655446004 * Math.sqrt(0.5 / (count - 1)));
    }

    @Test
    void every_value_is_measured_by_what_was_known_without_it() {
        SplittableRandom random = new SplittableRandom(2);
        for (int count : new int[] {5, 6, 20, 39, 40, 41, 90, 250, 256}) {
            double[] scores = noise(random, count, count % 2);
            Surprises surprises = Surprises.of(scores);
            for (int i = 0; i < count; i++) {
                int out = i;
                double[] others = IntStream.range(0, count)
                        .filter(j -> j != out)
                        .mapToDouble(j -> scores[j])
                        .toArray();
                double[] before = IntStream.range(Math.max(0, i - 20), Math.max(21, i))
                        .filter(j -> j != out)
                        .limit(20)
                        .mapToDouble(j -> scores[Math.min(j, count - 1)])
                        .toArray();
                double scatter = Spread.winsorisedDeviation(others);
                if (count >= 40) {
                    scatter = Math.max(scatter, Spread.winsorisedDeviation(before));
                }
                assertThat(surprises.distances()[i])
                        .as("value %d of %d", i, count)
                        .isEqualTo(
                                Math.abs(scores[i] - Location.median(scores)) / (scatter * careful(count)),
                                within(1e-9));
            }
        }
    }

    @Test
    void noise_that_grew_is_what_a_new_value_is_measured_by() {
        SplittableRandom random = new SplittableRandom(3);
        double[] scores = new double[80];
        for (int i = 0; i < 80; i++) {
            scores[i] = random.nextGaussian() * (i < 55 ? 1 : 5);
        }

        assertThat(Surprises.of(scores).scatter())
                .isEqualTo(careful(80) * Spread.winsorisedDeviation(Arrays.copyOfRange(scores, 60, 80)), within(1e-12));
        assertThat(Surprises.of(Arrays.copyOf(scores, 55)).scatter()).isBetween(0.7, 1.6);
    }

    @Test
    void what_never_moved_does_not_surprise() {
        Surprises surprises = Surprises.of(new double[] {3, 3, 3, 3, 3});

        assertThat(surprises.distances()).isEmpty();
        assertThat(surprises.scatter()).isZero();
        assertThat(surprises.middle()).isEqualTo(3);
    }

    @Test
    void two_values_and_values_that_but_one_are_equal_have_finite_surprises() {
        assertThat(Surprises.of(new double[] {1, 2}).distances()).containsOnly(0.06558254140870878);
        assertThat(Arrays.stream(Surprises.of(new double[] {1, 1, 1, 1, 2}).distances()))
                .allSatisfy(distance -> assertThat(distance).isFinite());
    }
}
