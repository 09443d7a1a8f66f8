package dev.plumbline.core.stats.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    private static final Interval INTERVAL = new Interval(1, 3, 0.95);

    @ParameterizedTest
    @CsvSource({"0.9, false", "1, true", "2, true", "3, true", "3.1, false"})
    void ends_belong_to_it(double value, boolean isContained) {
        assertThat(INTERVAL.contains(value)).isEqualTo(isContained);
    }

    @ParameterizedTest
    @CsvSource({"0.9, 3.1, true", "1, 3.1, false", "0.9, 3, false", "1.1, 3.1, false", "0.9, 2.9, false"})
    void it_lies_inside_another_only_if_it_does_not_touch_its_ends(double lower, double upper, boolean isInside) {
        assertThat(INTERVAL.isInside(lower, upper)).isEqualTo(isInside);
    }

    @Test
    void its_width_is_the_distance_of_its_ends() {
        assertThat(INTERVAL.width()).isEqualTo(2);
        assertThat(new Interval(3, 3, 0.95).width()).isZero();
        assertThat(new Interval(3, Double.POSITIVE_INFINITY, 0.95).width()).isInfinite();
    }

    @Test
    void one_that_says_nothing_has_no_ends() {
        assertThat(Interval.unbounded(0.9))
                .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.9));
    }

    @Test
    void a_confidence_may_be_none_or_certainty() {
        assertThat(new Interval(1, 3, 0).confidence()).isZero();
        assertThat(new Interval(1, 3, 1).confidence()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 0.95", "NaN, 1, 0.95", "1, NaN, 0.95", "1, 3, -0.1", "1, 3, 1.1", "1, 3, NaN"})
    void ends_out_of_order_and_other_confidences_are_refused(double low, double high, double confidence) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(low, high, confidence));
    }
}
