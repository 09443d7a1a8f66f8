package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {
    @Test
    void a_text_is_a_line_of_a_thousand_characters_at_most() {
        assertThat(Kind.text().read("  a b\t")).isEqualTo("a b");
        assertThat(Kind.text().read("x".repeat(1000))).hasSize(1000);
        assertThat(Kind.text().read("שלום\u202E𝒳")).isEqualTo("שלום\u202E𝒳");
        assertThatThrownBy(() -> Kind.text().read("x".repeat(1001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than 1000 characters")
                .satisfies(e -> assertThat(e.getMessage().length()).as("cut").isLessThan(300));
        assertThatThrownBy(() -> Kind.text().read("a\nb")).hasMessageContaining("control characters");
    }

    @Test
    void a_script_may_have_several_lines_and_tabs_and_nothing_else_that_controls() {
        assertThat(Kind.script().read("\na\n\tb\n")).isEqualTo("a\n\tb");
        assertThat(Kind.script().read("x".repeat(10_000))).hasSize(10_000);
        assertThatThrownBy(() -> Kind.script().read(" \n")).hasMessage("the script is empty");
        assertThatThrownBy(() -> Kind.script().read("x".repeat(10_001))).hasMessageContaining("10,000");
        assertThatThrownBy(() -> Kind.script().read("a\u001b[31m")).hasMessageContaining("control characters");
        assertThatThrownBy(() -> Kind.script().read("a\rb")).hasMessageContaining("control characters");
    }

    @Test
    void shares_come_back_as_they_were_written() {
        Random random = new Random(20260201);
        for (int i = 0; i < 2000; i++) {
            double share = i % 2 == 0 ? random.nextInt(100_000) / 100_000.0 : random.nextDouble();
            String written = Kind.share().write(share);

            assertThat(Kind.share().read(written)).as(written).isEqualTo(share);
            assertThat(written).endsWith(" %").doesNotContain("E");
        }
    }

    @ParameterizedTest
    @CsvSource({"1.5,1.5", "1e3,1000", "1000.0,1000", "1.0000001,1.0000001", "+2,2"})
    void a_number_is_written_without_an_exponent(String text, String written) {
        assertThat(Kind.numberAbove(1).write(Kind.numberAbove(1).read(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-5", "NaN", "Infinity", "1e400", "0x10", "5d", "1,5", "", "five"})
    void what_is_no_number_above_the_limit_is_refused(String text) {
        assertThatThrownBy(() -> Kind.numberAbove(1).read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0", "1e1", "+3", "0x3", "3 ", "１", "9999999999", "--3"})
    void a_whole_number_is_digits_alone(String text) {
        boolean isOne = text.strip().equals("3");
        if (isOne) {
            assertThat(Kind.wholeNumber(1, 9).read(text)).isEqualTo(3);
        } else {
            assertThatThrownBy(() -> Kind.wholeNumber(1, 9).read(text))
                    .hasMessageContaining("is not a whole number from 1 to 9");
        }
    }

    @Test
    void the_limits_of_whole_numbers_are_allowed_themselves() {
        assertThat(Kind.wholeNumber(-2, 7).read("-2")).isEqualTo(-2);
        assertThat(Kind.wholeNumber(-2, 7).read("7")).isEqualTo(7);
        assertThatThrownBy(() -> Kind.wholeNumber(-2, 7).read("8")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Kind.wholeNumber(-2, 7).read("-3")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_choice_is_read_in_any_case_and_answers_a_slip() {
        Map<String, Integer> words = new LinkedHashMap<>();
        words.put("latest", 1);
        words.put("best", 2);
        Kind<Integer> kind = Kind.choice(words);

        assertThat(kind.read(" LATEST ")).isEqualTo(1);
        assertThat(kind.write(2)).isEqualTo("best");
        assertThatThrownBy(() -> kind.read("lattest"))
                .hasMessage("\"lattest\" must be one of latest, best; did you mean \"latest\"?");
        assertThatThrownBy(() -> kind.read("")).hasMessage("\"\" must be one of latest, best");
    }

    @Test
    void an_optional_value_is_shown_in_the_words_for_none() {
        Kind<Optional<Integer>> kind = Kind.optional(Kind.wholeNumber(1, 9), "all");

        assertThat(kind.read("4")).contains(4);
        assertThat(kind.write(Optional.of(4))).isEqualTo("4");
        assertThat(kind.write(Optional.empty())).isEqualTo("all");
    }

    @Test
    void a_complaint_of_a_parser_has_the_text() {
        Kind<Integer> kind = Kind.parsed(
                text -> {
                    throw new IllegalArgumentException("not today");
                },
                String::valueOf);

        assertThatThrownBy(() -> kind.read(" x ")).hasMessage("\"x\": not today");
        assertThatThrownBy(() -> kind.read(" ")).hasMessage("the text is blank");
    }

    @ParameterizedTest
    @CsvSource({"999999 w,999999 w", "7 d,1 w", "24 h,1 d", "60 min,1 h", "61 s,61 s", "0 w,0 s", "08 d,8 d"})
    void a_length_of_time_is_written_in_the_largest_unit_that_fits(String text, String written) {
        assertThat(Kind.duration().write(Kind.duration().read(text))).isEqualTo(written);
    }
}
