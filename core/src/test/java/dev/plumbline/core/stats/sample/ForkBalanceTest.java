package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForkBalanceTest {
    @Test
    void follows_the_ratio_of_costs_and_variances() {
        // sqrt(8 / 2 * 1 / 0.25) = 4; sqrt(8 / 2 * 1 / 4) = 1; sqrt(98 / 2 * 1 / 0.25) = 14
        assertThat(ForkBalance.iterations(forks(0.5, 1), 8, 2)).isBetween(4, 5);
        assertThat(ForkBalance.iterations(forks(2, 1), 8, 2)).isBetween(1, 2);
        assertThat(ForkBalance.iterations(forks(0.5, 1), 98, 2)).isBetween(13, 16);
    }

    @Test
    void forks_that_do_not_differ_make_many_iterations_and_iterations_that_do_not_differ_are_one() {
        assertThat(ForkBalance.iterations(forks(0, 1), 1e9, 1)).isEqualTo(50);
        assertThat(ForkBalance.iterations(List.of(new double[] {1, 1}, new double[] {2, 2}), 5, 1))
                .isEqualTo(1);
        assertThat(ForkBalance.iterations(List.of(new double[] {1, 2}, new double[] {1, 2}), 5, 1))
                .isEqualTo(50);
    }

    @Test
    void refuses_what_tells_nothing() {
        assertThatThrownBy(() -> ForkBalance.iterations(List.of(new double[] {1, 2}), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ForkBalance.iterations(List.of(new double[] {1}, new double[] {2}), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ForkBalance.iterations(forks(1, 1), Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<double[]> forks(double between, double within) {
        SplittableRandom random = new SplittableRandom(11);
        List<double[]> forks = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            double level = 100 + between * random.nextGaussian();
            double[] values = new double[10];
            for (int j = 0; j < values.length; j++) {
                values[j] = level + within * random.nextGaussian();
            }
            forks.add(values);
        }
        return forks;
    }
}
