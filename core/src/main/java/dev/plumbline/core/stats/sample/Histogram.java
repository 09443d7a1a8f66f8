package dev.plumbline.core.stats.sample;

import dev.plumbline.core.stats.distribution.Require;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Values with their counts, as a latency recorder keeps them. */
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

    /** The number of recorded values. */
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
     * The quantile as it is as often estimated too low as too high, however many values were seen: what lies between
     * two of them is interpolated (Hyndman and Fan 1996, their eighth). {@link #quantile} lies a little too far in, and
     * by the more the fewer values there are: the 0.99 of 600 by a tenth of what lies beyond.
     *
     * @param probability from 0, the least value, to 1, the greatest
     */
    public double medianUnbiasedQuantile(double probability) {
        Location.requireProbability(probability);
        double place = Math.min(total, Math.max(1, probability * (total + 1.0 / 3) + 1.0 / 3));
        double before = Math.floor(place);
        double lower = ranked(before);
        double upper = ranked(Math.min(total, before + 1));
        return lower + (place - before) * (upper - lower);
    }

    /** The value of a rank, from 1. */
    private double ranked(double rank) {
        return quantile(Math.min(1, Math.max(0, (rank - 0.5) / total)));
    }

    /**
     * One quantile of each of two lists of histograms that are to be compared: as it was seen, or interpolated where
     * their numbers of values differ, so that these do not make a difference of their own.
     *
     * @return one array a list
     */
    public static List<double[]> comparableQuantiles(
            List<Histogram> first, List<Histogram> second, double probability) {
        double total = first.get(0).total;
        boolean alike = Stream.concat(first.stream(), second.stream()).allMatch(one -> one.total == total);
        ToDoubleFunction<Histogram> quantile =
                alike ? one -> one.quantile(probability) : one -> one.medianUnbiasedQuantile(probability);
        return List.of(
                first.stream().mapToDouble(quantile).toArray(),
                second.stream().mapToDouble(quantile).toArray());
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
