package dev.plumbline.core.stats.distribution;

/**
 * A closed interval that covers the true value with a stated confidence.
 *
 * <p>An end may be infinite, where the data put no bound there. Both ends may coincide when the data have no scatter at
 * all. Neither is ever NaN.
 *
 * @param low the lower end, at most {@code high}
 * @param high the upper end
 * @param confidence the probability of covering the true value, from 0 to 1
 */
public record Interval(double low, double high, double confidence) {
    /** The uninformative interval: the whole line. */
    public static Interval unbounded(double confidence) {
        return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, confidence);
    }

    /**
     * @throws IllegalArgumentException if an end is NaN, the ends are in the wrong order, or the confidence is not in
     *     [0, 1]
     */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("the ends of an interval must be in order: " + low + ", " + high);
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in [0, 1]: " + confidence);
        }
    }

    /** Whether the value lies inside or on an end. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** Whether this interval lies strictly inside the open interval from {@code lower} to {@code upper}. */
    public boolean isInside(double lower, double upper) {
        return low > lower && high < upper;
    }

    /** The distance between the ends; infinite when an end is. */
    public double width() {
        return high - low;
    }
}
