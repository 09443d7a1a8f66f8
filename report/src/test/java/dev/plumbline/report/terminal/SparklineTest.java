package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {

    @Test
    void draws_the_smallest_lowest_and_the_largest_highest() {
        assertThat(Sparkline.of(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), 20, true))
                .isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(Sparkline.of(List.of(7.0, 0.0), 20, false)).isEqualTo("#_");
    }

    @Test
    void draws_the_newest_values_when_there_is_no_room_for_all() {
        assertThat(Sparkline.of(List.of(100.0, 1.0, 2.0), 2, true)).isEqualTo("▁█");
    }

    @Test
    void draws_all_values_with_the_median_of_those_that_share_a_bar() {
        assertThat(Sparkline.ofAll(List.of(1.0, 9.0, 1.0, 8.0, 8.0, 0.0), 2, true))
                .isEqualTo("▁█");
        assertThat(Sparkline.ofAll(List.of(1.0, 2.0), 9, true)).isEqualTo("▁█");
        assertThat(Sparkline.ofAll(List.of(Double.NaN, Double.NaN, 1.0, 1.0), 2, true))
                .isEqualTo("?▄");
        assertThat(Sparkline.ofAll(List.of(), 9, true)).isEmpty();
    }

    @Test
    void draws_equal_values_half_high() {
        assertThat(Sparkline.of(List.of(5.0, 5.0), 9, true)).isEqualTo("▄▄");
        assertThat(Sparkline.of(List.of(0.0), 9, true)).isEqualTo("▄");
    }

    @Test
    void draws_values_that_are_alike_to_a_thousandth_as_equal() {
        assertThat(Sparkline.of(List.of(576.01, 576.0, 576.02), 9, true)).isEqualTo("▄▄▄");
        assertThat(Sparkline.of(List.of(576.0, 578.0), 9, true)).isEqualTo("▁█");
    }

    @Test
    void draws_nothing_for_no_values_and_a_question_mark_for_no_number() {
        assertThat(Sparkline.of(List.of(), 9, true)).isEmpty();
        assertThat(Sparkline.of(List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY, 2.0), 9, true))
                .isEqualTo("▁??█");
    }

    @Test
    void does_not_overflow_between_the_largest_numbers() {
        assertThat(Sparkline.of(List.of(-Double.MAX_VALUE, 0.0, Double.MAX_VALUE), 9, true))
                .isEqualTo("▁▅█");
        assertThat(Sparkline.of(List.of(Double.MIN_VALUE, 0.0), 9, true)).hasSize(2);
    }
}
