package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.input.summary.Durations;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, durations and sizes as programs print them. */
class WrittenNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-07-26T16:34:18-07:00",
                "2023-07-26 16:34:18 -0700",
                "2023-07-26T16:34:18-07",
                "2023-07-26T23:34:18Z",
                "2023-07-26 23:34:18 UTC",
                "2023-07-26 23:34:18",
                "1690414458",
                "1690414458000"
            })
    void one_moment_is_written_in_many_ways(String written) {
        assertThat(Times.parse(written, ZoneOffset.UTC)).contains(Instant.parse("2023-07-26T23:34:18Z"));
    }

    @Test
    void decimal_numbers_become_the_closest_double() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
            int digits = 1 + random.nextInt(19);
            int point = random.nextInt(2 * digits + 2);
            for (int digit = 0; digit < digits; digit++) {
                text.append(digit == point ? "." : "").append(random.nextInt(10));
            }
            text.append(digits == point ? "." : "");

            // bit by bit: -0 is not 0
            assertThat(Double.doubleToRawLongBits(Texts.number(text.toString())))
                    .as(text.toString())
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text.toString())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "-.", "1-", "--1", "1.2.3", "1-2", "1,5", "0x1", "1d", "e5", "+-1"})
    void other_texts_are_no_numbers(String text) {
        assertThat(Texts.number(text)).isNaN();
    }

    @Test
    void a_time_without_offset_is_that_of_the_zone() {
        assertThat(Times.parse("2023-07-26 16:34:18", ZoneId.of("America/Los_Angeles")))
                .contains(Instant.parse("2023-07-26T23:34:18Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "9.31ms, us, 9310",
        "417.00us, us, 417",
        "1.02s, ms, 1020",
        "1h2m3.5s, s, 3723.5",
        "0.0012 secs, s, 0.0012",
        "10.094965987s, ns, 10094965987",
        "113.172398ms, ns, 113172398",
        "12µs, us, 12"
    })
    void durations_are_read_as_if_written_in_the_unit_wanted(String written, String unit, double expected) {
        assertThat(Durations.parse(written, unit)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "ms", "1.5 parsecs", "-3ms", "1ms2", "1e3s", "NaN ms"})
    void what_is_no_duration_is_no_number(String written) {
        assertThat(Durations.parse(written, "s")).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"843.71KB, 863959.04", "1.5MB, 1572864", "12B, 12", "1.00 KiB, 1024", "12.5, 12.5", "2G, 2147483648"})
    void sizes_count_in_steps_of_1024(String written, double bytes) {
        assertThat(Sizes.bytes(written)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KB", "1.5XB", "-1KB", "1e3KB"})
    void what_is_no_size_is_no_number(String written) {
        assertThat(Sizes.bytes(written)).isNaN();
    }
}
