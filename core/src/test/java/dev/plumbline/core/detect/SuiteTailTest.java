package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteTailTest {
    private static final SuiteTail TAIL = SuiteTail.of(List.of(new double[] {1, 2, 2}, new double[] {0.5, 4}));

    @Test
    void a_surprise_is_as_rare_as_in_the_past() {
        // (1 + how many were at least as large) / (1 + 5)
        assertThat(TAIL.probability(0)).isEqualTo(1);
        assertThat(TAIL.probability(0.5)).isEqualTo(1);
        assertThat(TAIL.probability(0.6)).isEqualTo(5 / 6.0);
        assertThat(TAIL.probability(2)).isEqualTo(4 / 6.0);
        assertThat(TAIL.probability(2.1)).isEqualTo(2 / 6.0);
        assertThat(TAIL.probability(4)).isEqualTo(2 / 6.0);
        assertThat(TAIL.size()).isEqualTo(5);
    }

    @Test
    void beyond_the_largest_the_tail_falls_with_the_fourth_power() {
        assertThat(TAIL.probability(8)).isEqualTo(1 / 6.0 / 16, within(1e-15));
        assertThat(TAIL.probability(40)).isEqualTo(1 / 6.0 / 10_000, within(1e-15));
    }

    @Test
    void the_probability_never_rises_with_the_surprise() {
        double before = 1;
        for (double surprise = 0; surprise < 20; surprise += 0.01) {
            double probability = TAIL.probability(surprise);
            assertThat(probability).isLessThanOrEqualTo(before).isPositive();
            before = probability;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1e300, Double.POSITIVE_INFINITY})
    void an_unknown_tail_expects_everything(double surprise) {
        assertThat(SuiteTail.of(List.of()).probability(surprise)).isEqualTo(1);
        assertThat(SuiteTail.of(List.of(new double[0])).probability(surprise)).isEqualTo(1);
    }

    @Test
    void where_nothing_ever_surprised_a_surprise_is_as_rare_as_one_run_more() {
        assertThat(SuiteTail.of(List.of(new double[9])).probability(3)).isEqualTo(0.1);
    }
}
