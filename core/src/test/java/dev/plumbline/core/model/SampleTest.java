package dev.plumbline.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Sample.Center;
import dev.plumbline.core.model.Sample.Histogram;
import dev.plumbline.core.model.Sample.Summary;
import dev.plumbline.core.model.Sample.Values;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    private static final double[] NONE = {};

    @Test
    void the_location_of_means_is_the_mean_of_all_values_and_not_of_the_groups() {
        Values sample = Values.of(Center.MEAN, List.of(new double[] {1, 2, 3}, new double[] {10}));

        assertThat(sample.location()).isEqualTo(4);
        assertThat(sample.groupLocations()).containsExactly(2, 10);
        assertThat(sample.groupCount()).isEqualTo(2);
        assertThat(sample.size()).isEqualTo(4);
    }

    @Test
    void the_location_of_single_executions_is_their_median() {
        assertThat(Values.of(Center.MEDIAN, 5, 1, 900).location()).isEqualTo(5);
        assertThat(Values.of(Center.MEDIAN, 4, 1, 900, 5).location()).isEqualTo(4.5);
        assertThat(Values.of(Center.MEDIAN, 7).location()).isEqualTo(7);
    }

    @Test
    void a_disturbed_fork_hardly_moves_what_stands_for_averages() {
        List<double[]> quiet = List.of(
                new double[] {10, 10.2, 9.9},
                new double[] {10.1, 10, 9.8},
                new double[] {10, 10.3, 10.1},
                new double[] {9.9, 10.1, 10});
        List<double[]> disturbed = List.of(quiet.get(0), new double[] {14, 19, 13}, quiet.get(2), quiet.get(3));

        assertThat(Values.of(Center.PSEUDOMEDIAN, quiet).location()).isEqualTo(10.05, within(1e-12));
        assertThat(Values.of(Center.PSEUDOMEDIAN, disturbed).location()).isEqualTo(10.2, within(0.06));
        assertThat(Values.of(Center.MEAN, disturbed).location()).isGreaterThan(11);
        assertThat(Values.of(Center.PSEUDOMEDIAN, disturbed).groupLocations()[1])
                .isEqualTo(15, within(1.0));
    }

    @ParameterizedTest
    @EnumSource(Center.class)
    void extreme_values_neither_overflow_nor_vanish(Center center) {
        double[] huge = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        assertThat(Values.of(center, huge).location()).isEqualTo(Double.MAX_VALUE, within(1e293));
        double[] three = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        assertThat(Values.of(center, three).location()).isEqualTo(-Double.MAX_VALUE);
        assertThat(Values.of(center, -1e300, -1e300).location()).isEqualTo(-1e300);
        assertThat(Values.of(center, 1e-300, 1e-300, 1e-300).location()).isEqualTo(1e-300, within(1e-315));
        assertThat(Values.of(center, Double.MIN_VALUE, Double.MIN_VALUE).location())
                .isEqualTo(Double.MIN_VALUE);
        assertThat(Values.of(center, 1e300, -1e300).location()).isZero();
    }

    @Test
    void what_stands_for_equal_counters_is_the_counter() {
        for (int count = 1; count <= 60; count++) {
            double[] values = new double[count];
            java.util.Arrays.fill(values, 49);
            for (Center center : Center.values()) {
                assertThat(Values.of(center, values).location())
                        .as("%s of %d values", center, count)
                        .isEqualTo(49);
            }
        }
    }

    @Test
    void values_are_finite_and_every_group_has_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> Values.of(Center.MEAN, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Values.of(Center.MEAN, NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> Values.of(Center.MEAN, 1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Values.of(Center.MEAN, Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> Values.of(Center.MEAN, List.of(new double[] {1}, NONE)));
    }

    @Test
    void values_cannot_be_changed_from_outside() {
        double[] mine = {1, 2};
        Values sample = Values.of(Center.MEAN, mine);
        mine[0] = 100;
        sample.group(0)[1] = 100;
        sample.groupLocations()[0] = 100;

        assertThat(sample).isEqualTo(Values.of(Center.MEAN, 1, 2));
        assertThat(sample.location()).isEqualTo(1.5);
    }

    @Test
    void equality_sees_values_groups_and_center() {
        Values sample = Values.of(Center.MEAN, 1, 2);

        assertThat(sample).hasSameHashCodeAs(Values.of(Center.MEAN, 1, 2));
        assertThat(sample)
                .isNotEqualTo(Values.of(Center.MEDIAN, 1, 2))
                .isNotEqualTo(Values.of(Center.MEAN, 2, 1))
                .isNotEqualTo(Values.of(Center.MEAN, List.of(new double[] {1}, new double[] {2})));
    }

    @Test
    void a_quantile_is_the_smallest_value_that_the_share_does_not_exceed() {
        Histogram.Bins bins = new Histogram.Bins(new double[] {1, 2, 5}, new long[] {50, 49, 1});

        assertThat(bins.quantile(0)).isEqualTo(1);
        assertThat(bins.quantile(0.5)).isEqualTo(1);
        assertThat(bins.quantile(0.51)).isEqualTo(2);
        assertThat(bins.quantile(0.99)).isEqualTo(2);
        assertThat(bins.quantile(0.995)).isEqualTo(5);
        assertThat(bins.quantile(1)).isEqualTo(5);
        assertThat(bins.total()).isEqualTo(100);
    }

    @Test
    void a_histogram_weighs_values_by_their_counts_and_groups_by_their_size() {
        Histogram histogram = Histogram.of(List.of(
                new Histogram.Bins(new double[] {1, 3}, new long[] {3, 1}),
                new Histogram.Bins(new double[] {10}, new long[] {1})));

        assertThat(histogram.groupLocations()).containsExactly(1.5, 10);
        // numpy.average([1, 3, 10], weights=[3, 1, 1])
        assertThat(histogram.location()).isEqualTo(3.2, within(1e-15));
        assertThat(histogram.groupCount()).isEqualTo(2);
    }

    @Test
    void a_histogram_rises_and_counts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram.Bins(NONE, new long[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram.Bins(new double[] {1}, new long[] {1, 2}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Bins(new double[] {1, 1}, new long[] {1, 2}));
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram.Bins(new double[] {1}, new long[] {0}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Bins(new double[] {Double.NaN}, new long[] {1}));
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.of(List.of()));
    }

    @Test
    void counts_too_many_to_add_up_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Bins(new double[] {1, 2}, new long[] {Long.MAX_VALUE, 1}));
        Histogram most = Histogram.of(List.of(
                new Histogram.Bins(new double[] {1}, new long[] {Long.MAX_VALUE}),
                new Histogram.Bins(new double[] {3}, new long[] {Long.MAX_VALUE})));
        assertThat(most.location()).isEqualTo(2);
    }

    @Test
    void a_summary_is_one_group_with_the_tools_own_number() {
        Summary summary = Summary.of(42);

        assertThat(summary.location()).isEqualTo(42);
        assertThat(summary.groupCount()).isEqualTo(1);
        assertThat(summary.groupLocations()).containsExactly(42);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_summary_is_made_of_finite_numbers(double bad) {
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        assertThatIllegalArgumentException().isThrownBy(() -> Summary.of(bad));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Summary(1, 1, OptionalDouble.of(bad), Optional.empty(), quantiles));
        quantiles.put(0.5, bad);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Summary(1, 1, OptionalDouble.empty(), Optional.empty(), quantiles));
        TreeMap<Double, Double> shares = new TreeMap<>();
        shares.put(bad, 1.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Summary(1, 1, OptionalDouble.empty(), Optional.empty(), shares));
    }

    @Test
    void a_summary_counts_from_zero_and_scatters_from_zero() {
        TreeMap<Double, Double> none = new TreeMap<>();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Summary(1, -1, OptionalDouble.empty(), Optional.empty(), none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Summary(1, 1, OptionalDouble.of(-0.1), Optional.empty(), none));
    }
}
