package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DetectableTest {
    private static String sentence(OptionalDouble change, int runs, double asked, OptionalInt needed, double margin) {
        return new Detectable(change, runs, asked, needed, margin).sentence();
    }

    @Test
    void what_is_enough_is_told_alone() {
        assertThat(sentence(OptionalDouble.of(0.04), 1, 0.05, OptionalInt.empty(), 0.02))
                .isEqualTo("this benchmark can detect changes of 4 % or more with one run");
        assertThat(sentence(OptionalDouble.of(0.05), 3, 0.05, OptionalInt.empty(), 0.02))
                .isEqualTo("this benchmark can detect changes of 5 % or more with 3 runs");
    }

    @Test
    void what_is_not_enough_is_told_with_what_would_be() {
        assertThat(sentence(OptionalDouble.of(0.1166), 1, 0.05, OptionalInt.of(6), 0.02))
                .isEqualTo("this benchmark can only detect changes of 11.7 % or more with one run; it needs 6 runs of a"
                        + " revision, or quieter hardware, to see 5 %");
        assertThat(sentence(OptionalDouble.of(0.051), 1, 0.05, OptionalInt.empty(), 0.02))
                .endsWith("; not even 20 runs of a revision would see 5 %: it needs a longer history or quieter"
                        + " hardware");
    }

    @Test
    void a_margin_above_what_is_asked_for_says_what_does_not_matter() {
        assertThat(sentence(OptionalDouble.of(0.3), 1, 0.05, OptionalInt.of(9), 0.254))
                .isEqualTo(
                        "this benchmark can only detect changes of 30 % or more with one run: ones below 25.4 % do not"
                                + " matter by its margin");
        assertThat(sentence(OptionalDouble.of(0.3), 1, 0.05, OptionalInt.of(9), 0.05))
                .endsWith("to see 5 %");
    }

    @Test
    void where_no_size_is_known_to_be_found_that_is_said() {
        assertThat(sentence(OptionalDouble.empty(), 1, 0.05, OptionalInt.empty(), 0.3))
                .isEqualTo(
                        "this benchmark can detect no change of any size reliably with one run; not even 20 runs of a"
                                + " revision would see 5 %: it needs a longer history or quieter hardware");
        assertThat(sentence(OptionalDouble.empty(), 2, 0.10, OptionalInt.of(4), 0.02))
                .isEqualTo("this benchmark can detect no change of any size reliably with 2 runs; it needs 4 runs of a"
                        + " revision, or quieter hardware, to see 10 %");
    }
}
