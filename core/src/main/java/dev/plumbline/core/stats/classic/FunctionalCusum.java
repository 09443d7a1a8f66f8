package dev.plumbline.core.stats.classic;

import java.util.Optional;

/**
 * A stream watched for a change of its mean: the exact largest CUSUM statistic over all splits after each value
 * (functional online CUSUM, "FOCuS"; Romano, Eckley, Fearnhead and Rigaill 2023).
 *
 * <p>The statistic of a split is twice the logarithm of the likelihood ratio of a change there against none, for
 * normal values of known deviation. With S(t) the sum of the first t values in units of the deviation it is {@code
 * S(t)^2 / t + (S(n) - S(t))^2 / (n - t) - S(n)^2 / n} when the mean before is not known, and {@code (S(n) - S(t))^2
 * / (n - t)} for values less the known mean. Both are convex in (t, S(t)), so that the largest is at a vertex of the
 * convex hull of these points. A value costs O(log n) on average when the values are exchangeable, and so does the
 * memory; a steady slope keeps every point on the hull and costs O(n).
 *
 * <p>The values should be independent; feed the innovations of autocorrelated ones, and clip spikes.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class FunctionalCusum {
    private static final double LARGEST = 1e100;

    private final Baseline baseline;
    private final double deviation;
    private final double threshold;
    private final Hull upper = new Hull(1);
    private final Hull lower = new Hull(-1);
    private double origin;
    private long start;
    private long count;
    private double sum;
    private double statistic;
    private double changeTime;
    private double changeSum;

    /** The assumptions about the mean before a change. */
    public enum Baseline {
        /** The mean is given. */
        KNOWN,
        /** The mean is estimated from the values before the change. */
        ESTIMATED
    }

    private FunctionalCusum(Baseline baseline, double mean, double deviation, double threshold) {
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("mean is " + mean + ", not a finite number");
        }
        if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("deviation must be above zero and finite: " + deviation);
        }
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold must be above zero: " + threshold);
        }
        this.baseline = baseline;
        this.origin = mean;
        this.deviation = deviation;
        this.threshold = threshold;
        begin();
    }

    /**
     * A monitor of a stream whose mean before the change is known.
     *
     * @param deviation standard deviation of the values
     * @param threshold statistic at which to alarm; infinite for never
     */
    public static FunctionalCusum ofKnownMean(double mean, double deviation, double threshold) {
        return new FunctionalCusum(Baseline.KNOWN, mean, deviation, threshold);
    }

    /**
     * A monitor of a stream whose mean before the change is not known.
     *
     * @param deviation standard deviation of the values
     * @param threshold statistic at which to alarm; infinite for never
     */
    public static FunctionalCusum ofUnknownMean(double deviation, double threshold) {
        return new FunctionalCusum(Baseline.ESTIMATED, 0, deviation, threshold);
    }

    /**
     * The threshold that a stream of {@code values} independent normal values without a change reaches, somewhere on
     * its way, with the given probability. Simulated; interpolated in the logarithms of both arguments.
     *
     * @param values from 100 to 100,000
     * @param falseAlarms from 0.01 to 0.1
     */
    public static double threshold(Baseline baseline, long values, double falseAlarms) {
        return CusumThresholds.interpolate(baseline, values, falseAlarms);
    }

    /**
     * Adds the next value.
     *
     * @return whether the largest statistic is at or above the threshold now; it may fall below again
     * @throws IllegalArgumentException naming the index if the value is NaN, infinite or farther than 1e100
     *     deviations from the known mean or the first value; the monitor is then as before
     */
    public boolean append(double value) {
        double first = baseline == Baseline.ESTIMATED && count == 0 ? value : origin;
        double score = (value - first) / deviation;
        // written so that NaN, also from infinity less infinity, is an error
        if (!(Math.abs(score) <= LARGEST)) {
            throw new IllegalArgumentException(
                    "values[" + size() + "] is " + value + "; finite values within 1e100 deviations are needed");
        }
        origin = first;
        double time = count;
        upper.add(time, sum);
        lower.add(time, sum);
        count++;
        sum += score;
        evaluate();
        return statistic >= threshold;
    }

    private void evaluate() {
        double total = sum;
        double n = count;
        statistic = 0;
        changeTime = -1;
        if (baseline == Baseline.ESTIMATED) {
            double mean = total / n;
            consider(upper, upper.farthestFromMean(mean, n), mean);
            consider(lower, lower.farthestFromMean(mean, n), mean);
        } else {
            consider(upper, upper.farthestFromEnd(total, n), 0);
            consider(lower, lower.farthestFromEnd(total, n), 0);
        }
    }

    private void consider(Hull hull, int vertex, double mean) {
        if (vertex < 0) {
            return;
        }
        double time = hull.time(vertex);
        double distance;
        double weight;
        if (baseline == Baseline.ESTIMATED) {
            distance = hull.sum(vertex) - time * mean;
            weight = time * ((count - time) / count);
        } else {
            distance = sum - hull.sum(vertex);
            weight = count - time;
        }
        double candidate = distance * distance / weight;
        if (changeTime < 0 || candidate > statistic) {
            statistic = candidate;
            changeTime = time;
            changeSum = hull.sum(vertex);
        }
    }

    /**
     * The most likely change.
     *
     * @param index position in the stream of the first value after it, counted from the very first value
     * @param statistic its statistic
     * @param before mean since the last reset up to the change; the known mean where it is known
     * @param after mean from the change on
     */
    public record Change(long index, double statistic, double before, double after) {}

    /** The largest statistic now; 0 with fewer than two values, or than one when the mean is known. */
    public double statistic() {
        return statistic;
    }

    /** The split with the largest statistic; empty while there is none to choose from. */
    public Optional<Change> change() {
        if (changeTime < 0) {
            return Optional.empty();
        }
        double before = baseline == Baseline.KNOWN ? 0 : changeSum / changeTime;
        double after = (sum - changeSum) / (count - changeTime);
        return Optional.of(new Change(
                start + (long) changeTime, statistic, origin + before * deviation, origin + after * deviation));
    }

    /** The number of values appended since the monitor was made; a reset does not set it back. */
    public long size() {
        return start + count;
    }

    /** The number of hull points held. */
    int held() {
        return upper.size() + lower.size();
    }

    /** Deletes all values, as after an alarm: the next value is the first of a new stretch; indices go on. */
    public void reset() {
        start += count;
        begin();
    }

    private void begin() {
        count = 0;
        sum = 0;
        statistic = 0;
        changeTime = -1;
        changeSum = 0;
        upper.clear();
        lower.clear();
    }
}
