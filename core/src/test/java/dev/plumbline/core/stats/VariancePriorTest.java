package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.PolyGamma;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VariancePriorTest {
    /** Variances whose logarithms rise with those inside forks, with some scatter of their own. */
    private static double[] rising(double[] inside, double slope, double scatter) {
        SplittableRandom random = new SplittableRandom(5);
        return Arrays.stream(inside)
                .map(x -> Math.exp(slope * Math.log(x) - 1 + scatter * random.nextGaussian()))
                .toArray();
    }

    private static double[] inside(int count) {
        double[] inside = new double[count];
        Arrays.setAll(inside, i -> 1e-4 * Math.exp(0.1 * ((i * 7) % count)));
        return inside;
    }

    private static double[] all(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    /** By the normal equations of log variance = a + b log inside, not centred. */
    private static double[] line(double[] x, double[] y) {
        int n = x.length;
        double sx = Arrays.stream(x).sum();
        double sy = Arrays.stream(y).sum();
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            sxx += x[i] * x[i];
            sxy += x[i] * y[i];
        }
        double b = (n * sxy - sx * sy) / (n * sxx - sx * sx);
        double a = (sy - b * sx) / n;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += Math.pow(y[i] - a - b * x[i], 2);
        }
        return new double[] {a, b, squares / (n - 2)};
    }

    @Test
    void a_trend_is_the_line_through_the_logarithms() {
        double[] inside = inside(40);
        double[] variances = rising(inside, 0.6, 1.2);
        VariancePrior prior = VariancePrior.fit(variances, all(40, 6), inside);

        double[] logs = Arrays.stream(variances)
                .map(variance -> Math.log(variance) - PolyGamma.digamma(3) + Math.log(3))
                .toArray();
        double[] line = line(Arrays.stream(inside).map(Math::log).toArray(), logs);
        double half = PolyGamma.inverseTrigamma(line[2] - PolyGamma.trigamma(3));
        assertThat(prior.slope()).isCloseTo(line[1], within(1e-9));
        assertThat(prior.degreesOfFreedom()).isCloseTo(2 * half, within(1e-7));
        for (double noise : new double[] {1e-5, 3e-3, 2}) {
            double expected = Math.exp(line[0] + line[1] * Math.log(noise) + PolyGamma.digamma(half) - Math.log(half));
            VariancePrior at = prior.at(noise);
            assertThat(at.variance() / expected).isCloseTo(1, within(1e-9));
            assertThat(at.degreesOfFreedom()).isEqualTo(prior.degreesOfFreedom());
            assertThat(at.slope()).isZero();
        }
        assertThat(prior.at(0)).isSameAs(prior);
    }

    @Test
    void variances_that_scatter_no_more_than_samples_do_are_worth_any_number_of_them() {
        double[] inside = inside(30);
        VariancePrior prior = VariancePrior.fit(rising(inside, 0.5, 0.01), all(30, 4), inside);

        assertThat(prior.degreesOfFreedom()).isInfinite();
        assertThat(prior.slope()).isCloseTo(0.5, within(0.01));
        double expected = Math.exp(0.5 * Math.log(0.01) - 1 - PolyGamma.digamma(2) + Math.log(2));
        assertThat(prior.at(0.01).variance() / expected).isCloseTo(1, within(0.05));
    }

    @Test
    void a_line_rises_by_no_more_than_the_scatter_inside_explains() {
        double[] inside = inside(40);

        assertThat(VariancePrior.fit(rising(inside, 1.7, 0.2), all(40, 6), inside)
                        .slope())
                .isEqualTo(1);
        assertThat(VariancePrior.fit(rising(inside, -0.8, 0.2), all(40, 6), inside)
                        .slope())
                .isZero();
    }

    @Test
    void what_does_not_surely_rise_is_level() {
        double[] inside = inside(40);
        double[] flat = rising(inside, 0.02, 1);

        VariancePrior level = VariancePrior.fit(flat, all(40, 6));

        assertThat(VariancePrior.fit(flat, all(40, 6), inside)).isEqualTo(level);
        assertThat(VariancePrior.fit(flat, all(40, 6), all(40, 0.3))).isEqualTo(level);
        double[] unknown = inside.clone();
        unknown[7] = 0;
        double[] steep = rising(inside, 0.9, 0.2);
        assertThat(VariancePrior.fit(steep, all(40, 6), unknown)).isEqualTo(VariancePrior.fit(steep, all(40, 6)));
        assertThat(level.at(5)).isSameAs(level);
    }

    @Test
    void counters_and_single_values_are_no_part_of_it() {
        double[] variances = rising(inside(24), 0, 1);
        VariancePrior twenty = VariancePrior.fit(Arrays.copyOf(variances, 20), all(20, 5));
        double[] zeros = Arrays.copyOf(variances, 24);
        Arrays.fill(zeros, 20, 24, 0);
        double[] degrees = all(24, 5);
        Arrays.fill(degrees, 20, 24, 0);

        assertThat(twenty).isNotEqualTo(VariancePrior.NONE);
        assertThat(VariancePrior.fit(zeros, all(24, 5))).isEqualTo(twenty);
        assertThat(VariancePrior.fit(variances, degrees)).isEqualTo(twenty);
        assertThat(VariancePrior.fit(Arrays.copyOf(variances, 19), all(19, 5))).isEqualTo(VariancePrior.NONE);
    }

    @Test
    void weighs_a_variance_in_by_degrees_of_freedom() {
        assertThat(VariancePrior.NONE.moderate(7, 3)).isEqualTo(7);
        assertThat(new VariancePrior(2, Double.POSITIVE_INFINITY).moderate(7, 3))
                .isEqualTo(2);
        assertThat(new VariancePrior(2, 6).moderate(8, 3)).isEqualTo((6 * 2 + 3 * 8) / 9.0);
    }

    @Test
    void refuses_what_is_no_prior() {
        assertThat(new VariancePrior(0, 0, 1, -3).slope()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new VariancePrior(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new VariancePrior(1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new VariancePrior(1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new VariancePrior(1, 1, -0.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new VariancePrior(1, 1, 1.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new VariancePrior(1, 1, 0.5, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> VariancePrior.fit(all(3, 1), all(2, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> VariancePrior.fit(all(3, 1), all(3, 1), all(2, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> VariancePrior.fit(all(3, -1), all(3, 1)));
    }
}
