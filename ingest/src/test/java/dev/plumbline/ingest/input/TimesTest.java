package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            2020-11-16T16:00:07-08:00,            2020-11-17T00:00:07Z
            2020-11-16T16:00:07Z,                 2020-11-16T16:00:07Z
            2020-11-16T16:00:07.5Z,               2020-11-16T16:00:07.500Z
            2020-11-16T16:00:07.123456789+00:30,  2020-11-16T15:30:07.123456789Z
            2020-02-29T00:00:00+00:00,            2020-02-29T00:00:00Z
            0001-01-01T00:00:00Z,                 0001-01-01T00:00:00Z
            2020-11-16T16:00:07+0100,             2020-11-16T15:00:07Z
            2020-11-16T16:00:07+01,               2020-11-16T15:00:07Z
            2020-11-16T16:00Z,                    2020-11-16T16:00:00Z
            2020-11-16 16:00:07 +0100,            2020-11-16T15:00:07Z
            2020-11-16 16:00:07 UTC,              2020-11-16T16:00:07Z
            2020-11-16T16:00:07,                  2020-11-16T10:30:07Z
            2020-11-16,                           2020-11-15T18:30:00Z
            1605571384450,                        2020-11-17T00:03:04.450Z
            1605571384,                           2020-11-17T00:03:04Z
            """)
    void reads_what_tools_write(String text, Instant expected) {
        assertThat(Times.parse(text, KOLKATA)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-13-01T00:00:00Z",
                "2020-00-01T00:00:00Z",
                "2020-04-30T25:00:00Z",
                "2020-04-30T12:60:00Z",
                "2020-04-30T12:00:60Z",
                "2020-04-30T12:00:00+19:00",
                "2020-04-30T12:00:00+01:60",
                "2020-04-30T12:00:00*01:00",
                "2020-04-30T12:00:00+1:00",
                "2020-04-30T12:00:0xZ",
                "yesterday at noon, or so",
                "2020",
                ""
            })
    void a_text_that_is_no_time_tells_none(String text) {
        assertThat(Times.parse(text, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void reads_the_usual_form_as_the_formatter_of_the_platform_does() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            OffsetDateTime time = Instant.ofEpochSecond(
                            (long) (random.nextDouble() * 250_000_000_000L) - 60_000_000_000L,
                            random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000))
                    .atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 17 * 60) - 17 * 60)));
            String text = DateTimeFormatter.ofPattern(
                            random.nextBoolean() ? "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx" : "uuuu-MM-dd'T'HH:mm:ssXXX",
                            Locale.ROOT)
                    .format(time);
            assertThat(Times.parse(text, KOLKATA))
                    .as("%s, seed %d", text, seed)
                    .contains(OffsetDateTime.parse(text).toInstant());
        }
    }
}
