package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallSortTest {
    @Test
    void sorts_as_the_library_does() {
        SplittableRandom random = new SplittableRandom(61);
        for (int trial = 0; trial < 5_000; trial++) {
            double[] values = random.doubles(random.nextInt(140), -1, 1).toArray();
            switch (trial % 5) {
                case 0 -> Arrays.setAll(values, i -> Math.rint(values[i] * 5));
                case 1 -> Arrays.setAll(values, i -> values[i] * 1.7e308);
                case 2 -> Arrays.setAll(values, i -> Math.pow(values[i], 301));
                case 3 -> Arrays.setAll(values, i -> Double.MIN_VALUE * Math.rint(values[i] * 1e6));
                default -> Arrays.setAll(values, i -> values[i] + 1e6);
            }
            // adding zero makes one of the two zeros
            Arrays.setAll(values, i -> values[i] + 0.0);
            double[] before = values.clone();
            double[] expected = values.clone();
            Arrays.sort(expected);
            assertThat(SmallSort.sorted(values)).containsExactly(expected);
            assertThat(values).containsExactly(before);
        }
    }
}
