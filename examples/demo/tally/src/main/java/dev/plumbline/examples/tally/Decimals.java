package dev.plumbline.examples.tally;

/** Decimal numbers as a count of millionths, without the rounding of binary fractions. */
public final class Decimals {
    private static final int DIGITS = 6;

    private Decimals() {}

    /** Millionths in a text such as {@code -12.345}; digits beyond the sixth are cut off. */
    public static long parseMillionths(String text) {
        int position = 0;
        boolean negative = false;
        if (!text.isEmpty() && text.charAt(0) == '-') {
            negative = true;
            position = 1;
        }
        if (position == text.length()) {
            throw new NumberFormatException("no digits in \"" + text + "\"");
        }
        long value = 0;
        int fraction = -1;
        for (; position < text.length() && fraction < DIGITS; position++) {
            char character = text.charAt(position);
            if (character == '.' && fraction < 0) {
                fraction = 0;
            } else if (character >= '0' && character <= '9') {
                value = Math.addExact(Math.multiplyExact(value, 10L), (long) (character - '0'));
                if (fraction >= 0) {
                    fraction++;
                }
            } else {
                throw new NumberFormatException("not a decimal number: \"" + text + "\"");
            }
        }
        for (int digit = Math.max(fraction, 0); digit < DIGITS; digit++) {
            value = Math.multiplyExact(value, 10L);
        }
        return negative ? -value : value;
    }
}
