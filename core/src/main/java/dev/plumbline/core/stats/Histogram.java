package dev.plumbline.core.stats;

import java.util.Arrays;

/** Values and how often each was seen, as a latency recorder keeps them. */
public final class Histogram {
    private final double[] values;
    private final double[] counts;
    private final double total;

    private Histogram(double[] values, double[] counts, double total) {
        this.values = values;
        this.counts = counts;
        this.total = total;
    }

    /**
     * @param values at least one finite value, in any order; equal ones add up
     * @param counts as many, finite, none negative, not all zero
     * @throws IllegalArgumentException if they are not so; the message names the index
     */
    public static Histogram of(double[] values, double[] counts) {
        double[] ascending = values.clone();
        double[] weights = counts.clone();
        double total = Location.sortWeighted(ascending, weights);
        return new Histogram(ascending, weights, total);
    }

    /** The histogram of at least one finite value, each seen once. */
    public static Histogram of(double[] values) {
        double[] ascending = Require.finite(values, 1, "values").clone();
        Arrays.sort(ascending);
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return new Histogram(ascending, ones, values.length);
    }

    /** How many values were seen. */
    public double total() {
        return total;
    }

    /**
     * The least value at or below which at least the given share of all lies.
     *
     * @param probability from 0, the least value, to 1, the greatest
     */
    public double quantile(double probability) {
        return Location.quantileOfWeighted(values, counts, total, probability);
    }

    /**
     * The greatest of the values seen that is less than {@code value}; negative infinity when none is.
     *
     * @param value any number
     * @throws IllegalArgumentException if it is NaN
     */
    public double below(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value is NaN");
        }
        int place = Arrays.binarySearch(values, value + 0.0);
        int at = place < 0 ? -place - 1 : place;
        // equal values may stand side by side
        while (at > 0 && !(values[at - 1] < value)) {
            at--;
        }
        return at == 0 ? Double.NEGATIVE_INFINITY : values[at - 1];
    }

    /**
     * The standard error of a quantile, as if the values were independent: half the distance, in units of the normal
     * distribution, of the two order statistics that enclose it with a probability of 68 %.
     */
    double quantileError(double probability, Scale scale, double origin) {
        double reach = Math.sqrt(probability * (1 - probability) / total);
        double[] ends = {quantile(Math.max(0, probability - reach)), quantile(Math.min(1, probability + reach))};
        double[] scaled = scale.of(ends, origin);
        return (scaled[1] - scaled[0]) / 2;
    }
}
