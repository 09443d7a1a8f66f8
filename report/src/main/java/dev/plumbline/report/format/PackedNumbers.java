package dev.plumbline.report.format;

import dev.plumbline.core.stats.sample.Selection;

/**
 * Many numbers as a short text: rounded to a step of at most a ten-thousandth of their typical size, each written as
 * the difference to the one before.
 *
 * <p>A difference is a whole number of steps. Its sign goes into the lowest bit (0, -1, 1, -2 … become 0, 1, 2, 3 …);
 * what results is written five bits a character, the lowest first, with 32 added to every character but the last, in
 * the alphabet of Base64 for URLs. A number that is not finite is a point. Three hundred measurements with a noise of
 * one per cent take some 700 characters.
 *
 * @param step the value of one unit of the whole numbers; positive and finite
 * @param text the characters; {@code [A-Za-z0-9_.-]} only
 */
public record PackedNumbers(double step, String text) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** Differences of numbers below this are exact in a double, in Java and in JavaScript. */
    private static final double LARGEST = 0x1p50;

    public static PackedNumbers of(double[] values) {
        return withStep(step(values), values);
    }

    /** @param step positive and finite; a number that is more than 2^50 steps away from zero loses its last digits */
    public static PackedNumbers withStep(double step, double... values) {
        StringBuilder text = new StringBuilder(values.length * 3);
        long before = 0;
        for (double value : values) {
            if (!Double.isFinite(value)) {
                text.append('.');
                continue;
            }
            long steps = Math.round(value / step);
            if (Double.isInfinite(steps * step)) {
                steps -= Long.signum(steps); // the largest double rounded up
            }
            append(steps - before, text);
            before = steps;
        }
        return new PackedNumbers(step, text.toString());
    }

    private static void append(long difference, StringBuilder text) {
        long rest = difference << 1 ^ difference >> 63;
        while (rest >= 32) {
            text.append(ALPHABET.charAt((int) (rest & 31 | 32)));
            rest >>>= 5;
        }
        text.append(ALPHABET.charAt((int) rest));
    }

    /** A power of ten: the typical size has five digits, unless the largest would have more than a double holds. */
    private static double step(double[] values) {
        double[] sizes = new double[values.length];
        double largest = 0;
        int count = 0;
        for (double value : values) {
            double size = Math.abs(value);
            if (size > 0 && size < Double.POSITIVE_INFINITY) {
                sizes[count++] = size;
                largest = Math.max(largest, size);
            }
        }
        if (count == 0) {
            return 1;
        }
        int exponent = exponent(Selection.select(sizes, count, count / 2)) - 4;
        while (!(largest / power(exponent) < LARGEST)) {
            exponent++;
        }
        return power(exponent);
    }

    private static int exponent(double size) {
        return (int) Math.floor(StrictMath.log10(size));
    }

    private static double power(int exponent) {
        return Double.parseDouble("1e" + Math.max(-320, exponent));
    }
}
