package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;

/**
 * The interval of a mean relative to it, of values in the order in which they were measured.
 *
 * <p>A machine drifts: an execution resembles those before it, and a mean of many is less sure than that of as many
 * independent ones. So the deviation is raised by the autocorrelation of neighbours over a long mean, {@code (1 + φ) /
 * (1 - φ)} (Bayley and Hammersley 1946), where φ of few values is shrunk towards zero and never negative; or, where
 * that is more, by the means of batches: of independent values they deviate by one √b-th, of b values each (Conway
 * 1963). Batches of 2, 4, 8 … values are used, as long as there are eight of them: what drifts more slowly than an
 * eighth of the values last is not seen.
 */
public final class MeanInterval {
    /** The fewest values from which the autocorrelation is estimated. */
    private static final int LEAST_NEIGHBOURS = 10;

    /** The prior deviation of the autocorrelation, around none. */
    private static final double PRIOR_DEVIATION = 0.25;

    private static final double MOST_CORRELATED = 0.8;

    /** The deviation of fewer means is hardly known. */
    private static final int LEAST_BATCHES = 8;

    private static final double LEAST_GROWTH = 1.2;

    private static final double LEAST_EXCESS = 1.5;

    private MeanInterval() {}

    /**
     * The interval that covers the mean at all looks together while values keep coming: the confidence sequence of
     * {@link SequentialT}. {@code [-0.01, 0.01]} for ± 1 %; of no width where all of several values are equal;
     * unbounded for fewer than two values and for a mean that is not positive.
     *
     * @param values finite
     * @param confidence above 0.5 and below 1
     */
    public static Interval relative(double[] values, double confidence) {
        double deviation = relativeDeviation(values);
        return deviation > 0 && Double.isFinite(deviation)
                ? within(
                        SequentialT.withDefaults().withLevel(1 - confidence).halfWidth(deviation, values.length),
                        confidence)
                : within(deviation, confidence);
    }

    /** The same where the number of values was decided before the first: Student's, which is narrower. */
    public static Interval planned(double[] values, double confidence) {
        double deviation = relativeDeviation(values);
        return Double.isFinite(deviation)
                ? within(
                        deviation
                                / Math.sqrt(values.length)
                                * StudentT.upperQuantile((1 - confidence) / 2, values.length - 1.0),
                        confidence)
                : within(deviation, confidence);
    }

    private static Interval within(double half, double confidence) {
        return new Interval(half == 0 ? 0 : -half, half, confidence);
    }

    /**
     * The standard deviation, relative to the mean, that independent values would have whose mean is as sure as that of
     * these; 0 where all are equal, infinite for fewer than two values and for a mean that is not positive.
     *
     * @param values finite
     */
    public static double relativeDeviation(double[] values) {
        return Deviation.of(values).longRun;
    }

    /**
     * The deviations of values from their mean, relative to it: of each by itself, and of equivalent independent
     * values.
     */
    private record Deviation(double each, double longRun) {
        static Deviation of(double[] values) {
            Require.finite(values, 0, "values");
            double mean = values.length == 0 ? 0 : Location.mean(values);
            if (values.length < 2 || !(mean > 0)) {
                return new Deviation(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
            }
            // shares of the mean: squares of the values themselves may overflow
            double[] far = new double[values.length];
            boolean equal = true;
            for (int i = 0; i < values.length; i++) {
                far[i] = values[i] / mean - 1;
                equal &= values[i] == values[0];
            }
            if (equal) {
                return new Deviation(0, 0);
            }
            double each = Spread.standardDeviation(far);
            return new Deviation(each, Math.max(each * Math.sqrt(longRunFactor(far)), deviationOfBatches(far)));
        }
    }

    /**
     * Whether the mean hardly gets surer with more values because they drift: the {@link #relativeDeviation deviation}
     * is at least half as large again as that of independent values, and grew by a fifth from the first half of them to
     * all. The second half then narrowed the interval by less than 15 %, of 29 % for independent values. Of 64 and more
     * independent ones 1.5 in a hundred look so; values that are equal, or whose mean is not positive, never do.
     *
     * @param values finite
     */
    public static boolean isBoundByDrift(double[] values) {
        Deviation all = Deviation.of(values);
        double half = relativeDeviation(Arrays.copyOf(values, values.length / 2));
        return Double.isFinite(all.longRun)
                && all.longRun > LEAST_GROWTH * half
                && all.longRun > LEAST_EXCESS * all.each;
    }

    /** The ratio of the variance of the mean to that of as many independent values. */
    private static double longRunFactor(double[] far) {
        int n = far.length;
        if (n < LEAST_NEIGHBOURS) {
            return 1;
        }
        double products = 0;
        double squares = 0;
        double previous = 0;
        for (double one : far) {
            products += one * previous;
            squares += one * one;
            previous = one;
        }
        double raw = products / squares + 1.0 / n;
        double weight = n / (n + 1 / (PRIOR_DEVIATION * PRIOR_DEVIATION));
        double phi = Math.max(0, Math.min(MOST_CORRELATED, weight * raw));
        return (1 + phi) / (1 - phi);
    }

    /** The largest deviation that values would have whose batches deviate as these, for all sizes of batches. */
    private static double deviationOfBatches(double[] far) {
        double largest = 0;
        double[] sums = far;
        for (int size = 2; far.length / size >= LEAST_BATCHES; size *= 2) {
            double[] halves = sums;
            sums = new double[far.length / size];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = halves[2 * i] + halves[2 * i + 1];
            }
            largest = Math.max(largest, Spread.standardDeviation(sums) / Math.sqrt(size));
        }
        return largest;
    }
}
