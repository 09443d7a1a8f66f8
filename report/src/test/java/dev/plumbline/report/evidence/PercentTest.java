package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentTest {
    @Test
    void shares_have_one_decimal_and_changes_a_sign() {
        assertThat(Percent.of(-0.0234)).isEqualTo("-2.3 %");
        assertThat(Percent.of(1.5)).isEqualTo("150.0 %");
        assertThat(Percent.change(0.025)).isEqualTo("+2.5 %");
        assertThat(Percent.change(-0.025)).isEqualTo("-2.5 %");
        assertThat(Percent.change(Double.POSITIVE_INFINITY)).isEqualTo("a change out of zero");
        assertThat(Percent.signed(0.0235, 2)).isEqualTo("+2.35 %");
        assertThat(Percent.signed(Double.POSITIVE_INFINITY, 2)).isEqualTo("+∞");
        assertThat(Percent.signed(Double.NEGATIVE_INFINITY, 2)).isEqualTo("-∞");
    }

    @Test
    void what_rounds_to_zero_has_no_sign() {
        for (double nothing : new double[] {-0.0, 0.0, -0.0004, 0.0004}) {
            assertThat(Percent.of(nothing)).isEqualTo("0.0 %");
            assertThat(Percent.change(nothing)).isEqualTo("0.0 %");
        }
        assertThat(Percent.signed(-0.00004, 2)).isEqualTo("0.00 %");
        assertThat(Percent.signed(-0.0004, 2)).isEqualTo("-0.04 %");
        assertThat(Percent.signed(0.1, 1)).isEqualTo("+10.0 %");
        assertThat(Percent.signed(-0.001, 0)).isEqualTo("0 %");
        assertThat(Percent.whole(-0.001)).isEqualTo("0 %");
        assertThat(Percent.whole(0.001)).isEqualTo("0 %");
        assertThat(Percent.whole(-0.12)).isEqualTo("-12 %");
        assertThat(Percent.brief(-0.0001)).isEqualTo("0 %");
    }
}
