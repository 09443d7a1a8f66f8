package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.Spread;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    @Test
    void each_deviation_is_that_of_all_others() {
        SplittableRandom random = new SplittableRandom(21);
        for (int draw = 0; draw < 3_000; draw++) {
            int ticks = draw % 4;
            double[] ascending = random.doubles(3 + random.nextInt(40))
                    .map(value -> ticks == 0 ? value : Math.rint(value * ticks))
                    .map(value -> random.nextInt(12) == 0 ? value + 50 : value)
                    .sorted()
                    .toArray();
            double[] deviations = LeftOut.deviations(ascending);
            for (int i = 0; i < ascending.length; i++) {
                int out = i;
                double[] others = IntStream.range(0, ascending.length)
                        .filter(j -> j != out)
                        .mapToDouble(j -> ascending[j])
                        .toArray();
                assertThat(deviations[i])
                        .as("draw %d, without value %d", draw, i)
                        .isCloseTo(Spread.winsorisedDeviation(others), within(1e-9));
            }
        }
    }

    @Test
    void one_value_far_off_does_not_swallow_the_scatter_of_the_others() {
        double[] ascending = {0, 0, 0, 0, 0, 0, 0, 1e-3, 1e12};

        double[] deviations = LeftOut.deviations(ascending);

        // the standard deviation of seven zeros and 1e-3: nothing is clipped where most values are equal
        assertThat(deviations[8]).isCloseTo(1e-3 / Math.sqrt(8), within(1e-12));
        assertThat(Arrays.stream(deviations, 0, 8)).allMatch(deviation -> deviation > 1e11);
    }
}
