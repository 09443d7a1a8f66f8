package dev.plumbline.core.stats.distribution;

/** Argument checks for numbers. */
public final class Require {
    private Require() {}

    /** The same array, known to hold only finite values and at least {@code least} of them. */
    public static double[] finite(double[] values, int least, String name) {
        if (values.length < least) {
            throw new IllegalArgumentException(
                    name + ": " + values.length + " values, at least " + least + " are needed");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] is " + values[i] + ", not a finite number");
            }
        }
        return values;
    }

    /** The same array, known to hold only finite values above zero and at least {@code least} of them. */
    public static double[] positive(double[] values, int least, String name) {
        finite(values, least, name);
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] > 0)) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] is " + values[i] + ", and a logarithm needs a value above zero");
            }
        }
        return values;
    }

    /** The same number, known to lie strictly between zero and one. */
    public static double fraction(double value, String name) {
        if (value > 0 && value < 1) {
            return value;
        }
        throw new IllegalArgumentException(name + " must lie between 0 and 1: " + value);
    }

    /** The same number, known to be zero or more and finite. */
    public static double nonNegative(double value, String name) {
        if (value >= 0 && value < Double.POSITIVE_INFINITY) {
            return value;
        }
        throw new IllegalArgumentException(name + " must be zero or more and finite: " + value);
    }

    /** The same p-values, each known to lie in [0, 1]. */
    public static double[] probabilities(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException(name + "[" + i + "] is " + values[i] + ", not in [0, 1]");
            }
        }
        return values;
    }
}
