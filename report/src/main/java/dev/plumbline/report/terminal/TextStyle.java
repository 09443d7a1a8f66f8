package dev.plumbline.report.terminal;

import java.util.Optional;

/**
 * The style of text for a terminal.
 *
 * @param width the columns to fill, at least 48
 * @param colour whether ANSI colours are written; the text is complete without them
 * @param unicode whether signs beyond ASCII can be shown
 * @param verbose whether everything is listed that is otherwise summed up
 * @param whole whether names and words are never cut: lines may be longer than the width then, as in files and pipes,
 *     from which names are searched and copied
 * @param store what the commands that are shown need so that they look into the same history: an option behind a blank,
 *     ready for a shell; empty where they find it by themselves
 */
public record TextStyle(int width, boolean colour, boolean unicode, boolean verbose, boolean whole, String store) {
    /** The narrowest layout there is. */
    public static final int MIN_WIDTH = 40;

    /** 80 columns, no colours, Unicode, not verbose, cut to the width. */
    public static final TextStyle DEFAULT = new TextStyle(80, false, true, false, false);

    /** Longer names are cut everywhere, because they are untrusted. */
    private static final int LONGEST = 300;

    /** Any width is taken; one below {@link #MIN_WIDTH} becomes that. */
    public TextStyle {
        width = Math.max(MIN_WIDTH, width);
    }

    /** The same for a history that commands find by themselves. */
    public TextStyle(int width, boolean colour, boolean unicode, boolean verbose, boolean whole) {
        this(width, colour, unicode, verbose, whole, "");
    }

    /** @param location of the history, where an option named it */
    public TextStyle withStore(Optional<String> location) {
        String option =
                location.map(file -> " --store " + ShellText.quoted(file)).orElse("");
        return new TextStyle(width, colour, unicode, verbose, whole, option);
    }

    public TextStyle withWidth(int columns) {
        return new TextStyle(columns, colour, unicode, verbose, whole, store);
    }

    public TextStyle withColour(boolean colours) {
        return new TextStyle(width, colours, unicode, verbose, whole, store);
    }

    public TextStyle withUnicode(boolean other) {
        return new TextStyle(width, colour, other, verbose, whole, store);
    }

    public TextStyle withVerbose(boolean everything) {
        return new TextStyle(width, colour, unicode, everything, whole, store);
    }

    public TextStyle withWhole(boolean uncut) {
        return new TextStyle(width, colour, unicode, verbose, uncut, store);
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
