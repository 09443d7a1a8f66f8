package dev.plumbline.ingest.input;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.io.NumberInput;

/** Numbers and names as they come in texts. */
public final class Texts {
    /** Up to it a double holds every whole number: 2⁵³. */
    public static final double EXACT = 1L << 53;

    private static final int LONGEST_NUMBER = 400;

    /** Whole numbers of up to 15 digits are doubles. */
    private static final int EXACT_DIGITS = 15;

    /** 10⁰ to 10¹⁵, each a double. */
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private Texts() {}

    /**
     * The closest double to a decimal number such as {@code -12.5e3}; NaN for everything else.
     *
     * <p>Infinities are understood as {@code Infinity} and {@code inf}. Digit grouping, hexadecimal numbers and the
     * suffixes of Java literals are not numbers here.
     */
    public static double number(String text) {
        String trimmed = text.strip();
        int length = trimmed.length();
        if (length == 0 || length > LONGEST_NUMBER) {
            return Double.NaN;
        }
        int digits = 0;
        int points = 0;
        int others = 0;
        long whole = 0;
        int fraction = 0;
        for (int i = 0; i < length; i++) {
            char c = trimmed.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                whole = 10 * whole + (c - '0');
                fraction += points;
            } else if (c == '.') {
                points++;
            } else if (c == '-' || c == '+' || c == 'e' || c == 'E') {
                others += c == '-' && i == 0 ? 0 : 1;
            } else {
                return infinity(trimmed);
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        if (digits <= EXACT_DIGITS && points <= 1 && others == 0) {
            // both are exact doubles, so that the quotient is rounded once, to the closest
            double number = whole / POWERS_OF_TEN[fraction];
            return trimmed.charAt(0) == '-' ? -number : number;
        }
        try {
            return NumberInput.parseDouble(trimmed, true);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * The problem of a whole number whose digits a double cannot hold, and of a number that becomes zero; empty for any
     * other text.
     */
    public static Optional<String> lostDigits(String text, double kept) {
        if (kept == 0 && hasValue(text)) {
            return Optional.of(
                    "the number " + Excerpt.quoted(text.strip()) + " is too small for a double; it is" + " read as 0");
        }
        if (!Double.isFinite(kept) || Math.abs(kept) < EXACT) {
            return Optional.empty();
        }
        String digits = text.strip();
        int from = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
        if (digits.chars().skip(from).anyMatch(c -> c < '0' || c > '9')
                || new BigDecimal(digits).compareTo(new BigDecimal(kept)) == 0) {
            return Optional.empty();
        }
        return Optional.of("the whole number " + digits + " has more digits than can be kept; it is read as " + kept);
    }

    /** Whether a digit before the exponent is not 0. */
    private static boolean hasValue(String text) {
        for (int i = 0; i < text.length() && text.charAt(i) != 'e' && text.charAt(i) != 'E'; i++) {
            if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static double infinity(String text) {
        return switch (text) {
            case "Infinity", "+Infinity", "inf", "+inf", "Inf", "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-inf", "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    /** A percentage as a share, as if it had been written so: 99.9 is exactly the double 0.999. */
    public static double share(double percent) {
        return Double.isFinite(percent)
                ? BigDecimal.valueOf(percent).movePointLeft(2).doubleValue()
                : percent;
    }

    /** The text with every half of a character replaced, so that it can be written as UTF-8. */
    public static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return replaced(text);
                }
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return whole.toString();
    }
}
