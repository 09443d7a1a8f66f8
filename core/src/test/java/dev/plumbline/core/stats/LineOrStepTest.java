package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.sample.Location;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineOrStepTest {
    private static double[] noise(int size, long seed) {
        Random random = new Random(seed);
        return random.doubles(size, -1, 1).toArray();
    }

    /** The definition, without any capping: for noise of a bounded size nothing is far. */
    private static double literally(double[] values, double first, double last) {
        int n = values.length;
        double line = 0;
        for (int i = 0; i < n; i++) {
            line += Math.pow(values[i] - first - (last - first) * i / (n - 1), 2);
        }
        double step = Double.POSITIVE_INFINITY;
        for (int cut = 1; cut < n; cut++) {
            double sum = 0;
            for (double[] side :
                    new double[][] {Arrays.copyOfRange(values, 0, cut), Arrays.copyOfRange(values, cut, n)}) {
                double mean = Location.mean(side);
                sum += Arrays.stream(side)
                        .map(value -> (value - mean) * (value - mean))
                        .sum();
            }
            step = Math.min(step, sum);
        }
        return n / 2.0 * Math.log(step / line);
    }

    @Test
    void it_is_the_ratio_of_the_profile_likelihoods() {
        for (long seed = 0; seed < 50; seed++) {
            double[] values = noise(40, seed);
            for (int i = 0; i < values.length; i++) {
                values[i] += 100 + 0.1 * i;
            }
            assertThat(LineOrStep.evidence(values, 100, 103.9))
                    .as("seed %d", seed)
                    .isCloseTo(literally(values, 100, 103.9), within(1e-8));
        }
    }

    @Test
    void a_line_is_a_line_and_a_step_is_none() {
        double[] line = noise(80, 1);
        double[] step = noise(80, 2);
        for (int i = 0; i < 80; i++) {
            line[i] += 0.05 * i;
            step[i] += i < 40 ? 0 : 3;
        }

        assertThat(LineOrStep.evidence(line, 0, 3.95)).isGreaterThan(5);
        assertThat(LineOrStep.isLine(line, 0, 3.95)).isTrue();
        assertThat(LineOrStep.evidence(step, -0.75, 3.75)).isLessThan(-5);
        assertThat(LineOrStep.isLine(step, -0.75, 3.75)).isFalse();
    }

    @Test
    void one_value_far_off_decides_nothing() {
        double[] line = noise(80, 1);
        for (int i = 0; i < 80; i++) {
            line[i] += 0.05 * i;
        }
        double before = LineOrStep.evidence(line, 0, 3.95);
        line[70] = 1000;

        assertThat(LineOrStep.evidence(line, 0, 3.95)).isCloseTo(before, within(4.0));
    }

    @Test
    void values_on_the_line_are_certain_and_equal_values_are_neither() {
        assertThat(LineOrStep.evidence(new double[] {1, 2, 3, 4, 5}, 1, 5))
                .isInfinite()
                .isPositive();
        assertThat(LineOrStep.evidence(new double[] {7, 7, 7, 7}, 7, 7)).isZero();
        assertThatThrownBy(() -> LineOrStep.evidence(new double[] {1, 2, Double.NaN, 4}, 1, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LineOrStep.evidence(new double[] {1, 2, 3}, 1, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
