package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
    private static double[] noisy(long seed, int runs) {
        Random random = new Random(seed);
        double[] values = new double[runs];
        for (int i = 0; i < runs; i++) {
            values[i] = 4 + 0.01 * random.nextGaussian();
        }
        return values;
    }

    private static double median(double... values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        return SortedWindow.middle(ascending, ascending.length);
    }

    @Test
    void runs_without_a_value_are_left_out() {
        Column column = Column.of(new double[] {1, Double.NaN, 2, Double.NaN, 3}, 1, 0, false);

        assertThat(column.at).containsExactly(0, 2, 4);
        assertThat(column.values).containsExactly(1, 2, 3);
        assertThat(column.candidate).isEqualTo(2);
    }

    @Test
    void the_level_before_a_value_is_the_median_of_the_twenty_before_it() {
        double[] values = noisy(1, 40);
        Column column = Column.of(values, 1, 0, false);

        for (int i = 0; i < 4; i++) {
            assertThat(column.residuals[i]).isNaN();
        }
        for (int i = 4; i < 40; i++) {
            double level = median(Arrays.copyOfRange(values, Math.max(0, i - 20), i));
            assertThat(column.middles[i]).isEqualTo(level);
            assertThat(column.residuals[i]).isEqualTo(values[i] - level);
            assertThat(column.wander[i]).isEqualTo(Math.max(0.1, 1.57 / Math.min(20, i)), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 21, 22, 60, 79, 80, 81, 119})
    void what_is_asked_of_later_values_is_the_same_without_the_levels_of_earlier_ones(int askedFrom) {
        double[] values = noisy(4, 120);
        for (int i = 80; i < 120; i++) {
            values[i] += 0.2;
        }
        int[] runs = IntStream.range(0, 120).toArray();
        Column whole = Column.of(values, runs, 2, 80, 0, false);
        Column later = Column.of(values, runs, 2, 80, askedFrom, false);

        for (int i = askedFrom; i < 120; i++) {
            assertThat(later.residuals[i]).isEqualTo(whole.residuals[i], within(0.0));
            assertThat(later.middles[i]).isEqualTo(whole.middles[i], within(0.0));
            assertThat(later.wander[i]).isEqualTo(whole.wander[i]);
        }
        for (int i = 0; i < askedFrom; i++) {
            assertThat(later.residuals[i]).isNaN();
        }
    }

    @Test
    void where_the_latest_eight_lie_apart_they_are_the_level() {
        double[] values = noisy(2, 40);
        for (int i = 31; i < 40; i++) {
            values[i] += 0.1;
        }
        Column column = Column.of(values, 1, 0, false);

        assertThat(column.residuals[39]).isEqualTo(values[39] - median(Arrays.copyOfRange(values, 31, 39)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10, 30})
    void judged_values_are_no_level_for_one_another(int judged) {
        double[] values = Arrays.copyOf(noisy(3, 30), 30 + judged);
        Arrays.fill(values, 30, 30 + judged, 4.2);
        Column column = Column.of(values, judged, 0, false);

        double level = median(Arrays.copyOfRange(values, 10, 30));
        for (int i = 30; i < 30 + judged; i++) {
            assertThat(column.residuals[i]).isEqualTo(4.2 - level);
        }
    }

    @Test
    void runs_before_the_current_level_tell_no_level_after_it() {
        double[] values = noisy(4, 40);
        for (int i = 38; i < 40; i++) {
            values[i] += 1;
        }
        Column column = Column.of(values, 1, 38, false);

        assertThat(column.residuals[39]).isEqualTo(values[39] - values[38]);
        assertThat(column.wander[39]).isEqualTo(1.5);
    }

    @Test
    void a_level_stays_where_the_next_values_are_near_it() {
        double[] values = noisy(5, 60);
        for (int i = 45; i < 60; i++) {
            values[i] += 0.1;
        }
        Column column = Column.of(values, 1, 0, false);

        assertThat(column.isUnmoved(25, 0.02)).isTrue();
        assertThat(column.isUnmoved(45, 0.02)).isFalse();
        // five values at least have to tell
        assertThat(column.isUnmoved(54, 1)).isTrue();
        assertThat(column.isUnmoved(55, 1)).isFalse();
        assertThat(column.isUnmoved(3, 1)).isFalse();
    }
}
