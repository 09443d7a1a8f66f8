package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost of a number, and what is none of a text. */
class TextsTest {
    // ---- infinities and lengths

    @ParameterizedTest
    @CsvSource({
        "Infinity, Infinity",
        "+Infinity, Infinity",
        "inf, Infinity",
        "+Inf, Infinity",
        "-Infinity, -Infinity",
        "-inf, -Infinity",
        "-Inf, -Infinity",
        "1e999, Infinity",
        "-1e999, -Infinity",
    })
    void infinities_are_numbers(String text, double number) {
        assertThat(Texts.number(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INF", "infinite", "∞", "NaN", "nan", "-", "Infinity0", "--inf", "١٢", "１２"})
    void other_words_and_digits_of_other_scripts_are_none(String text) {
        assertThat(Texts.number(text)).isNaN();
    }

    @Test
    void blanks_around_a_number_are_no_part_of_it_and_inside_end_it() {
        assertThat(Texts.number(" \t12.5\u2003\n")).isEqualTo(12.5);
        assertThat(Texts.number("12 5")).isNaN();
        assertThat(Texts.number(" ")).isNaN();
    }

    @Test
    void a_number_has_400_characters_at_most() {
        assertThat(Texts.number("0." + "0".repeat(390) + "12345e391")).isNaN();
        assertThat(Texts.number("1" + "0".repeat(300))).isEqualTo(1e300);
        assertThat(Texts.number("0." + "0".repeat(390) + "1e391")).isEqualTo(1);
    }

    // ---- lost digits

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "-9007199254740993", "+9007199254740993", "123456789012345678901"})
    void a_whole_number_with_more_digits_than_can_be_kept_is_told(String text) {
        double kept = Texts.number(text);

        assertThat(Texts.lostDigits(text, kept))
                .contains("the whole number " + text + " has more digits than can be kept; it is read as " + kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740991",
                "9007199254740992",
                "9007199254740994",
                "18014398509481984",
                "1000000000000000000000",
                "9007199254740993.5",
                "9.007199254740993e15",
                "Infinity",
                "0.1",
                "0",
                "x"
            })
    void whole_numbers_that_are_kept_and_all_that_are_none_are_not(String text) {
        assertThat(Texts.lostDigits(text, Texts.number(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-400", "0.5e-999", " -3e-400 ", "0.0000001e-330"})
    void a_number_of_which_nothing_is_left_is_told(String text) {
        assertThat(Texts.lostDigits(text, Texts.number(text)).orElseThrow())
                .startsWith("the number ")
                .contains(text.strip())
                .endsWith("is too small for a double; it is read as 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000", "-0", "0e5", "0e-400", "0E99", "4.9e-324"})
    void a_zero_and_the_smallest_double_lose_nothing(String text) {
        assertThat(Texts.lostDigits(text, Texts.number(text))).isEmpty();
    }

    // ---- shares

    @ParameterizedTest
    @CsvSource({"99.9, 0.999", "99.99, 0.9999", "50, 0.5", "0, 0", "100, 1", "0.1, 0.001", "-5, -0.05"})
    void a_percentage_is_the_share_that_would_have_been_written(double percent, double share) {
        assertThat(Texts.share(percent)).isEqualTo(share);
    }

    @Test
    void what_is_no_percentage_is_no_share() {
        assertThat(Texts.share(Double.NaN)).isNaN();
        assertThat(Texts.share(Double.POSITIVE_INFINITY)).isInfinite();
    }

    // ---- halves of characters

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ümläut", "𝄞", "a𝄞b𝄞", "\uFFFD"})
    void a_text_without_halves_of_characters_stays_the_same_object(String text) {
        assertThat(Texts.wellFormed(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "\uD834, \uFFFD",
        "\uDD1E, \uFFFD",
        "a\uD834b, a\uFFFDb",
        "\uDD1E\uD834, \uFFFD\uFFFD",
        "\uD834\uD834\uDD1E, \uFFFD\uD834\uDD1E",
        "𝄞\uD834, 𝄞\uFFFD",
    })
    void half_of_a_character_is_replaced_and_whole_ones_stay(String text, String whole) {
        String wellFormed = Texts.wellFormed(text);

        assertThat(wellFormed).isEqualTo(whole);
        assertThat(new String(wellFormed.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(wellFormed);
    }
}
