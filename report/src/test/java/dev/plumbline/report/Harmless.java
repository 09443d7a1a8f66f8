package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;

/** What every text for a terminal keeps, whatever names stand in it. */
public final class Harmless {
    /** Narrow, usual, very wide, and usual without signs beyond ASCII. */
    public static final List<TextStyle> STYLES = List.of(
            TextStyle.DEFAULT.withWidth(40),
            TextStyle.DEFAULT,
            TextStyle.DEFAULT.withWidth(400),
            TextStyle.DEFAULT.withUnicode(false));

    private Harmless() {}

    /** Whether a terminal would act upon it, or nobody would see it; the zero-width space of Markdown is ours. */
    public static boolean isDangerous(int character) {
        return character != '\n'
                && character != '\u200b'
                && (character < ' '
                        || character >= 0x7f && character < 0xa0
                        || character >= 0x202a && character <= 0x202e
                        || character >= 0x2066 && character <= 0x2069);
    }

    /** That nothing breaks out of the text, that it is ASCII where the style is, and that it ends its last line. */
    public static void assertHarmless(String text, TextStyle style) {
        assertThat(text.codePoints()).noneMatch(Harmless::isDangerous);
        if (!style.unicode()) {
            assertThat(text.chars()).allMatch(character -> character < 0x7f);
        }
        assertThat(text).endsWith("\n");
    }

    /** That, and that no line is wider than the style. */
    public static void assertFits(String text, TextStyle style) {
        assertHarmless(text, style);
        assertThat(text.lines()).allMatch(line -> fits(line, style));
    }

    /** Whether a line fits; a command alone on its line may be wider, since it is copied as one. */
    public static boolean fits(String line, TextStyle style) {
        return TerminalText.width(line) <= style.width() || line.strip().startsWith("plumb ");
    }
}
