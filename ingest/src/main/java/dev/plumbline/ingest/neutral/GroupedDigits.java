package dev.plumbline.ingest.neutral;

import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Recorder;
import java.util.regex.Pattern;

/**
 * Numbers whose digits may be grouped: {@code 12 345}, and {@code 12.345} in a table whose decimals have commas.
 *
 * <p>Plumbline CSV groups no digits. Numbers that may be written so are reported.
 */
final class GroupedDigits {
    /** A text that is rather one number with its digits in groups than several values of one sample, such as 12 345. */
    private static final Pattern BY_BLANKS =
            Pattern.compile("[0-9]{1,2}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9]{3}(?: [0-9]{3})*? 0[0-9]{2}(?: [0-9]{3})*");

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?[0-9][0-9.]*,[0-9]+");

    private boolean commas;
    private long byPoints;
    private String first = "";
    private String firstWhere = "";

    /** Whether blanks are rather between groups of digits than between values. */
    static boolean areByBlanks(String text) {
        return BY_BLANKS.matcher(text).matches();
    }

    /** Notes a value that is no number: a decimal comma shows the form of the others. */
    void noNumber(String text) {
        commas |= DECIMAL_COMMA.matcher(text).matches();
    }

    /**
     * Whether a value has its digits in groups, as decimal commas above it show; before the first comma it is only
     * remembered.
     */
    boolean areIn(String text, Csv row) {
        if (!isByPoints(text)) {
            return false;
        }
        if (!commas && byPoints++ == 0) {
            first = text;
            firstWhere = row.where();
        }
        return commas;
    }

    /** Reports numbers that decimal commas further below make doubtful. */
    void report(Recorder recorder) {
        if (commas && byPoints > 0) {
            recorder.problem(
                    firstWhere,
                    Excerpt.quoted(first)
                            + (byPoints > 1 ? " and " + (byPoints - 1) + " like it were" : " was")
                            + " read with a decimal point, and values below have decimal commas; if the point"
                            + " groups digits, the number is another");
        }
    }

    /** Whether it is a whole number in groups where decimals have a comma: 12.345 or -1.234.567. */
    private static boolean isByPoints(String text) {
        int first = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int end = text.length();
        if (end - first < 5 || text.charAt(end - 4) != '.') {
            return false;
        }
        for (int i = first; i < end; i++) {
            char c = text.charAt(i);
            boolean point = (end - i) % 4 == 0;
            if (point ? c != '.' || i == first : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
