package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.Examples;
import org.junit.jupiter.api.Test;

class TerminalTextTest {

    @Test
    void makes_control_characters_visible() {
        assertThat(TerminalText.escape("a\u001b[31mb\nc\r\td\u0000\u0007\u007f\u009b"))
                .isEqualTo("a␛[31mb\\nc\\r\\td␀␇␡\\u009b");
    }

    @Test
    void makes_directions_and_invisible_characters_visible() {
        assertThat(TerminalText.escape("a\u202Eb\u2066c\u200Bd\uFEFFe\u2028f\u00ADg\u200Fh\u3164"))
                .isEqualTo("a\\u202eb\\u2066c\\u200bd\\ufeffe\\u2028f\\u00adg\\u200fh\\u3164");
    }

    @Test
    void makes_halves_of_surrogate_pairs_and_unassigned_code_points_visible() {
        assertThat(TerminalText.escape("\uD800x\uDC00")).isEqualTo("\\ud800x\\udc00");
        assertThat(TerminalText.escape(new String(Character.toChars(0xE0001)))).isEqualTo("\\ue0001");
        assertThat(TerminalText.escape("\u0378")).isEqualTo("\\u0378");
    }

    @Test
    void leaves_what_can_be_seen() {
        String text = "Größe · naïve — 漢字 한국어 Ελληνικά 🚀 c:\\temp";
        assertThat(TerminalText.escape(text)).isEqualTo(text);
    }

    @Test
    void escapes_marks_that_pile_up() {
        assertThat(TerminalText.escape("z" + "\u0301".repeat(6))).isEqualTo("z\u0301\u0301\u0301\u0301\\u0301\\u0301");
    }

    @Test
    void escaping_twice_changes_nothing() {
        for (String text : Examples.HOSTILE) {
            String once = TerminalText.escape(text);
            assertThat(TerminalText.escape(once)).isEqualTo(once);
        }
    }

    @Test
    void leaves_nothing_that_a_terminal_acts_upon() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            String escaped = TerminalText.escape(
                    new StringBuilder().appendCodePoint(character).toString());
            escaped.codePoints().forEach(shown -> assertThat(Character.getType(shown))
                    .isNotIn(
                            (int) Character.CONTROL,
                            (int) Character.FORMAT,
                            (int) Character.SURROGATE,
                            (int) Character.LINE_SEPARATOR,
                            (int) Character.PARAGRAPH_SEPARATOR));
        }
    }

    @Test
    void knows_the_width_of_every_script() {
        assertThat(TerminalText.width("abc")).isEqualTo(3);
        assertThat(TerminalText.width("é e\u0301")).isEqualTo(3);
        assertThat(TerminalText.width("漢字")).isEqualTo(4);
        assertThat(TerminalText.width("한국어")).isEqualTo(6);
        assertThat(TerminalText.width("ｱ")).isEqualTo(1);
        assertThat(TerminalText.width("Ａ")).isEqualTo(2);
        assertThat(TerminalText.width("🚀✗▁█→±")).isEqualTo(7);
    }

    @Test
    void shortens_in_the_middle_to_the_width() {
        assertThat(TerminalText.shorten("abcdefghijkl", 12, "…")).isEqualTo("abcdefghijkl");
        assertThat(TerminalText.shorten("abcdefghijkl", 7, "…")).isEqualTo("ab…ijkl");
        assertThat(TerminalText.shorten("abcdefghijkl", 1, "…")).isEqualTo("a");
        assertThat(TerminalText.shorten("abcdefghijkl", 7, "...")).isEqualTo("a...jkl");
    }

    @Test
    void never_shortens_to_more_than_the_width_nor_cuts_a_character() {
        for (String text : Examples.HOSTILE) {
            String escaped = TerminalText.escape(text);
            for (int columns = 1; columns < 60; columns++) {
                String shortened = TerminalText.shorten(escaped, columns, "…");
                assertThat(TerminalText.width(shortened)).isLessThanOrEqualTo(columns);
                assertThat(TerminalText.escape(shortened)).isEqualTo(shortened);
            }
        }
    }

    @Test
    void never_begins_the_end_with_a_mark_of_the_letter_before() {
        String text = "aaaaaaaae\u0301e\u0301e\u0301";
        for (int columns = 2; columns < 11; columns++) {
            String shortened = TerminalText.shorten(text, columns, "…");
            assertThat(shortened).doesNotContain("…\u0301");
        }
    }

    @Test
    void becomes_ascii_with_readable_signs() {
        assertThat(TerminalText.ascii("1.2 → 3 µs ±∞ — 漢 … ×2 ␛[0m"))
                .isEqualTo("1.2 -> 3 us +-inf - \\u6f22 ... x2 \\e[0m");
        assertThat(TerminalText.ascii("≥ 8 % · R² 0.9 · 8–16 μs")).isEqualTo(">= 8 % - R^2 0.9 - 8-16 us");
    }

    @Test
    void marks_that_nobody_can_see_make_no_two_names_look_alike() {
        assertThat(TerminalText.escape("a\u034fb")).isEqualTo("a\\u034fb");
        assertThat(TerminalText.escape("a\ufe00b")).isEqualTo("a\\ufe00b");
        assertThat(TerminalText.escape("a\u180bb")).isEqualTo("a\\u180bb");
        assertThat(TerminalText.escape("a" + Character.toString(0xE0101))).isEqualTo("a\\ue0101");
        // emoji are made with the selectors of text and of pictures
        assertThat(TerminalText.escape("\u2764\ufe0f")).isEqualTo("\u2764\ufe0f");
    }
}
