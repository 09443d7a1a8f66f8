package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which series of a suite are judged again. */
class AskedSeriesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 1000})
    void a_suite_of_up_to_a_thousand_is_judged_whole(int series) {
        assertThat(IntStream.range(0, series))
                .allMatch(place -> AskedSeries.of(series, none -> false).test(place));
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 9_999, 1_000_000})
    void of_a_larger_one_those_in_question_and_others_evenly_spaced(int series) {
        IntPredicate asked = AskedSeries.of(series, place -> place == 7 || place == series - 1);

        assertThat(asked.test(7)).isTrue();
        assertThat(asked.test(series - 1)).isTrue();
        int[] others = IntStream.range(0, series)
                .filter(place -> place != 7 && place != series - 1)
                .filter(asked)
                .toArray();
        assertThat(others).hasSizeBetween(499, 1000);
        assertThat(others[others.length - 1] - others[others.length - 2]).isEqualTo(others[1] - others[0]);
    }
}
