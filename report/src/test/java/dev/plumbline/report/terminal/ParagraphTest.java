package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParagraphTest {
    private static List<String> lines(String first, String words, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Paragraph.append(first, words, Ansi.PLAIN, style, out);
        assertThat(out.toString()).endsWith("\n");
        return out.toString().lines().toList();
    }

    @Test
    void words_are_broken_between_them_and_stand_under_the_first() {
        assertThat(lines("why  ", "aaaa ".repeat(20).strip(), TextStyle.DEFAULT.withWidth(48)))
                .containsExactly(
                        "why  aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa",
                        "     aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa",
                        "     aaaa aaaa aaaa aaaa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plumb accept d660dc3f8f4f-6837bfdd --reason WHY",
                "plumb triage mute org.acme.CrcBenchmark.update --until=DATE",
                "plumb explain 'org.acme.Crc update {n=10, mode=avgt}' --branch worse",
                "plumb series rename OLD NEW",
            })
    void a_command_stays_on_one_line_to_be_copied(String command) {
        String sentence = "measure again, fix the code, or " + command + "; then check again as before";
        for (int width = 48; width < 100; width += 7) {
            List<String> lines = lines("  next: ", sentence, TextStyle.DEFAULT.withWidth(width));
            assertThat(lines).anyMatch(line -> line.contains(command));
            assertThat(String.join(" ", lines).replaceAll(" +", " ")).isEqualTo(" next: " + sentence);
        }
    }

    @Test
    void prose_behind_the_name_of_a_command_is_broken_as_usual() {
        assertThat(lines(
                        "",
                        "see plumb history for what the benchmark did before this run was measured",
                        TextStyle.DEFAULT.withWidth(48)))
                .containsExactly("see plumb history for what the benchmark did", "before this run was measured");
    }

    @Test
    void nothing_is_a_line() {
        assertThat(lines("", "", TextStyle.DEFAULT)).containsExactly("");
        assertThat(lines("- ", "", TextStyle.DEFAULT)).containsExactly("- ");
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 80, 400})
    void no_line_is_wider_than_the_terminal_whatever_the_word(int width) {
        TextStyle style = TextStyle.DEFAULT.withWidth(width).withVerbose(true);
        for (String word :
                List.of("x".repeat(1_000), "漢".repeat(500), "e\u0301".repeat(300), "a b " + "y".repeat(600))) {
            List<String> lines = lines("  - ", word, style);
            assertThat(lines).allMatch(line -> TerminalText.width(line) <= width);
            assertThat(String.join("", lines).replace(" ", "").substring(1)).isEqualTo(word.replace(" ", ""));
        }
    }

    @Test
    void very_long_text_loses_its_middle_unless_all_is_asked_for() {
        String words = "start " + "word ".repeat(1_000) + "end";

        assertThat(lines("", words, TextStyle.DEFAULT))
                .hasSizeBetween(7, 9)
                .last()
                .asString()
                .endsWith("end");
        assertThat(lines("", words, TextStyle.DEFAULT.withVerbose(true))).hasSizeGreaterThan(50);
    }

    @Test
    void where_nothing_is_cut_a_word_is_longer_than_its_line() {
        assertThat(lines(
                        "",
                        "a " + "x".repeat(200) + " b",
                        TextStyle.DEFAULT.withWhole(true).withVerbose(true)))
                .containsExactly("a", "x".repeat(200), "b");
    }

    @Test
    void the_look_is_of_the_words_and_not_of_what_stands_before_them() {
        StringBuilder out = new StringBuilder();
        Paragraph.append("  ", "words", Ansi.BOLD_RED, TextStyle.DEFAULT.withColour(true), out);

        assertThat(out.toString()).isEqualTo("  \u001b[1;31mwords\u001b[0m\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 39})
    void a_style_is_never_narrower_than_its_narrowest(int width) {
        assertThat(TextStyle.DEFAULT.withWidth(width).width()).isEqualTo(TextStyle.MIN_WIDTH);
    }
}
