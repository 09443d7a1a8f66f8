package dev.plumbline.report.terminal;

/**
 * The style of text for a terminal.
 *
 * @param width the columns to fill, at least 48
 * @param colour whether ANSI colours are written; the text says the same without them
 * @param unicode whether signs beyond ASCII can be shown
 * @param verbose whether everything is listed that is otherwise summed up
 * @param whole whether names and words are never cut: lines may be longer than the width then, as they may in files and
 *     pipes, where somebody searches for a name or takes it from
 */
public record TextStyle(int width, boolean colour, boolean unicode, boolean verbose, boolean whole) {
    /** The narrowest layout there is. */
    public static final int MIN_WIDTH = 40;

    /** 80 columns, no colours, Unicode, not verbose, cut to the width. */
    public static final TextStyle DEFAULT = new TextStyle(80, false, true, false, false);

    /** Longer names are cut wherever they stand: they may come from anybody. */
    private static final int LONGEST = 300;

    /** Any width is taken; one below {@link #MIN_WIDTH} becomes that. */
    public TextStyle {
        width = Math.max(MIN_WIDTH, width);
    }

    public TextStyle withWidth(int columns) {
        return new TextStyle(columns, colour, unicode, verbose, whole);
    }

    public TextStyle withColour(boolean colours) {
        return new TextStyle(width, colours, unicode, verbose, whole);
    }

    public TextStyle withUnicode(boolean other) {
        return new TextStyle(width, colour, other, verbose, whole);
    }

    public TextStyle withVerbose(boolean everything) {
        return new TextStyle(width, colour, unicode, everything, whole);
    }

    public TextStyle withWhole(boolean uncut) {
        return new TextStyle(width, colour, unicode, verbose, uncut);
    }

    /** The columns that a name may take in a table of this many. */
    public int room(int columns) {
        return whole ? Math.max(columns, LONGEST) : columns;
    }

    /** The text made harmless, and in ASCII where nothing else can be shown. */
    public String safe(String text) {
        String escaped = TerminalText.escape(text);
        return unicode ? escaped : TerminalText.ascii(escaped);
    }

    /** A command of {@link ShellText}, whole and as it is pasted; in ASCII where nothing else can be shown. */
    public String command(String command) {
        return unicode ? command : ShellText.ascii(command);
    }

    public String shorten(String safe, int columns) {
        return TerminalText.shorten(safe, columns, ellipsis());
    }

    /** The sign for omitted text. */
    public String ellipsis() {
        return unicode ? "…" : "...";
    }

    public String paint(String safe, Ansi look) {
        return colour ? look.paint(safe) : safe;
    }
}
