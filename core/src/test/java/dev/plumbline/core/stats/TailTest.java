package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.ForkValue;
import dev.plumbline.core.stats.sample.Histogram;
import dev.plumbline.core.stats.sample.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TailTest {
    @Test
    void a_histogram_adds_up_equal_values_in_any_order() {
        Histogram histogram = Histogram.of(new double[] {5, 1, 5, 2}, new double[] {1, 4, 3, 2});
        assertThat(histogram.total()).isEqualTo(10);
        assertThat(histogram.quantile(0)).isEqualTo(1);
        assertThat(histogram.quantile(0.4)).isEqualTo(1);
        assertThat(histogram.quantile(0.41)).isEqualTo(2);
        assertThat(histogram.quantile(0.6)).isEqualTo(2);
        assertThat(histogram.quantile(0.99)).isEqualTo(5);
        assertThat(histogram.quantile(1)).isEqualTo(5);
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.quantile(1.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Histogram.of(new double[] {1, Double.NaN}, new double[] {1, 1}))
                .withMessageContaining("values[1]");
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.of(new double[0]));
    }

    @Test
    void a_quantile_without_bias_lies_between_two_of_the_values() {
        double[] values = {3, 1, 4, 1.5, 5, 9, 2, 6};
        Histogram histogram = Histogram.of(values);
        // numpy.quantile([3, 1, 4, 1.5, 5, 9, 2, 6], [.1, .25, .5, .9, .99], method='median_unbiased')
        assertThat(histogram.medianUnbiasedQuantile(0.1)).isCloseTo(1.0833333333333335, within(1e-12));
        assertThat(histogram.medianUnbiasedQuantile(0.25)).isCloseTo(1.7083333333333333, within(1e-12));
        assertThat(histogram.medianUnbiasedQuantile(0.5)).isCloseTo(3.5, within(1e-12));
        assertThat(histogram.medianUnbiasedQuantile(0.9)).isCloseTo(8.5, within(1e-12));
        assertThat(histogram.medianUnbiasedQuantile(0.99)).isEqualTo(9);
        assertThat(histogram.medianUnbiasedQuantile(0)).isEqualTo(1);
        assertThat(histogram.medianUnbiasedQuantile(1)).isEqualTo(9);
        assertThat(Histogram.of(new double[] {7}).medianUnbiasedQuantile(0.99)).isEqualTo(7);
        Histogram counted = Histogram.of(new double[] {1, 2}, new double[] {5, 3});
        assertThat(counted.medianUnbiasedQuantile(0.6)).isCloseTo(1 + 1.0 / 3, within(1e-12));
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.medianUnbiasedQuantile(1.5));
    }

    @Test
    void the_quantile_of_few_values_is_no_lower_than_that_of_many() {
        SplittableRandom random = new SplittableRandom(3);
        int higher = 0;
        for (int i = 0; i < 2000; i++) {
            double[] values = random.doubles(600).toArray();
            higher += Histogram.of(values).medianUnbiasedQuantile(0.99) > 0.99 ? 1 : 0;
        }
        // the 594th of 600 does in 39 %: scipy.stats.beta.sf(0.99, 594, 7)
        assertThat(higher / 2000.0).isCloseTo(0.5, within(0.03));
    }

    @Test
    void quantiles_are_interpolated_only_where_the_numbers_of_values_differ() {
        Histogram three = Histogram.of(new double[] {1, 2, 4});
        Histogram four = Histogram.of(new double[] {1, 2, 4, 8});
        assertThat(Histogram.comparableQuantiles(List.of(three), List.of(three, three), 0.5))
                .containsExactly(new double[] {2}, new double[] {2, 2});
        assertThat(Histogram.comparableQuantiles(List.of(four), List.of(four), 0.5))
                .containsExactly(new double[] {2}, new double[] {2});
        assertThat(Histogram.comparableQuantiles(List.of(three), List.of(four), 0.5))
                .containsExactly(new double[] {2}, new double[] {3});
    }

    @Test
    void tails_are_compared_by_forks() {
        List<Histogram> base = new ArrayList<>();
        List<Histogram> candidate = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(91);
        double[] baseQuantiles = new double[5];
        double[] candidateQuantiles = new double[5];
        for (int f = 0; f < 5; f++) {
            double[] a = random.doubles(2_000).map(u -> 1 - Math.log(u)).toArray();
            double[] b = random.doubles(2_000).map(u -> 1 - 1.3 * Math.log(u)).toArray();
            base.add(Histogram.of(a));
            candidate.add(Histogram.of(b));
            Arrays.sort(a);
            Arrays.sort(b);
            baseQuantiles[f] = a[1979];
            candidateQuantiles[f] = b[1979];
        }
        ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofQuantiles(base, candidate, 0.99));
        ModeratedT.Result expected = ModeratedT.withDefaults().test(Arms.ofForks(baseQuantiles, candidateQuantiles));
        assertThat(result).isEqualTo(expected);
        // 1 + 1.3 ln 100 over 1 + ln 100
        assertThat(result.ratioInterval().contains((1 + 1.3 * Math.log(100)) / (1 + Math.log(100))))
                .isTrue();
    }

    @Test
    void the_tail_of_a_single_fork_goes_by_its_order_statistics() {
        SplittableRandom random = new SplittableRandom(92);
        int covered = 0;
        double ratio = 1.1;
        for (int trial = 0; trial < 1_000; trial++) {
            double[] a = random.doubles(1_000).map(u -> 1 - Math.log(u)).toArray();
            double[] b =
                    random.doubles(1_000).map(u -> ratio * (1 - Math.log(u))).toArray();
            ModeratedT.Result result = ModeratedT.withDefaults()
                    .test(Arms.ofQuantiles(List.of(Histogram.of(a)), List.of(Histogram.of(b)), 0.95));
            assertThat(result.flags()).contains(Flag.WITHIN_FORK_ONLY);
            covered += result.ratioInterval().contains(ratio) ? 1 : 0;
        }
        assertThat(covered / 1_000.0).isBetween(0.925, 0.975);
    }

    @Test
    void a_single_value_a_fork_has_a_quantile_but_no_scatter() {
        Histogram one = Histogram.of(new double[] {3});
        ModeratedT.Result result = ModeratedT.withDefaults().test(Arms.ofQuantiles(List.of(one), List.of(one), 0.99));
        assertThat(result.flags()).contains(Flag.NO_VARIANCE);
        assertThat(result.ratio()).isOne();
        assertThatIllegalArgumentException().isThrownBy(() -> Arms.ofQuantiles(List.of(), List.of(one), 0.99));
        assertThatIllegalArgumentException().isThrownBy(() -> Arms.ofQuantiles(List.of(one), List.of(one), 1));
    }

    @Test
    void a_quantile_near_zeros_is_compared_on_logarithms_all_the_same() {
        double[] values = new double[100];
        Arrays.setAll(values, i -> i < 60 ? 0 : i);
        ModeratedT.Result result = ModeratedT.withDefaults()
                .test(Arms.ofQuantiles(List.of(Histogram.of(values)), List.of(Histogram.of(values)), 0.6001));
        assertThat(result.scale()).isEqualTo(Scale.LOG);
        assertThat(result.standardError()).isPositive().isFinite();
    }

    @Test
    void winsorised_forks_shrug_off_wild_iterations() {
        SplittableRandom random = new SplittableRandom(93);
        double[][] base = new double[6][10];
        double[][] candidate = new double[6][10];
        for (int f = 0; f < 6; f++) {
            for (int i = 0; i < 10; i++) {
                base[f][i] = 100 + random.nextDouble();
                candidate[f][i] = 102 + random.nextDouble();
            }
        }
        ModeratedT test = ModeratedT.withDefaults();
        double calm = test.test(Arms.ofIterations(base, candidate, ForkValue.WINSORISED_MEAN))
                .pValue();
        assertThat(calm)
                .isEqualTo(test.test(Arms.ofIterations(base, candidate, ForkValue.MEAN))
                        .pValue());
        base[2][7] = 250;
        assertThat(test.test(Arms.ofIterations(base, candidate, ForkValue.MEAN)).pValue())
                .isGreaterThan(0.5);
        ModeratedT.Result robust = test.test(Arms.ofIterations(base, candidate, ForkValue.WINSORISED_MEAN));
        assertThat(robust.pValue()).isLessThan(1e-6);
        assertThat(robust.ratio()).isCloseTo(1.02, within(0.003));
        assertThat(test.test(Arms.ofIterations(base, candidate, ForkValue.MEDIAN))
                        .pValue())
                .isLessThan(1e-4);
    }

    @Test
    void winsorised_forks_without_a_scale_count_by_their_mean() {
        double[][] mostlyEqual = {{5, 5, 5, 9}, {5, 5, 5, 5}};
        assertThat(Arms.ofIterations(mostlyEqual, mostlyEqual, ForkValue.WINSORISED_MEAN)
                        .base())
                .containsExactly(Arms.ofIterations(mostlyEqual, mostlyEqual, ForkValue.MEAN)
                        .base());
        double[][] single = {{5}, {6}};
        assertThat(Arms.ofIterations(single, single, ForkValue.WINSORISED_MEAN).base())
                .containsExactly(Math.log(5), Math.log(6));
    }
}
