package dev.plumbline.report;

/**
 * How text for a terminal is to look.
 *
 * @param width the columns to fill, at least 48
 * @param colour whether ANSI colours are written; the text says the same without them
 * @param unicode whether signs beyond ASCII can be shown
 * @param verbose whether everything is listed that is otherwise summed up
 */
public record TextStyle(int width, boolean colour, boolean unicode, boolean verbose) {
    /** The narrowest layout there is. */
    public static final int MIN_WIDTH = 48;

    /** 80 columns, no colours, Unicode, not verbose. */
    public static final TextStyle DEFAULT = new TextStyle(80, false, true, false);

    /** Any width is taken; one below {@link #MIN_WIDTH} becomes that. */
    public TextStyle {
        width = Math.max(MIN_WIDTH, width);
    }

    public TextStyle withWidth(int columns) {
        return new TextStyle(columns, colour, unicode, verbose);
    }

    public TextStyle withColour(boolean colours) {
        return new TextStyle(width, colours, unicode, verbose);
    }

    public TextStyle withUnicode(boolean other) {
        return new TextStyle(width, colour, other, verbose);
    }

    public TextStyle withVerbose(boolean everything) {
        return new TextStyle(width, colour, unicode, everything);
    }

    /** The text made harmless, and in ASCII where nothing else can be shown. */
    String safe(String text) {
        String escaped = TerminalText.escape(text);
        return unicode ? escaped : TerminalText.ascii(escaped);
    }

    String shorten(String safe, int columns) {
        return TerminalText.shorten(safe, columns, ellipsis());
    }

    /** What stands for what was left out. */
    String ellipsis() {
        return unicode ? "…" : "...";
    }

    String paint(String safe, Ansi look) {
        return colour ? look.paint(safe) : safe;
    }
}
