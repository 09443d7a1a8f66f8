package dev.plumbline.core.model;

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
    }
}
