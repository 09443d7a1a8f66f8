package dev.plumbline.report.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Sample;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw values, thinned for a drawing. */
class DistributionTest {
    private static Distribution of(Sample... samples) {
        return Distribution.of("base", List.of(samples), 1);
    }

    private static Sample values(double... values) {
        return Sample.Values.of(Sample.Center.MEAN, values);
    }

    private static Sample bins(double[] values, long... counts) {
        return Sample.Histogram.of(List.of(new Sample.Histogram.Bins(values, counts)));
    }

    @Test
    void few_values_are_all_there_in_the_order_of_their_groups() {
        Distribution shown =
                of(Sample.Values.of(Sample.Center.MEAN, List.of(new double[] {3, 1}, new double[] {2})), values(5, 4));

        assertThat(shown.values()).containsExactly(3.0, 1.0, 2.0, 5.0, 4.0);
        assertThat(shown.total()).isEqualTo(5);
    }

    @Test
    void values_are_shown_in_the_unit_of_the_series() {
        Distribution shown = Distribution.of("base", List.of(values(1.5, 2)), 1_000);

        assertThat(shown.values()).containsExactly(1_500.0, 2_000.0);
        assertThat(Distribution.of("base", List.of(values(1e300, 1)), 1e10).values())
                .as("what is infinite in that unit cannot be drawn")
                .containsExactly(1e10);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 1_000, 99_999})
    void many_values_become_as_many_quantiles_as_a_drawing_needs(int count) {
        double[] descending =
                IntStream.range(0, count).mapToDouble(i -> count - 1 - i).toArray();

        Distribution shown = of(values(descending));

        assertThat(shown.total()).isEqualTo(count);
        assertThat(shown.values()).hasSize(Distribution.MOST).isSorted();
        assertThat(shown.values()).startsWith(0.0).endsWith(count - 1.0);
        assertThat(shown.values().get(Distribution.MOST / 2))
                .as("near the median")
                .isCloseTo(count / 2.0, within(count / 200.0));
    }

    @Test
    void four_hundred_values_are_not_thinned() {
        double[] values = DoubleStream.iterate(0, value -> value + 7 % 400)
                .limit(Distribution.MOST)
                .toArray();

        assertThat(of(values(values)).values()).hasSize(Distribution.MOST).startsWith(0.0, 7.0);
    }

    @Test
    void a_value_of_a_histogram_counts_as_often_as_it_was_measured() {
        Distribution shown = of(bins(new double[] {1, 5, 9}, 2, 1, 1));

        assertThat(shown.values()).containsExactly(1.0, 1.0, 5.0, 9.0);
        assertThat(shown.total()).isEqualTo(4);
    }

    @Test
    void counts_beyond_all_memory_are_thinned_like_any_others() {
        long many = 1L << 50;

        Distribution shown = of(bins(new double[] {1, 2}, many, 3 * many));

        assertThat(shown.total()).isEqualTo(4 * many);
        assertThat(shown.values()).hasSize(Distribution.MOST);
        assertThat(shown.values().stream().filter(value -> value == 1)).hasSize(100);
    }

    @Test
    void of_a_summary_its_quantiles_are_shown_or_else_its_only_number_and_no_number_of_values() {
        assertThat(of(Sample.Summary.of(1.2)).values()).containsExactly(1.2);
        assertThat(of(Sample.Summary.of(1.2)).total()).isZero();
        assertThat(of(Sample.Summary.of(1.2), values(3)).total()).isEqualTo(1);
    }

    @Test
    void of_nothing_there_is_nothing_to_draw() {
        assertThat(of().values()).isEmpty();
        assertThat(of().total()).isZero();
    }
}
