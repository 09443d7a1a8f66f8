package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpreadSortTest {
    @Test
    void sorts_as_the_library_does_to_the_bit() {
        SplittableRandom random = new SplittableRandom(62);
        for (int trial = 0; trial < 3_000; trial++) {
            double[] values = values(random, trial % 9, random.nextInt(trial % 100 == 0 ? 20_000 : 1_500));
            double[] before = values.clone();
            double[] expected = values.clone();
            Arrays.sort(expected);

            assertThat(bits(SpreadSort.sorted(values))).as("trial " + trial).isEqualTo(bits(expected));
            assertThat(bits(values)).as("trial " + trial).isEqualTo(bits(before));
        }
    }

    @Test
    void sorts_the_first_values_and_leaves_the_others() {
        SplittableRandom random = new SplittableRandom(63);
        for (int n : new int[] {0, 1, 127, 128, 500, 900}) {
            double[] values = values(random, 0, 1_000);
            double[] expected = values.clone();
            Arrays.sort(expected, 0, n);

            SpreadSort.sort(values, n);

            assertThat(values).as("the first " + n).isEqualTo(expected);
        }
    }

    private static double[] values(SplittableRandom random, int kind, int n) {
        double[] values = random.doubles(n, -1, 1).toArray();
        switch (kind) {
            case 0 -> Arrays.setAll(values, i -> random.nextGaussian());
            case 1 -> Arrays.setAll(values, i -> Math.rint(values[i] * 5));
            case 2 -> Arrays.setAll(values, i -> values[i] * 1.7e308);
            case 3 -> Arrays.setAll(values, i -> Math.pow(values[i], 301));
            case 4 -> Arrays.setAll(values, i -> Double.MIN_VALUE * Math.rint(values[i] * 1e6));
            case 5 -> Arrays.setAll(values, i -> random.nextInt(20) == 0 ? values[i] * 1e9 : values[i]);
            case 6 -> Arrays.setAll(values, i -> random.nextInt(300) == 0 ? Double.NaN : values[i]);
            case 7 ->
                Arrays.setAll(values, i -> switch (random.nextInt(200)) {
                    case 0 -> Double.POSITIVE_INFINITY;
                    case 1 -> Double.NEGATIVE_INFINITY;
                    case 2 -> -0.0;
                    case 3 -> 0.0;
                    default -> values[i];
                });
            default -> Arrays.setAll(values, i -> (i < n / 2 ? 1e6 : 1e6 + 3) + 1e-3 * values[i]);
        }
        return values;
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }
}
