package dev.plumbline.report.terminal;

/** Words wrapped to a width. */
public final class Paragraph {
    /** The most lines of a paragraph; longer text loses its middle, since a name from outside may be of any length. */
    private static final int MOST_LINES = 8;

    private Paragraph() {}

    /**
     * Appends text, broken between words; a word that is too long for a line is broken too, where words are cut. A
     * command stays on one line, however long, so that it can be copied. Unless the style is verbose, very long text
     * loses its middle.
     *
     * @param first what the first line begins with
     * @param safe the text, safe to show
     * @param look of the text, not of what the lines begin with
     */
    public static void append(String first, String safe, Ansi look, TextStyle style, StringBuilder out) {
        int indent = TerminalText.width(first);
        String rest = " ".repeat(indent);
        StringBuilder line = new StringBuilder();
        String begin = first;
        int room = Math.max(10, style.width() - indent);
        String shortened = style.verbose() ? safe : style.shorten(safe, MOST_LINES * room);
        int taken = 0;
        for (String word : LineUnits.of(shortened)) {
            int width = TerminalText.width(word);
            if (line.length() > 0 && taken + 1 + width > room) {
                out.append(begin).append(style.paint(line.toString(), look)).append('\n');
                begin = rest;
                line.setLength(0);
                taken = 0;
            } else if (line.length() > 0) {
                line.append(' ');
                taken++;
            }
            line.append(word);
            taken += width;
            while (!style.whole() && taken > room && !LineUnits.isCommand(word)) {
                String part = TerminalText.start(line.toString(), room);
                out.append(begin).append(style.paint(part, look)).append('\n');
                begin = rest;
                line.delete(0, part.length());
                taken = TerminalText.width(line.toString());
            }
        }
        out.append(begin).append(style.paint(line.toString(), look)).append('\n');
    }
}
