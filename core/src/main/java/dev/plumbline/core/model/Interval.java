package dev.plumbline.core.model;

/**
 * A closed interval with the confidence it was made for.
 *
 * @param low the lower end; may be negative infinity when the data say nothing about it
 * @param high the upper end, at least {@code low}; may be positive infinity
 * @param confidence between 0 and 1, for example 0.95
 */
public record Interval(double low, double high, double confidence) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("not an interval: " + low + " to " + high);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0 and 1, not at " + confidence);
        }
    }

    /** Whether every point of this interval lies strictly between the two bounds. */
    public boolean isInside(double lowBound, double highBound) {
        return low > lowBound && high < highBound;
    }

    /** Whether the value lies in this interval, ends included. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
