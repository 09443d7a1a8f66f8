package dev.plumbline.core.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.stats.distribution.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectTest {
    @ParameterizedTest
    @CsvSource({
        "100, 125, 0.25",
        "100, 75, -0.25",
        "100, 100, 0",
        // of a level below zero it counts in its magnitude, and upwards is more
        "-100, -75, 0.25",
        "-100, -125, -0.25",
        "-100, 100, 2",
        "100, 0, -1",
    })
    void a_relative_change_is_a_share_of_the_level_before(double before, double after, double change) {
        assertThat(Effect.relativeChange(before, after)).isEqualTo(change);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, -0.0, 0", "0, 1e-300, Infinity", "0, -1e-300, -Infinity", "-0.0, 1, Infinity"})
    void nothing_is_a_share_of_zero_but_nothing(double before, double after, double change) {
        assertThat(Effect.relativeChange(before, after)).isEqualTo(change);
    }

    @Test
    void a_change_is_a_number() {
        Interval any = Interval.unbounded(0.95);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Effect(3, 4, Double.NaN, any))
                .withMessage("a relative change from 3.0 to 4.0 is a number");
        assertThat(new Effect(0, 4, Double.POSITIVE_INFINITY, any).relativeChange())
                .isInfinite();
    }
}
