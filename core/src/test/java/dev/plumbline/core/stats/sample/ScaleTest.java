package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static final double[] POSITIVE = {1, 2, 3};

    @Test
    void the_finest_scale_is_the_one_that_the_values_allow() {
        assertThat(Scale.finest(POSITIVE, POSITIVE)).isEqualTo(Scale.LOG);
        assertThat(Scale.finest(POSITIVE, new double[] {1, 0})).isEqualTo(Scale.RELATIVE);
        assertThat(Scale.finest(new double[] {1, 0}, POSITIVE)).isEqualTo(Scale.RELATIVE);
        assertThat(Scale.finest(new double[] {-1, -2}, POSITIVE)).isEqualTo(Scale.RELATIVE);
        assertThat(Scale.finest(new double[] {-1, 1}, POSITIVE)).isEqualTo(Scale.ABSOLUTE);
        assertThat(Scale.finest(new double[] {0}, POSITIVE)).isEqualTo(Scale.ABSOLUTE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scale.finest(new double[0], POSITIVE))
                .withMessageStartingWith("base");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scale.finest(POSITIVE, new double[] {1, Double.NaN}))
                .withMessageStartingWith("candidate[1]");
    }

    @Test
    void values_are_logarithms_or_distances_from_the_origin_in_its_size_or_themselves() {
        assertThat(Scale.LOG.of(POSITIVE, 100)).containsExactly(Math.log(1), Math.log(2), Math.log(3));
        assertThat(Scale.RELATIVE.of(new double[] {0, 4, 6}, 4)).containsExactly(-1, 0, 0.5);
        // a rise is one also from below zero
        assertThat(Scale.RELATIVE.of(new double[] {-6, -4, 0}, -4)).containsExactly(-0.5, 0, 1);
        assertThat(Scale.ABSOLUTE.of(new double[] {-2, 5}, 100)).containsExactly(-2, 5);
    }

    @Test
    void what_is_relative_to_next_to_nothing_ends_where_squares_still_add_up() {
        assertThat(Scale.RELATIVE.of(new double[] {-1, 1}, 1e-200)).containsExactly(-1e100, 1e100);
    }

    @Test
    void values_that_a_scale_does_not_have_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Scale.LOG.of(new double[] {1, 0}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Scale.RELATIVE.of(new double[] {Double.NaN}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Scale.ABSOLUTE.of(new double[] {Double.NaN}, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scale.RELATIVE.of(POSITIVE, 0))
                .withMessage("nothing can be relative to 0.0");
    }

    @Test
    void a_difference_is_told_as_a_ratio_and_as_a_change() {
        assertThat(Scale.LOG.ratio(Math.log(1.5))).isCloseTo(1.5, within(1e-15));
        assertThat(Scale.RELATIVE.ratio(0.25)).isEqualTo(1.25);
        assertThat(Scale.LOG.relativeChange(Math.log(1.5))).isCloseTo(0.5, within(1e-15));
        assertThat(Scale.RELATIVE.relativeChange(0.25)).isEqualTo(0.25);
    }

    @Test
    void to_a_base_of_zero_there_is_no_ratio_but_of_no_difference() {
        assertThat(Scale.ABSOLUTE.ratio(0)).isEqualTo(1);
        assertThat(Scale.ABSOLUTE.ratio(2)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Scale.ABSOLUTE.ratio(-2)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Scale.ABSOLUTE.relativeChange(0)).isZero();
        assertThat(Scale.ABSOLUTE.relativeChange(2)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Scale.ABSOLUTE.relativeChange(-2)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void a_change_is_a_difference_of_logarithms_or_itself() {
        assertThat(Scale.LOG.difference(0.5)).isCloseTo(Math.log(1.5), within(1e-15));
        assertThat(Scale.RELATIVE.difference(0.5)).isEqualTo(0.5);
        assertThat(Scale.ABSOLUTE.difference(0.5)).isEqualTo(0.5);
    }

    @Test
    void an_interval_of_differences_is_one_of_ratios_with_the_same_confidence() {
        assertThat(Scale.RELATIVE.ratio(new Interval(-0.25, 0.5, 0.9))).isEqualTo(new Interval(0.75, 1.5, 0.9));
    }
}
