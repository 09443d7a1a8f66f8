package dev.plumbline.ingest.gab;

import dev.plumbline.ingest.input.Texts;

/**
 * The spread of a value, as the action writes it: {@code ± 1,234}, {@code +/- 0.5}, {@code ±1.25%}.
 *
 * @param size how far; NaN when the text has no spread
 * @param isPercentage whether the size is in percent of the value
 */
record StatedSpread(double size, boolean isPercentage) {
    private static final StatedSpread UNKNOWN = new StatedSpread(Double.NaN, false);

    /** Reads a spread; something may follow it on its line; other texts have none. */
    static StatedSpread of(String text) {
        String written = text.strip();
        int at = written.startsWith("±") ? 1 : written.startsWith("+/-") ? 3 : 0;
        if (at == 0) {
            return UNKNOWN;
        }
        at = afterBlanks(written, at);
        int start = at;
        while (at < written.length() && isPartOfNumber(written.charAt(at), at == start)) {
            at++;
        }
        double size = Texts.number(written.substring(start, at).replace(",", ""));
        if (!Double.isFinite(size) || written.indexOf('\n', at) >= 0) {
            return UNKNOWN;
        }
        at = afterBlanks(written, at);
        return new StatedSpread(size, at < written.length() && written.charAt(at) == '%');
    }

    boolean isKnown() {
        return !Double.isNaN(size);
    }

    private static int afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isPartOfNumber(char character, boolean first) {
        return character >= '0' && character <= '9' || !first && ".,eE+-".indexOf(character) >= 0;
    }
}
