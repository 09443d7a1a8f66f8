package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodRatioTest {
    private static final LikelihoodRatio RATIO = new LikelihoodRatio(Math.log(1.02));

    private static final Noise PLAIN = new Noise(60, 0.015, 6, 0.01, 3, 0.1, 0.1, Noise.Wild.NONE);

    private static Arguments golden(double evidence, Noise noise, double... values) {
        return Arguments.of(evidence, noise, values);
    }

    /**
     * Worked out with numpy and scipy: {@code log10(f1 / f0)} of values a, of which those from {@code most} on are only
     * known to lie there, where
     *
     * <pre>
     * sizes = .03 * max(1.4, (8 * s / .03) ** (1 / 9)) ** arange(10); most = sizes[-1]
     * h = lambda y: kappa / 2.5 * where(abs(y) < 2.5, .2, (abs(y) / 2.5) ** (-kappa - 1)) * where(y < 0, .5, 1)
     * L = lambda x, w: prod((1 - pi) * t.pdf((a - x) / w, nu) / w + pi * h((a - x) / s) / s)
     * # for a >= most: (1 - pi) * t.sf((most - x) / w, nu) + pi * min(1, ((most - x) / s / 2.5) ** -kappa)
     * # and 1 for x = most
     * # if len(a) == 1: a = min(a, nextafter(most, 0))
     * f1 = mean([L(e, max(s, .15 * e)) for e in sizes])
     * f0 = L(0, s) if len(a) == 1 else average([L(j * s * sqrt(wander + rho), s) for j in range(-2, 3)],
     *                                          weights=exp(-arange(-2, 3) ** 2 / 2))
     * </pre>
     */
    static Stream<Arguments> references() {
        return Stream.of(
                golden(0.8011863696785487, PLAIN, 0.05),
                golden(2.5906832202272287, new Noise(60, 0.015, 8, 0.02, 2.5, 0, 0.1, Noise.Wild.NONE), 0.2),
                golden(-9, new Noise(60, 0.01, 8, 0.01, 3, 0, 0.1, Noise.Wild.NONE), -0.001),
                golden(-0.27914181239767877, new Noise(60, 0.01, 5, 0.01, 3, 0.2, 0.1, Noise.Wild.NONE), 0.021),
                golden(2.1545142466677403, PLAIN, 0.05, 0.06),
                golden(
                        0.035703189025759974,
                        new Noise(60, 0.02, 4, 0.03, 3, 0.3, 0.0785, Noise.Wild.NONE),
                        0.03,
                        0.04,
                        0.02),
                golden(
                        9.625912378499175,
                        new Noise(60, 0.01, 8, 0.01, 3, 0.2, 0.1, Noise.Wild.NONE),
                        0.06,
                        0.07,
                        0.05,
                        0.04,
                        0.08),
                golden(
                        -2.623950661479584,
                        new Noise(60, 0.01, 8, 0.05, 2, 0.1, 0.1, Noise.Wild.NONE),
                        0.3,
                        -0.02,
                        0.01),
                golden(4.994571308411737, new Noise(60, 0.01, 8, 0.05, 0.5, 0.1, 0.1, Noise.Wild.NONE), 0.9, 0.7, 0.8));
    }

    @ParameterizedTest
    @MethodSource("references")
    void the_evidence_is_that_of_the_slow_reference(double evidence, Noise noise, double[] values) {
        assertThat(RATIO.of(values, null, 0, values.length, 1, noise)).isEqualTo(evidence, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20})
    void equal_values_have_the_evidence_of_each_of_them(int count) {
        for (double value : new double[] {-0.1, 0.01, 0.0199, 0.03, 0.1, 1}) {
            double[] same = new double[count];
            Arrays.fill(same, value);
            for (double wander : new double[] {0.1, 1}) {
                Noise noise = new Noise(60, 0.02, 5, 0.02, 3, 0.2, wander, Noise.Wild.NONE);
                assertThat(RATIO.alike(1, noise).of(value, count))
                        .isEqualTo(RATIO.of(same, null, 0, count, 1, noise), within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0198, false", "0.01981, true", "0.5, true", "-0.5, false", "0, false"})
    void what_does_not_reach_the_margin_has_no_evidence(double value, boolean isAny) {
        // log(1.02) is 0.019803
        assertThat(RATIO.of(new double[] {value}, null, 0, 1, 1, PLAIN) > LikelihoodRatio.NONE)
                .isEqualTo(isAny);
        assertThat(RATIO.of(new double[] {value, value}, null, 0, 2, 1, PLAIN) > LikelihoodRatio.NONE)
                .isEqualTo(isAny);
    }

    /** The sizes that are mixed lie apart, so that evidence has ripples. */
    @ParameterizedTest
    @CsvSource({"0.015, 2, 0.05", "0.044, 1.4, 0.034", "0.03, 1.8, 0.046"})
    void no_change_is_too_large_to_be_evidence(double scale, double exponent, double rate) {
        for (int sign = -1; sign <= 1; sign += 2) {
            LikelihoodRatio.Alike evidence =
                    RATIO.alike(sign, new Noise(60, scale, 8, rate, exponent, 0.1, 0.1, Noise.Wild.NONE));
            for (double size = 0.05; size < 5; size *= 1.1) {
                assertThat(evidence.of(sign * 6, 1)).as("%.2f", size).isGreaterThan(evidence.of(sign * size, 1) - 0.1);
            }
        }
    }

    @Test
    void it_is_the_mean_that_has_to_reach_the_margin() {
        assertThat(RATIO.of(new double[] {0.05, -0.005}, null, 0, 2, 1, PLAIN)).isGreaterThan(LikelihoodRatio.NONE);
        assertThat(RATIO.of(new double[] {0.05, -0.015}, null, 0, 2, 1, PLAIN)).isEqualTo(LikelihoodRatio.NONE);
    }

    @Test
    void without_a_margin_equal_values_have_no_evidence() {
        assertThat(new LikelihoodRatio(0).of(new double[] {0}, null, 0, 1, 1, PLAIN))
                .isEqualTo(LikelihoodRatio.NONE);
    }

    @Test
    void only_the_values_between_the_ends_count() {
        assertThat(RATIO.of(new double[] {9, 0.05, 0.06, -9}, null, 1, 3, 1, PLAIN))
                .isEqualTo(RATIO.of(new double[] {0.05, 0.06}, null, 0, 2, 1, PLAIN));
    }

    @Test
    void without_excursions_a_shift_downwards_is_one_upwards_turned_round() {
        Noise even = new Noise(60, 0.015, 6, 0, 3, 0.1, 0.1, Noise.Wild.NONE);
        for (double[] values : new double[][] {{0.05}, {0.04, 0.07}, {0.03, -0.01, 0.09}}) {
            double[] turned = Arrays.stream(values).map(value -> -value).toArray();
            assertThat(RATIO.of(turned, null, 0, values.length, -1, even))
                    .isEqualTo(RATIO.of(values, null, 0, values.length, 1, even), within(1e-12));
        }
    }

    @Test
    void odd_runs_are_rarer_on_the_fast_side_so_a_fast_run_says_more() {
        assertThat(RATIO.of(new double[] {-0.2}, null, 0, 1, -1, PLAIN))
                .isGreaterThan(RATIO.of(new double[] {0.2}, null, 0, 1, 1, PLAIN))
                .isLessThan(RATIO.of(new double[] {0.2}, null, 0, 1, 1, PLAIN) + Math.log10(2) + 1e-9);
    }

    @Test
    void more_runs_of_the_same_size_say_more_and_a_noisier_series_less() {
        double before = LikelihoodRatio.NONE;
        for (int count = 1; count <= 20; count++) {
            double evidence = RATIO.alike(1, PLAIN).of(0.06, count);
            assertThat(evidence).as("%d runs", count).isGreaterThan(before);
            before = evidence;
        }
        double quieter = Double.POSITIVE_INFINITY;
        for (double scale : new double[] {0.01, 0.02, 0.04, 0.08}) {
            double evidence = RATIO.alike(1, new Noise(60, scale, 6, 0.01, 3, 0.1, 0.1, Noise.Wild.NONE))
                    .of(0.1, 1);
            assertThat(evidence).as("scale %s", scale).isLessThan(quieter);
            quieter = evidence;
        }
    }

    @ParameterizedTest
    @CsvSource({"0.005, 8", "0.01, 5", "0.015, 2.5", "0.03, 8", "0.1, 5"})
    void under_the_model_ten_to_the_power_of_the_evidence_has_a_mean_of_one(double scale, double degrees) {
        LikelihoodRatio ratio = new LikelihoodRatio(0);
        Noise noise = new Noise(60, scale, degrees, 0, 3, 0, 0, Noise.Wild.NONE);
        TDistribution core = TDistribution.of(degrees);

        // of one value: the integral over its density, from 0 on and as far as there is a difference
        double mean = 0;
        double step = scale / 50;
        for (double value = step / 2; value < 3; value += step) {
            mean += Math.pow(10, ratio.of(new double[] {value}, null, 0, 1, 1, noise))
                    * core.density(value / scale)
                    / scale
                    * step;
        }

        // a shifted value may lie below the level: that part of 1 is missing
        assertThat(mean).isBetween(0.85, 1.05);
    }

    @Test
    void a_shift_of_runs_of_unequal_noise_is_one_shift() {
        float[] widths = {4, 1, 2};
        double[] scaled = {0.2 / 4, 0.2, 0.2 / 2};
        double together = RATIO.of(scaled, widths, 0, 3, 1, PLAIN);

        assertThat(together).isGreaterThan(RATIO.of(scaled, null, 0, 3, 1, PLAIN));
        assertThat(together).isGreaterThan(RATIO.of(scaled, widths, 1, 2, 1, PLAIN));
        assertThat(RATIO.of(scaled, new float[] {1, 1, 1}, 0, 3, 1, PLAIN))
                .isEqualTo(RATIO.of(scaled, null, 0, 3, 1, PLAIN), within(1e-12));
    }

    @Test
    void a_change_in_a_wide_run_reaches_the_margin_by_its_own_size() {
        double[] scaled = {0.15 / 8};

        assertThat(RATIO.of(scaled, null, 0, 1, 1, PLAIN)).isEqualTo(LikelihoodRatio.NONE);
        assertThat(RATIO.of(scaled, new float[] {8}, 0, 1, 1, PLAIN)).isGreaterThan(LikelihoodRatio.NONE);
        assertThat(RATIO.of(new double[] {0.01 / 8}, new float[] {8}, 0, 1, 1, PLAIN))
                .isEqualTo(LikelihoodRatio.NONE);
    }
}
