package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedWindowTest {
    private static double median(List<Double> values) {
        List<Double> ascending = values.stream().sorted().toList();
        int size = ascending.size();
        return size % 2 == 1 ? ascending.get(size / 2) : 0.5 * (ascending.get(size / 2 - 1) + ascending.get(size / 2));
    }

    private static double deviation(List<Double> values) {
        double middle = median(values);
        return 1.4826
                * median(values.stream().map(value -> Math.abs(value - middle)).toList());
    }

    private static double[] values(SortedWindow window) {
        return IntStream.range(0, window.size()).mapToDouble(window::get).toArray();
    }

    /** Few different values, so that many are equal, and now and then one far out. */
    private static double value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3);
            case 1 -> -0.0;
            case 2 -> 1e6 * random.nextGaussian();
            default -> random.nextGaussian();
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 19, 60})
    void filled_at_once_it_goes_on_as_if_filled_one_by_one(int capacity) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(7_000L + 100L * capacity + seed);
            int begin = random.nextInt(2 * capacity + 2);
            double[] values = random.doubles(3L * capacity + 5, -3, 3).toArray();
            SortedWindow oneByOne = new SortedWindow(capacity);
            SortedWindow filled = new SortedWindow(capacity);
            for (int i = 0; i < begin; i++) {
                oneByOne.add(values[i]);
            }
            filled.fill(values, begin);
            for (int i = begin; i < values.length; i++) {
                filled.add(values[i]);
                oneByOne.add(values[i]);
                assertThat(values(filled)).isEqualTo(values(oneByOne));
                assertThat(filled.median()).isEqualTo(oneByOne.median());
                assertThat(filled.deviation()).isEqualTo(oneByOne.deviation());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 19, 20, 60})
    void it_is_the_newest_values_of_a_list_that_is_sorted_anew_each_time(int capacity) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(100L * capacity + seed);
            SortedWindow window = new SortedWindow(capacity);
            List<Double> literal = new ArrayList<>();
            for (int i = 0; i < 3 * capacity + 5; i++) {
                double value = value(random);
                window.add(value);
                literal.add(value);
                if (literal.size() > capacity) {
                    literal.remove(0);
                }
                String where = "capacity " + capacity + ", seed " + seed + ", value " + i;
                assertThat(window.size()).as(where).isEqualTo(literal.size());
                for (int age = 0; age < literal.size(); age++) {
                    assertThat(window.get(age)).as(where).isEqualTo(literal.get(age));
                }
                assertThat(window.median()).as(where).isEqualTo(median(literal), within(1e-9));
                assertThat(window.deviation()).as(where).isEqualTo(deviation(literal), within(1e-6));
            }
        }
    }

    @Test
    void without_a_value_there_is_no_middle() {
        assertThat(new SortedWindow(3).median()).isNaN();
        assertThat(new SortedWindow(3).deviation()).isNaN();
        assertThat(new SortedWindow(3).size()).isZero();
    }

    @Test
    void distances_are_taken_from_the_middle() {
        double[] ascending = {1, 2, 4, 8};

        // of 2, 1, 1, 5, and of 1, 0, 2
        assertThat(SortedWindow.medianDistance(ascending, 4)).isEqualTo(1.5);
        assertThat(SortedWindow.medianDistance(ascending, 3)).isEqualTo(1);
    }

    @Test
    void values_stand_in_the_order_of_time_and_count_up_to_a_limit() {
        SortedWindow window = new SortedWindow(3);
        List.of(9.0, 5.0, 1.0, 7.0).forEach(window::add);

        assertThat(values(window)).containsExactly(5, 1, 7);
        assertThat(window.sumUpTo(6)).isEqualTo(12);
        assertThat(values(new SortedWindow(3))).isEmpty();
    }
}
