package dev.plumbline.report.format;

import dev.plumbline.report.terminal.TerminalText;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of comma-separated values, safe to open in a spreadsheet.
 *
 * <p>A text that a spreadsheet could take for a formula gets an apostrophe before it, at its beginning and behind every
 * character that a spreadsheet set to another separator would end a cell at. What cannot be seen is made visible as in
 * {@link TerminalText#escape}, so that a record is always one line. Numbers are written as they are and read back to
 * the same bits.
 */
public final class CsvText {
    private static final Pattern FORMULA = Pattern.compile("(^|[;,|\"])(\\s*)(?=[=+\\-@＝＋－＠])");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,;\"|'\\s]");

    private final StringBuilder out = new StringBuilder();
    private boolean begun;

    /** Adds the cells of a record that are words of ours. */
    public CsvText names(List<String> names) {
        names.forEach(this::raw);
        return end();
    }

    /** A text from outside. */
    public CsvText text(String text) {
        String harmless =
                FORMULA.matcher(TerminalText.escape(text)).replaceAll(match -> match.group(1) + "'" + match.group(2));
        return raw(NEEDS_QUOTES.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless);
    }

    /** A number; an infinite one is {@code inf} or {@code -inf}, one that is none an empty cell. */
    public CsvText number(double number) {
        if (Double.isNaN(number)) {
            return raw("");
        }
        if (Double.isInfinite(number)) {
            return raw(number > 0 ? "inf" : "-inf");
        }
        return raw(
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString((long) number)
                        : JsonText.numeral(number));
    }

    public CsvText empty() {
        return raw("");
    }

    private CsvText raw(String cell) {
        if (begun) {
            out.append(',');
        }
        out.append(cell);
        begun = true;
        return this;
    }

    /** Ends the record. */
    public CsvText end() {
        out.append("\r\n");
        begun = false;
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
