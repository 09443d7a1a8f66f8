package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How rare several surprising runs are together, and how large a surprise is that is so rare. */
class SuiteTailOfRunsTest {
    /** Surprises 1 to 999: a surprise of s is reached by (1001 - s) of 1000, this one among them. */
    private static SuiteTail tail() {
        return SuiteTail.of(
                List.of(IntStream.rangeClosed(1, 999).mapToDouble(i -> i).toArray()));
    }

    @Test
    void few_runs_are_as_rare_as_the_least_surprising_of_them_each_time() {
        assertThat(tail().probability(501)).isEqualTo(0.5);
        assertThat(tail().probabilityOfAll(new double[] {501, 900, 700})).isEqualTo(2 * 0.125, within(1e-12));
        assertThat(tail().probabilityOfAll(new double[] {501})).isEqualTo(0.5);
    }

    @Test
    void one_of_four_may_be_calm() {
        // binom.sf(2, 4, 0.25) = 0.05078125, and all four of them have probability 1: paid twice, and for both
        // questions
        assertThat(tail().probability(751)).isEqualTo(0.25);
        assertThat(tail().probabilityOfAll(new double[] {751, 0, 800, 900})).isEqualTo(4 * 0.05078125, within(1e-12));
    }

    @Test
    void runs_that_lie_close_together_are_rarer_than_ones_far_apart() {
        // 0.501 reach 500, and 2 of 1000 lie in the range from 500 to 500, this one among them
        assertThat(tail().probabilityOfAll(new double[] {500, 500})).isEqualTo(2 * 2 * 0.501 * 0.002, within(1e-12));
        assertThat(tail().probabilityOfAll(new double[] {500, 999})).isEqualTo(2 * 0.501 * 0.501, within(1e-12));
    }

    @Test
    void two_calm_ones_of_four_are_one_too_many() {
        assertThat(tail().probabilityOfAll(new double[] {999, 0, 0, 999})).isEqualTo(1);
    }

    @Test
    void no_runs_prove_nothing() {
        assertThat(tail().probabilityOfAll(new double[0])).isEqualTo(1);
    }

    @Test
    void the_surprise_of_a_probability_has_that_probability() {
        for (double probability : new double[] {1e-9, 1e-4, 0.0015, 0.2, 0.5, 0.95}) {
            double surprise = tail().surpriseAt(probability);

            assertThat(tail().probability(surprise * (1 + 1e-12))).isLessThanOrEqualTo(probability);
            assertThat(tail().probability(surprise - 1.01)).isGreaterThan(probability);
        }
    }

    @Test
    void an_unknown_tail_has_no_rare_surprise() {
        assertThat(SuiteTail.of(List.of()).surpriseAt(0.01)).isInfinite();
        assertThat(tail().surpriseAt(1)).isZero();
    }
}
