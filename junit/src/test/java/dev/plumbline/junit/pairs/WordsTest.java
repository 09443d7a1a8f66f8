package dev.plumbline.junit.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00 ns",
        "0.25, 0.25 ns",
        "9.994, 9.99 ns",
        "9.996, 10.0 ns",
        "99.96, 100 ns",
        "999.4, 999 ns",
        "999.6, 1.00 µs",
        "1320000, 1.32 ms",
        "12.5e9, 12.5 s",
        "5e12, 5000 s"
    })
    void a_time_has_three_digits(double nanos, String words) {
        assertThat(Words.time(nanos)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0.03, 3 %", "0.101, 10.1 %", "-0.101, 10.1 %", "0.0025, 0.25 %", "0.1, 10 %", "0, 0 %"})
    void a_share_is_in_percent_without_its_sign(double share, String words) {
        assertThat(Words.percent(share)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1200, 1.2 s", "20000, 20 s", "9960, 10 s"})
    void short_durations_have_a_decimal(long millis, String words) {
        assertThat(Words.seconds(Duration.ofMillis(millis))).isEqualTo(words);
    }
}
