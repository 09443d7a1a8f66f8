package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.FisherF;
import dev.plumbline.core.stats.distribution.PolyGamma;
import dev.plumbline.core.stats.distribution.StudentT;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionsTest {
    private static Offset<Double> relative(double expected, double digits) {
        return within(Math.abs(expected) * digits);
    }

    // scipy.special.digamma(x), polygamma(1, x), polygamma(2, x)
    @ParameterizedTest
    @CsvSource({
        "0.001, -1000.5755719318103, 1000001.6425331959, -2000000002.3976321",
        "0.1, -10.423754940411076, 101.43329915079275, -2001.8614573783439",
        "0.5, -1.9635100260214235, 4.93480220054468, -16.828796644234316",
        "1, -0.5772156649015329, 1.6449340668482266, -2.404113806319188",
        "1.5, 0.03648997397857652, 0.9348022005446793, -0.8287966442343201",
        "4, 1.2561176684318003, 0.28382295573711525, -0.0800397322451145",
        "10, 2.251752589066721, 0.10516633568168576, -0.011049834970802069",
        "12.5, 2.4851956512749123, 0.08328522460157839, -0.006932436585788242",
        "100, 4.600161852738088, 0.010050166663333573, -0.00010100499983335001",
        "10000, 9.21029037114285, 0.00010000500016666666, -1.0001000050000002e-08"
    })
    void derivatives_of_log_gamma_agree_with_scipy(double x, double digamma, double trigamma, double tetragamma) {
        // near its root at 1.46 digamma loses relative digits in any library
        assertThat(PolyGamma.digamma(x)).isCloseTo(digamma, within(Math.abs(digamma) * 1e-13 + 1e-15));
        assertThat(PolyGamma.trigamma(x)).isCloseTo(trigamma, relative(trigamma, 1e-13));
        assertThat(PolyGamma.tetragamma(x)).isCloseTo(tetragamma, relative(tetragamma, 1e-13));
    }

    // mpmath.polygamma(n, x) to 20 digits; the series is asked at its worst, where it begins
    @ParameterizedTest
    @CsvSource({
        "3, 0.92278433509846713939, 0.39493406684822643647, -0.1541138063191885708",
        "11.5, 2.3982391295357816134, 0.090846661274546234338, -0.0082474690506522171203",
        "12, 2.4426616799758120167, 0.08690187287176839075, -0.0075472053689989119399",
        "12.25, 2.4641546551853689558, 0.085055142988163208079, -0.0072300357889933436948",
        "13, 2.5259950133091453501, 0.079957428427323946306, -0.0063897979615915045325"
    })
    void derivatives_of_log_gamma_keep_their_digits_where_the_series_begins(
            double x, double digamma, double trigamma, double tetragamma) {
        assertThat(PolyGamma.digamma(x)).isCloseTo(digamma, relative(digamma, 5e-16));
        assertThat(PolyGamma.trigamma(x)).isCloseTo(trigamma, relative(trigamma, 5e-16));
        assertThat(PolyGamma.tetragamma(x)).isCloseTo(tetragamma, relative(tetragamma, 1e-15));
    }

    @Test
    void the_inverse_of_trigamma_undoes_it_over_twenty_orders_of_magnitude() {
        for (double x = 1e-8; x < 1e12; x *= 1.7) {
            // below 1e-4 and above 1e3 the two-term ends are used where their error is below this
            assertThat(PolyGamma.inverseTrigamma(PolyGamma.trigamma(x))).isCloseTo(x, relative(x, 1e-6));
        }
        assertThat(PolyGamma.inverseTrigamma(0.28382295573711525)).isCloseTo(4, within(1e-12));
        assertThat(PolyGamma.inverseTrigamma(101.43329915079275)).isCloseTo(0.1, within(1e-13));
    }

    @Test
    void derivatives_of_log_gamma_refuse_what_they_have_no_value_for() {
        for (double x : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> PolyGamma.digamma(x));
            assertThatIllegalArgumentException().isThrownBy(() -> PolyGamma.trigamma(x));
            assertThatIllegalArgumentException().isThrownBy(() -> PolyGamma.tetragamma(x));
            assertThatIllegalArgumentException().isThrownBy(() -> PolyGamma.inverseTrigamma(x));
        }
    }

    // scipy.stats.t.isf(tail, df)
    @ParameterizedTest
    @CsvSource({
        "0.025, 1, 12.706204736174705",
        "0.025, 2, 4.302652729749464",
        "0.025, 3.5, 2.9400886379827296",
        "0.025, 8, 2.3060041352041662",
        "0.005, 8, 3.3553873313333953",
        "1.6666666666666666e-4, 8, 5.97287532494477",
        "1e-10, 4, 416.1751403296041",
        "0.05, 0.7, 13.587121347511175",
        "0.3, 17.25, 0.5342308587566926",
        "0.025, 500, 1.9647198374673678",
        "1e-6, 1e6, 4.75345234827968"
    })
    void quantiles_of_student_agree_with_scipy(double tail, double degrees, double expected) {
        assertThat(StudentT.upperQuantile(tail, degrees)).isCloseTo(expected, relative(expected, 1e-11));
        assertThat(StudentT.upperQuantile(1 - tail, degrees)).isCloseTo(-expected, relative(expected, 1e-5));
        // again, now from what was kept
        assertThat(StudentT.upperQuantile(tail, degrees)).isCloseTo(expected, relative(expected, 1e-11));
    }

    @Test
    void quantiles_of_one_and_two_degrees_are_those_of_their_closed_forms() {
        // far more of them than are kept
        for (double tail = 1e-9; tail < 0.45; tail *= 1.003) {
            double one = 1 / Math.tan(Math.PI * tail);
            double two = (1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail));
            assertThat(StudentT.upperQuantile(tail, 1)).isCloseTo(one, relative(one, 5e-14));
            assertThat(StudentT.upperQuantile(tail, 2)).isCloseTo(two, relative(two, 5e-14));
        }
    }

    @Test
    void the_smallest_tails_have_the_quantiles_of_the_closed_forms() {
        for (double tail = 1e-305; tail < 0.4; tail *= 1.1) {
            double one = 1 / Math.tan(Math.PI * tail);
            double two = (1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail));
            assertThat(StudentT.upperQuantile(tail, 1)).as("%s", tail).isCloseTo(one, relative(one, 5e-13));
            assertThat(StudentT.upperQuantile(tail, 2)).as("%s", tail).isCloseTo(two, relative(two, 5e-13));
        }
        assertThat(StudentT.upperQuantile(1e-300, 1)).isCloseTo(3.183098861837907e299, relative(3.2e299, 5e-13));
    }

    // the leading power of the tail, (v^(v/2 - 1) / (B(v/2, 1/2) tail))^(1/v), with lgamma of Python's math
    @ParameterizedTest
    @CsvSource({
        "1e-300, 3, 1.03311083604463e+100",
        "1e-300, 7, 1.4457941326481852e+43",
        "1e-200, 1.5, 1.1245005997832337e+133",
        "1e-20, 0.1, 1.6044257056665833e+196",
        "1e-250, 4.5, 5.19488764730247e+55",
        "1e-100, 0.7, 1.3557313121734977e+142"
    })
    void the_smallest_tails_have_quantiles_of_any_degrees(double tail, double degrees, double expected) {
        assertThat(StudentT.upperQuantile(tail, degrees)).isCloseTo(expected, relative(expected, 1e-11));
        assertThat(StudentT.survival(expected, degrees)).isCloseTo(tail, relative(tail, 1e-10));
    }

    // tail, degrees of freedom from and to
    @ParameterizedTest
    @CsvSource({"1e-300, 1.1, 1.6", "1e-6, 0.05, 0.3"})
    void the_farthest_quantiles_have_the_tails_they_were_asked_for(double tail, double from, double to) {
        for (double degrees = from; degrees < to; degrees += 5e-4) {
            assertThat(StudentT.survival(StudentT.upperQuantile(tail, degrees), degrees))
                    .as("degrees %s", degrees)
                    .isCloseTo(tail, relative(tail, 1e-9));
        }
    }

    @Test
    void a_quantile_that_no_double_holds_is_infinite() {
        assertThat(StudentT.upperQuantile(1e-300, 0.5)).isInfinite().isPositive();
        assertThat(StudentT.survival(Double.MAX_VALUE, 1)).isPositive();
    }

    // z + g1(z) / v + g2(z) / v^2 + g3(z) / v^3 with the polynomials of Abramowitz and Stegun 26.7.5, in numpy
    @ParameterizedTest
    @CsvSource({
        "0.025, 8, 2.3055913231035947",
        "0.001, 3, 9.334039317991614",
        "0.2, 2.5, 1.0100934369416021",
        "0.3, 40, 0.5286056822915179"
    })
    void a_quantile_of_student_is_sought_from_its_expansion(double tail, double degrees, double expected) {
        assertThat(StudentT.start(tail, degrees)).isCloseTo(expected, relative(expected, 1e-13));
    }

    // scipy.stats.t.isf(tail, 2)
    @ParameterizedTest
    @CsvSource({"0.025, 4.302652729749464", "0.3, 0.6172133998483678", "1e-6, 707.1057205259339"})
    void a_quantile_of_student_is_sought_from_itself_at_two_degrees(double tail, double expected) {
        assertThat(StudentT.start(tail, 2)).isCloseTo(expected, relative(expected, 1e-14));
    }

    // scipy.stats.t.sf(t, df)
    @ParameterizedTest
    @CsvSource({
        "2.5, 8, 0.01847101885681206",
        "40, 3, 1.7190340394579253e-05",
        "-1.25, 4.5, 0.8638174807915853",
        "6, 1000, 1.3776845866887376e-09"
    })
    void tails_of_student_agree_with_scipy(double t, double degrees, double expected) {
        assertThat(StudentT.survival(t, degrees)).isCloseTo(expected, relative(expected, 1e-11));
    }

    @Test
    void a_quantile_of_student_has_the_tail_it_was_asked_for() {
        for (double degrees = 0.3; degrees < 1e7; degrees *= 2.3) {
            for (double tail = 1e-12; tail < 0.5; tail *= 3.1) {
                double quantile = StudentT.upperQuantile(tail, degrees);
                assertThat(StudentT.survival(quantile, degrees))
                        .as("tail %s, degrees %s", tail, degrees)
                        .isCloseTo(tail, relative(tail, 1e-9));
            }
        }
    }

    // scipy.stats.t.isf(tail, df); the search begins e times too far out or more, where Newton's first step goes below
    // 0
    @ParameterizedTest
    @CsvSource({"1e-8, 2.3, 2437.76754809638", "1e-8, 2.45, 1584.5876970647282", "1e-12, 2.4, 84376.85926364212"})
    void quantiles_of_student_are_found_from_a_start_too_far_out(double tail, double degrees, double expected) {
        assertThat(StudentT.start(tail, degrees)).isGreaterThan(Math.E * expected);
        assertThat(StudentT.upperQuantile(tail, degrees)).isCloseTo(expected, relative(expected, 1e-9));
    }

    @Test
    void quantiles_found_from_a_start_too_far_out_have_the_tails_they_were_asked_for() {
        for (double degrees = 2.3; degrees < 2.5; degrees += 4e-5) {
            assertThat(StudentT.survival(StudentT.upperQuantile(1e-12, degrees), degrees))
                    .as("degrees %s", degrees)
                    .isCloseTo(1e-12, relative(1e-12, 1e-9));
        }
    }

    @Test
    void quantiles_that_are_kept_are_never_told_for_others() {
        // more of them than are kept, so that some take the places of others
        for (int i = 1; i <= 3000; i++) {
            double tail = i / 7000.0;
            double cauchy = 1 / Math.tan(Math.PI * tail);
            assertThat(StudentT.upperQuantile(tail, 1)).as("tail %s", tail).isCloseTo(cauchy, relative(cauchy, 1e-12));
            double degrees = 2 + i / 100.0;
            assertThat(StudentT.survival(StudentT.upperQuantile(0.1, degrees), degrees))
                    .as("degrees %s", degrees)
                    .isCloseTo(0.1, within(1e-12));
        }
    }

    // scipy.stats.t: 2 * sf(abs(t), df), sf(t, df), cdf(t, df)
    @ParameterizedTest
    @CsvSource({
        "2.1, 7, 0.07387119621292265, 0.036935598106461326, 0.9630644018935387",
        "-2.1, 7, 0.07387119621292265, 0.9630644018935387, 0.036935598106461326",
        "0.4, 3.5, 0.7123448935344437, 0.3561724467672219, 0.6438275532327782",
        "0, 3.5, 1, 0.5, 0.5"
    })
    void p_values_of_student_are_tails_on_the_side_of_the_alternative(
            double t, double degrees, double twoSided, double greater, double less) {
        assertThat(StudentT.pValue(t, degrees, Alternative.TWO_SIDED)).isCloseTo(twoSided, relative(twoSided, 1e-12));
        assertThat(StudentT.pValue(t, degrees, Alternative.GREATER)).isCloseTo(greater, relative(greater, 1e-12));
        assertThat(StudentT.pValue(t, degrees, Alternative.LESS)).isCloseTo(less, relative(less, 1e-12));
    }

    @Test
    void student_with_infinite_degrees_of_freedom_is_normal() {
        // scipy.stats.norm.isf(0.025) and norm.sf(1.5)
        assertThat(StudentT.upperQuantile(0.025, Double.POSITIVE_INFINITY))
                .isCloseTo(1.9599639845400545, within(1e-13));
        assertThat(StudentT.survival(1.5, Double.POSITIVE_INFINITY)).isCloseTo(0.06680720126885807, within(1e-15));
    }

    @Test
    void ends_of_the_line_have_tails_and_quantiles_too() {
        assertThat(StudentT.survival(Double.POSITIVE_INFINITY, 4)).isZero();
        assertThat(StudentT.survival(Double.NEGATIVE_INFINITY, 4)).isOne();
        assertThat(StudentT.upperQuantile(0, 4)).isInfinite().isPositive();
        assertThat(StudentT.upperQuantile(1, 4)).isInfinite().isNegative();
        assertThat(StudentT.upperQuantile(0.5, 4)).isZero();
        assertThat(StudentT.upperQuantile(0.5, 1)).isZero();
        // far out, the tail of one degree of freedom is 1 / (pi t)
        assertThat(StudentT.upperQuantile(1e-100, 1)).isCloseTo(1e100 / Math.PI, relative(1e100 / Math.PI, 1e-11));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.survival(Double.NaN, 4))
                .withMessage("t is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.survival(1, 0))
                .withMessage("degrees of freedom must be above zero: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.survival(1, Double.NaN))
                .withMessage("degrees of freedom must be above zero: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.upperQuantile(-0.1, 4))
                .withMessage("tail must be in [0, 1]: -0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.upperQuantile(1.1, 4))
                .withMessage("tail must be in [0, 1]: 1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> StudentT.upperQuantile(Double.NaN, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.upperQuantile(0.1, Double.NaN))
                .withMessage("degrees of freedom must be above zero: NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> StudentT.upperQuantile(0.5, 0));
    }

    // scipy.stats.f.sf(ratio, a, b)
    @ParameterizedTest
    @CsvSource({"3.5, 4, 4, 0.1262002743484225", "53.4, 4, 4, 0.001001309504121718", "0.2, 3, 7, 0.8931679556624899"})
    void tails_of_fisher_agree_with_scipy(double ratio, double a, double b, double expected) {
        assertThat(FisherF.survival(ratio, a, b)).isCloseTo(expected, relative(expected, 1e-11));
    }

    @Test
    void tails_of_fisher_end_at_zero_and_infinity() {
        assertThat(FisherF.survival(FisherF.upperQuantile(0.025, 19, 29), 19, 29))
                .isCloseTo(0.025, relative(0.025, 1e-9));
        assertThat(FisherF.upperQuantile(1, 3, 4)).isZero();
        assertThat(FisherF.upperQuantile(0, 3, 4)).isInfinite();
        assertThatIllegalArgumentException().isThrownBy(() -> FisherF.upperQuantile(1.5, 3, 4));
        assertThat(FisherF.survival(0, 3, 4)).isOne();
        assertThat(FisherF.survival(Double.POSITIVE_INFINITY, 3, 4)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> FisherF.survival(-1, 3, 4));
    }
}
