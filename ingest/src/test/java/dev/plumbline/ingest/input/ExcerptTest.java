package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What text from outside may look like in a message. */
class ExcerptTest {
    @ParameterizedTest
    @CsvSource({
        "'a\nb\r\tc', '\"a\\nb\\r\\tc\"'",
        "'\u001B[31m', '\"\\u001b[31m\"'",
        "'\u0000', '\"\\u0000\"'",
        "'\u202Eabc', '\"\\u202eabc\"'",
        "'\u200Bx', '\"\\u200bx\"'",
        "'\u007F', '\"\\u007f\"'",
        "größe, '\"größe\"'",
        "\u05D0\u05D1, '\"\u05D0\u05D1\"'"
    })
    void characters_that_control_or_turn_text_are_shown_as_escapes(String text, String shown) {
        assertThat(Excerpt.quoted(text)).isEqualTo(shown);
    }

    @Test
    void what_is_longer_than_a_hundred_characters_is_cut() {
        assertThat(Excerpt.quoted("x".repeat(100))).isEqualTo("\"" + "x".repeat(100) + "\"");
        assertThat(Excerpt.quoted("x".repeat(101))).isEqualTo("\"" + "x".repeat(100) + "…\"");
        assertThat(Excerpt.quoted("\uD83D\uDE00".repeat(200)))
                .hasSizeLessThan(700)
                .endsWith("…\"");
    }

    @Test
    void nothing_is_shown_as_nothing() {
        assertThat(Excerpt.quoted("")).isEqualTo("\"\"");
    }
}
