package dev.plumbline.report.svg;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.terminal.TerminalText;

/**
 * A badge for a README: its subject and its state.
 *
 * @param label on the left; what is too long is shortened
 * @param message on the right
 */
public record Badge(String label, String message, Mood mood) {
    private static final int HEIGHT = 20;
    private static final int FONT_SIZE = 11;
    private static final int PADDING = 6;
    private static final int BASELINE = 14;
    private static final int LONGEST = 60;

    /** The look of a state; the message has it in words, too. */
    public enum Mood {
        GOOD("#00658f"),
        WAITING("#8a5a00"),
        BAD("#b3361d"),
        UNKNOWN("#56606c");

        private final String color;

        Mood(String color) {
            this.color = color;
        }
    }

    public Badge {
        label = shortened(label);
        message = shortened(message);
        requireNonNull(mood, "mood");
    }

    private static String shortened(String text) {
        return TerminalText.shorten(TerminalText.escape(text), LONGEST, "…");
    }

    /** Writes the picture. */
    public String write() {
        double left = SvgText.width(label, FONT_SIZE) + 2 * PADDING;
        double right = SvgText.width(message, FONT_SIZE) + 2 * PADDING;
        return SvgText.picture(left + right, HEIGHT, label + ": " + message, svg -> {
            svg.shape("rect", "width", left + right, "height", HEIGHT, "rx", 3, "fill", "#343b43");
            svg.shape("path", "d", rightSide(left, left + right), "fill", mood.color);
            text(svg, label, left / 2, left);
            text(svg, message, left + right / 2, right);
        });
    }

    /** A rectangle whose right corners are round. */
    private static String rightSide(double from, double to) {
        return "M" + SvgText.number(from) + " 0H" + SvgText.number(to - 3) + "a3 3 0 0 1 3 3V" + (HEIGHT - 3)
                + "a3 3 0 0 1 -3 3H" + SvgText.number(from) + "Z";
    }

    private static void text(SvgText svg, String text, double middle, double room) {
        svg.text(
                "text",
                text,
                "x",
                middle,
                "y",
                BASELINE,
                "fill",
                "#ffffff",
                "font-size",
                FONT_SIZE,
                "text-anchor",
                "middle",
                "textLength",
                room - 2 * PADDING,
                "lengthAdjust",
                "spacingAndGlyphs");
    }
}
