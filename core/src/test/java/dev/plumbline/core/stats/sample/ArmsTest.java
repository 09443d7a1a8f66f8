package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.sample.Arms.KnownVariance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmsTest {
    private static final KnownVariance HISTORY = new KnownVariance(0.25, 12);
    private static final KnownVariance WITHIN = new KnownVariance(0.04, 30);

    @Test
    void a_fork_counts_by_the_logarithm_of_its_mean() {
        Arms arms = Arms.ofIterations(new double[][] {{1, 3}, {5, 7, 9}}, new double[][] {{4}});

        assertThat(arms.scale()).isEqualTo(Scale.LOG);
        assertThat(arms.base()).containsExactly(Math.log(2), Math.log(7));
        assertThat(arms.candidate()).containsExactly(Math.log(4));
        assertThat(arms.baseForks()).isEqualTo(2);
        assertThat(arms.candidateForks()).isEqualTo(1);
        assertThat(arms.isInterleaved()).isFalse();
        assertThat(arms.history()).isEmpty();
        assertThat(arms.runDeviation()).isZero();
    }

    @Test
    void scatter_inside_forks_is_the_pooled_variance_of_a_forks_mean() {
        Arms arms = Arms.ofIterations(new double[][] {{1, 3}, {5, 7, 9}}, new double[][] {{4, 6}, {4}});

        // variances 2, 4 and 2, relative to means of 2, 7 and 5, of 2, 3 and 2 values; a single value has no scatter
        double pooled = (1 * (2.0 / 4 / 2) + 2 * (4.0 / 49 / 3) + 1 * (2.0 / 25 / 2)) / (1 + 2 + 1);
        KnownVariance inside = arms.within().orElseThrow();
        assertThat(inside.variance()).isCloseTo(pooled, within(1e-15));
        assertThat(inside.degreesOfFreedom()).isEqualTo(4);
        assertThat(arms.withinVariance()).isEqualTo(inside.variance());
    }

    @Test
    void forks_of_one_iteration_have_no_known_scatter() {
        Arms arms = Arms.ofIterations(new double[][] {{5}, {6}}, new double[][] {{7}});

        assertThat(arms.within()).isEmpty();
        assertThat(arms.withinVariance()).isZero();
    }

    /** Values of zero have no logarithm. */
    @Test
    void without_logarithms_scatter_is_relative_to_the_mean_of_the_base() {
        Arms arms = Arms.ofIterations(new double[][] {{-1, 1}, {-8, -4}}, new double[][] {{2, 4}});

        assertThat(arms.scale()).isEqualTo(Scale.RELATIVE);
        // fork means of 0, -6 and 3 by the base's mean of -3, each less than it by itself
        assertThat(arms.base()).containsExactly(1, -1);
        assertThat(arms.candidate()).containsExactly(2);
        // variances 2, 8 and 2 in units of the base's 3, of two values each
        assertThat(arms.within().orElseThrow().variance()).isCloseTo((2 + 8 + 2) / 9.0 / 2 / 3, within(1e-15));
        assertThat(arms.within().orElseThrow().degreesOfFreedom()).isEqualTo(3);
    }

    @Test
    void with_a_base_of_zero_scatter_is_in_the_unit_measured() {
        Arms arms = Arms.ofIterations(new double[][] {{-1, 1}}, new double[][] {{2, 6}});

        assertThat(arms.scale()).isEqualTo(Scale.ABSOLUTE);
        assertThat(arms.base()).containsExactly(0);
        assertThat(arms.candidate()).containsExactly(4);
        // variances 2 and 8, of two values each
        assertThat(arms.within().orElseThrow().variance()).isCloseTo((2 + 8) / 2.0 / 2, within(1e-15));
    }

    @Test
    void scatter_of_a_quantile_counts_by_the_values_of_each_fork() {
        Histogram ten = Histogram.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        Histogram five = Histogram.of(new double[] {2, 4, 8, 16, 32});

        Arms arms = Arms.ofQuantiles(List.of(ten), List.of(five, Histogram.of(new double[] {6})), 0.5);

        double ofTen = ten.quantileError(0.5, Scale.LOG, 1);
        double ofFive = five.quantileError(0.5, Scale.LOG, 1);
        assertThat(arms.within().orElseThrow().degreesOfFreedom()).isEqualTo(9 + 4);
        assertThat(arms.within().orElseThrow().variance())
                .isCloseTo((9 * ofTen * ofTen + 4 * ofFive * ofFive) / 13, within(1e-15));
    }

    /** The quantile is above zero, but the order statistics below it are not. */
    @Test
    void scatter_of_a_quantile_next_to_zeros_is_relative_to_the_quantile() {
        Histogram zeros = Histogram.of(new double[] {0, 0, 0, 0, 5, 6, 7, 8, 9, 10});

        Arms arms = Arms.ofQuantiles(List.of(zeros), List.of(zeros), 0.5);

        // 0.5 ± sqrt(0.5 * 0.5 / 10): from the fourth value to the seventh, around the fifth
        assertThat(arms.scale()).isEqualTo(Scale.LOG);
        assertThat(arms.within().orElseThrow().variance()).isCloseTo(Math.pow((7 - 0) / 5.0 / 2, 2), within(1e-15));
    }

    @Test
    void forks_that_are_missing_are_refused_by_their_side() {
        List<Histogram> one = List.of(Histogram.of(new double[] {3}));
        double[][] fork = {{1}};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofQuantiles(List.of(), one, 0.9))
                .withMessage("base has no forks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofQuantiles(one, List.of(), 0.9))
                .withMessage("candidate has no forks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofIterations(new double[0][], fork))
                .withMessage("base has no forks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofIterations(fork, new double[0][]))
                .withMessage("candidate has no forks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arms.ofIterations(fork, new double[][] {{1}, {}}))
                .withMessageStartingWith("candidate[1]: 0 values");
    }

    @Test
    void what_is_known_from_elsewhere_is_kept_by_every_further_step() {
        Arms arms = Arms.ofLogs(new double[] {0.1, 0.2}, new double[] {0.3, 0.4})
                .withHistory(HISTORY)
                .withWithin(WITHIN)
                .withRunDeviation(0.01)
                .interleaved();

        for (Arms same :
                List.of(arms, arms.withHistory(HISTORY), arms.withWithin(WITHIN), arms.withRunDeviation(0.01))) {
            assertThat(same.scale()).isEqualTo(Scale.LOG);
            assertThat(same.base()).containsExactly(0.1, 0.2);
            assertThat(same.candidate()).containsExactly(0.3, 0.4);
            assertThat(same.isInterleaved()).isTrue();
            assertThat(same.history()).contains(HISTORY);
            assertThat(same.within()).contains(WITHIN);
            assertThat(same.runDeviation()).isEqualTo(0.01);
        }
    }

    @Test
    void interleaved_forks_come_in_pairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Arms.ofLogs(new double[] {1, 2}, new double[] {1}).interleaved())
                .withMessageContaining("there are 2 and 1");
    }

    @Test
    void arms_do_not_change_with_the_arrays_they_were_made_from_or_gave() {
        double[] base = {1, 2};
        double[] candidate = {3};
        Arms arms = Arms.ofLogs(base, candidate);

        base[0] = 9;
        candidate[0] = 9;
        arms.base()[1] = 9;
        arms.candidate()[0] = 9;

        assertThat(arms.base()).containsExactly(1, 2);
        assertThat(arms.candidate()).containsExactly(3);
    }

    @Test
    void a_variance_of_zero_is_one() {
        assertThat(new KnownVariance(0, 0.5).variance()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 3", "NaN, 3", "Infinity, 3", "1, 0", "1, -1", "1, NaN", "1, Infinity"})
    void a_variance_below_zero_or_without_degrees_of_freedom_is_none(double variance, double degrees) {
        assertThatIllegalArgumentException().isThrownBy(() -> new KnownVariance(variance, degrees));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void runs_cannot_scatter_by_less_than_nothing(double deviation) {
        Arms arms = Arms.ofLogs(new double[] {1}, new double[] {1});

        assertThatIllegalArgumentException().isThrownBy(() -> arms.withRunDeviation(deviation));
    }
}
