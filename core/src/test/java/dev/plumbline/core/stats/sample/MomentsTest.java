package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
    @Test
    void moments_are_those_of_the_textbook() {
        Moments moments = Moments.of(new double[] {2, 3, 7});

        // (2 - 4)² + (3 - 4)² + (7 - 4)²
        assertThat(moments).isEqualTo(new Moments(3, 4, 14));
        assertThat(moments.variance()).isEqualTo(7);
        assertThat(moments.to(new Moments(1, 5.5, 0))).isEqualTo(1.5);
    }

    @Test
    void two_values_have_a_variance_and_one_has_none() {
        assertThat(Moments.of(new double[] {1, 4}).variance()).isEqualTo(4.5);
        assertThat(Moments.of(new double[] {4}).variance()).isZero();
    }

    /** Of two values at a distance the deviation of each is half of it: 2e-15 of the mean is rounding. */
    @ParameterizedTest
    @CsvSource({
        "1e6, 3e-9, true",
        "1e6, 5e-9, false",
        "-1e6, 3e-9, true",
        "-1e6, 5e-9, false",
        "0.001, 3e-15, true",
        "0.001, 5e-15, false"
    })
    void scatter_that_rounding_makes_is_none(double value, double distance, boolean isRounding) {
        Moments moments = Moments.of(new double[] {value, value + distance});

        double half = (value + distance - value) / 2;
        assertThat(moments.squares()).isCloseTo(isRounding ? 0 : 2 * half * half, within(2 * half * half / 10));
        assertThat(moments.variance() == 0).isEqualTo(isRounding);
    }

    @ParameterizedTest
    @CsvSource({
        "1e6, 1.5e-9, true",
        "1e6, 2.5e-9, false",
        "-1e6, 1.5e-9, true",
        "-1e6, 2.5e-9, false",
        "0.001, 1.5e-15, true",
        "0.001, 2.5e-15, false"
    })
    void a_difference_that_rounding_makes_is_none(double mean, double distance, boolean isRounding) {
        Moments one = new Moments(3, mean, 0);
        Moments other = new Moments(3, mean + distance, 0);

        assertThat(one.to(other)).isEqualTo(isRounding ? 0 : mean + distance - mean);
        assertThat(other.to(one)).isEqualTo(-one.to(other));
    }
}
