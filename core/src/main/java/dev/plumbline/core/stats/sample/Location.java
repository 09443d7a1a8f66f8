package dev.plumbline.core.stats.sample;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.Require;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The centre and the quantiles of a sample.
 *
 * <p>Every method takes finite values in any order, leaves the array as it is, and throws {@link
 * IllegalArgumentException} naming the index when a value is NaN or infinite, or when there are too few values. Values
 * from 1e-300 to 1e300 neither overflow nor underflow. Equal values give exactly that value.
 */
public final class Location {
    private Location() {}

    /**
     * The means of neighbours, of equally many values each, where there are more than {@code most}; else the
     * values themselves. What is left over at the end, fewer values than one mean is of, counts nowhere.
     *
     * @param most at least one
     */
    public static double[] means(double[] values, int most) {
        int each = (values.length + most - 1) / most;
        if (each < 2) {
            return values;
        }
        double[] means = new double[values.length / each];
        Arrays.setAll(means, i -> mean(Arrays.copyOfRange(values, i * each, (i + 1) * each)));
        return means;
    }

    /** The arithmetic mean of at least one value; the sum is compensated (Neumaier 1974). */
    public static double mean(double[] values) {
        return meanOfFinite(Require.finite(values, 1, "values"));
    }

    /** The same of values that are known to be finite. */
    static double meanOfFinite(double[] values) {
        double least = values[0];
        double greatest = values[0];
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            if (value < least) {
                least = value;
            } else if (value > greatest) {
                greatest = value;
            }
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        double mean = (sum + lost) / values.length;
        if (!Double.isFinite(mean)) {
            mean = 0;
            for (double value : values) {
                mean += value / values.length;
            }
        }
        // rounding must not take the mean out of the range of the values, of equal ones above all
        return mean < least ? least : mean > greatest ? greatest : mean;
    }

    /** The n-th root of the product of at least one value, all above zero. */
    public static double geometricMean(double[] values) {
        Require.positive(values, 1, "values");
        double origin = values[0];
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = values[i] == origin ? 0 : Math.log(values[i]) - Math.log(origin);
        }
        return origin * Math.exp(mean(logs));
    }

    /** The median of at least one value; of an even number, halfway between the middle two. */
    public static double median(double[] values) {
        double[] some = Require.finite(values, 1, "values").clone();
        int half = some.length / 2;
        double upper = Selection.select(some, some.length, half);
        if (some.length % 2 == 1) {
            return upper;
        }
        double lower = some[0];
        for (int i = 1; i < half; i++) {
            lower = Math.max(lower, some[i]);
        }
        return between(lower, upper, 0.5);
    }

    /**
     * The median of the averages of all pairs of values (Hodges and Lehmann 1963): nearly as precise as the mean where
     * the values are Gaussian, and not moved far by a quarter of them that lie anywhere. Of one or two values it is
     * their mean, of equal values the value itself.
     *
     * @param values at least one, finite
     */
    public static double pseudomedian(double[] values) {
        if (values.length < 3) {
            return mean(values);
        }
        double[] halves = values.clone();
        double[] negative = values.clone();
        boolean equal = true;
        for (int i = 0; i < values.length; i++) {
            equal &= values[i] == values[0];
            halves[i] /= 2;
            negative[i] = -halves[i];
        }
        // a half plus a half is minus a negative half; of halves no sum overflows
        return equal ? values[0] : HodgesLehmann.shift(negative, halves);
    }

    /**
     * The quantile of at least one value, interpolated between order statistics (type 7 of Hyndman and Fan 1996, the
     * default of R and NumPy).
     *
     * @param probability from 0, the least value, to 1, the greatest
     */
    public static double quantile(double[] values, double probability) {
        return quantileOfSorted(sorted(values), probability);
    }

    /**
     * The quantile of a histogram or of weighted values: the least value at or below which at least the given share of
     * the weight lies (the inverse of the weighted distribution function).
     *
     * @param values at least one finite value, in any order; equal values add their weights
     * @param weights as many finite weights, none negative, not all zero; counts as a rule
     */
    public static double weightedQuantile(double[] values, double[] weights, double probability) {
        double[] ascending = values.clone();
        double[] counts = weights.clone();
        double total = sortWeighted(ascending, counts);
        return quantileOfWeighted(ascending, counts, total, probability);
    }

    /** Sorts the values in place with their weights, and returns the sum of the weights. */
    static double sortWeighted(double[] values, double[] weights) {
        Require.finite(values, 1, "values");
        Require.finite(weights, 1, "weights");
        if (values.length != weights.length) {
            throw new IllegalArgumentException(values.length + " values but " + weights.length + " weights");
        }
        double total = 0;
        boolean ascending = true;
        for (int i = 0; i < weights.length; i++) {
            total += Require.nonNegative(weights[i], "weights[" + i + "]");
            ascending &= i == 0 || values[i - 1] <= values[i];
        }
        if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weights add up to " + total);
        }
        if (!ascending) {
            double[] value = values.clone();
            double[] weight = weights.clone();
            int[] order = IntStream.range(0, value.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(value[a], value[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int i = 0; i < order.length; i++) {
                values[i] = value[order[i]];
                weights[i] = weight[order[i]];
            }
        }
        return total;
    }

    static double quantileOfWeighted(double[] ascending, double[] weights, double total, double probability) {
        requireProbability(probability);
        // the slack keeps 0.1 + 0.2 + … from missing its own sum
        double wanted = probability * total * (1 - 1e-12);
        double below = 0;
        double last = ascending[0];
        for (int i = 0; i < ascending.length; i++) {
            if (weights[i] > 0) {
                below += weights[i];
                last = ascending[i];
                if (below >= wanted) {
                    break;
                }
            }
        }
        return last;
    }

    /**
     * An interval for the median of the population from two order statistics, without assuming any shape.
     *
     * <p>Its confidence is the attained one, at least the requested one; if the values are too few for it (below 6
     * values at 95 %), it is that of the interval from the least to the greatest value, 1 − 2^(1−n): zero for one
     * value.
     */
    public static Interval medianInterval(double[] values, double confidence) {
        Require.fraction(confidence, "confidence");
        double[] sorted = sorted(values);
        int n = sorted.length;
        double tail = (1 - confidence) / 2;
        int rank = 0;
        double attained = 1;
        if (n <= 1000) {
            // P(X <= k) of a binomial with even chances, added up from k = 0
            double mass = Math.pow(0.5, n);
            double below = mass;
            attained = 1 - 2 * below;
            for (int k = 1; 2 * k < n; k++) {
                mass *= (n - k + 1.0) / k;
                if (below + mass > tail) {
                    break;
                }
                below += mass;
                rank = k;
                attained = 1 - 2 * below;
            }
        } else {
            double z = Normal.upperQuantile(tail);
            rank = (int) Math.floor((n - 1 - z * Math.sqrt(n)) / 2);
            attained = 1 - 2 * Normal.cumulative((2 * rank + 1 - n) / Math.sqrt(n));
        }
        return new Interval(sorted[rank], sorted[n - 1 - rank], Math.max(0, Math.min(1, attained)));
    }

    public static double[] sorted(double[] values) {
        return SpreadSort.sorted(Require.finite(values, 1, "values"));
    }

    static double medianOfSorted(double[] sorted) {
        int n = sorted.length;
        double upper = sorted[n / 2];
        return n % 2 == 1 ? upper : between(sorted[n / 2 - 1], upper, 0.5);
    }

    static double quantileOfSorted(double[] sorted, double probability) {
        requireProbability(probability);
        double position = probability * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return between(sorted[below], sorted[above], position - below);
    }

    static double between(double low, double high, double share) {
        if (low == high) {
            return low;
        }
        double gap = high - low;
        return gap < Double.POSITIVE_INFINITY ? low + gap * share : low * (1 - share) + high * share;
    }

    static void requireProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be in [0, 1]: " + probability);
        }
    }
}
