package dev.plumbline.ingest.gab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedSpreadTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ± 41739         | 41739
            ±1,234,567      | 1234567
            +/- 0.5         | 0.5
            +/-2.5e-3 and more words | 0.0025
            """)
    void reads_a_size_in_the_unit_of_the_value(String text, double size) {
        assertThat(StatedSpread.of(text)).isEqualTo(new StatedSpread(size, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ±1.25%          | 1.25
            ± 3 % (5 runs)  | 3
            """)
    void reads_a_size_in_percent(String text, double size) {
        assertThat(StatedSpread.of(text)).isEqualTo(new StatedSpread(size, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "5", "± ", "±-5", "± NaN", "stddev: 0.1", "+/- 1.2.3", "± 5\nmore lines", "±1e999"})
    void other_texts_tell_no_spread(String text) {
        assertThat(StatedSpread.of(text).isKnown()).isFalse();
        assertThat(StatedSpread.of(text).isPercentage()).isFalse();
    }
}
