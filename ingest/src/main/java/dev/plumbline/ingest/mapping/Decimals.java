package dev.plumbline.ingest.mapping;

import dev.plumbline.ingest.input.Texts;
import java.util.regex.Pattern;

/** The way in which a file writes the decimals of its numbers. */
public enum Decimals {
    /** {@code 1234.5}. */
    POINT {
        @Override
        double number(String text) {
            return Texts.number(text);
        }
    },
    /** {@code 1234,5}, and {@code 1.234,5} with points, blanks or apostrophes between groups of three digits. */
    COMMA {
        @Override
        double number(String text) {
            String stripped = text.strip();
            return WITH_COMMA.matcher(stripped).matches()
                    ? Texts.number(GROUPING.matcher(stripped).replaceAll("").replace(',', '.'))
                    : Double.NaN;
        }
    };

    private static final Pattern GROUPING = Pattern.compile("[.' \u00a0\u202f\u2019]");
    private static final Pattern WITH_COMMA =
            Pattern.compile("[-+]?(\\d{1,3}([.' \u00a0\u202f\u2019]\\d{3})+|\\d+)?(,\\d+)?([eE][-+]?\\d+)?");

    /** The number in a text; NaN when there is none. */
    abstract double number(String text);
}
