package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PValueTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0.5, 0.5",
        "0.0423, 0.042",
        "0.0427, 0.043",
        "0.999, 1",
        "0.1, 0.1",
        "0.00012, 0.00012",
        "1e-4, 0.0001"
    })
    void it_has_two_significant_digits_and_no_exponent(double p, String number) {
        assertThat(PValue.number(p)).isEqualTo(number);
        assertThat(PValue.words(p)).isEqualTo("p = " + number);
    }

    @ParameterizedTest
    @CsvSource({"0.00009999999", "1e-300", "0"})
    void below_one_in_ten_thousand_nobody_asks_how_far(double p) {
        assertThat(PValue.number(p)).isEqualTo("< 0.0001");
        assertThat(PValue.words(p)).isEqualTo("p < 0.0001");
    }

    @Test
    void what_is_no_number_is_unknown() {
        assertThat(PValue.number(Double.NaN)).isEqualTo("?");
        assertThat(PValue.words(Double.NaN)).isEqualTo("p = ?");
    }
}
