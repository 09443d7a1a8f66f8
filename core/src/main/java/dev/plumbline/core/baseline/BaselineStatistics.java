package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The statistics of a baseline's runs, without anomalies; all in the baseline's unit.
 *
 * @param runs how many runs count
 * @param groups how many independent groups (forks) these runs had together
 * @param mean of the runs' values
 * @param median of the runs' values
 * @param standardDeviation of the runs' values; 0 for a single run
 * @param robustDeviation the same from winsorised values, which a few odd runs do not move; 0 for a single run
 * @param autocorrelation how much a run resembles the one before, corrected for its bias, from 0 to 0.95; 0 for fewer
 *     than four runs
 * @param interval the 95 % interval of the mean, widened for the autocorrelation; unbounded for a single run
 * @param quantiles share of runs to the value that they do not exceed: 0 is the smallest, 1 the largest
 */
public record BaselineStatistics(
        int runs,
        int groups,
        double mean,
        double median,
        double standardDeviation,
        double robustDeviation,
        double autocorrelation,
        Interval interval,
        SortedMap<Double, Double> quantiles) {
    private static final double CONFIDENCE = 0.95;
    private static final List<Double> SHARES = List.of(0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0);

    /** With fewer runs an autocorrelation is all bias. */
    private static final int ENOUGH_FOR_AUTOCORRELATION = 4;

    public BaselineStatistics {
        requireNonNull(interval, "interval");
        quantiles = Collections.unmodifiableSortedMap(new TreeMap<>(quantiles));
        if (runs < 1 || groups < runs) {
            throw new IllegalArgumentException(runs + " runs with " + groups + " groups");
        }
        if (!(standardDeviation >= 0) || !(robustDeviation >= 0) || !(autocorrelation >= 0 && autocorrelation < 1)) {
            throw new IllegalArgumentException("deviations " + standardDeviation + " and " + robustDeviation
                    + ", autocorrelation " + autocorrelation);
        }
        if (!Double.isFinite(mean) || !Double.isFinite(median)) {
            throw new IllegalArgumentException("mean " + mean + ", median " + median);
        }
    }

    /**
     * Works them out.
     *
     * @param runs at least one that is no anomaly
     * @throws IllegalArgumentException if every run is an anomaly, or there is none
     */
    public static BaselineStatistics of(List<BaselineRun> runs) {
        List<BaselineRun> counted = runs.stream().filter(run -> !run.anomaly()).toList();
        if (counted.isEmpty()) {
            throw new IllegalArgumentException("a baseline needs at least one run");
        }
        double[] values = counted.stream().mapToDouble(BaselineRun::value).toArray();
        int count = values.length;
        double mean = bounded(Location.mean(values));
        double deviation = count < 2 ? 0 : bounded(Spread.standardDeviation(values));
        double autocorrelation = count < ENOUGH_FOR_AUTOCORRELATION ? 0 : MannKendall.autocorrelation(values);
        SortedMap<Double, Double> quantiles = new TreeMap<>();
        SHARES.forEach(share -> quantiles.put(share, Location.quantile(values, share)));
        return new BaselineStatistics(
                count,
                counted.stream().mapToInt(BaselineRun::groups).sum(),
                mean,
                bounded(Location.median(values)),
                deviation,
                count < 2 ? 0 : bounded(Spread.winsorisedDeviation(values)),
                autocorrelation,
                interval(mean, deviation, autocorrelation, count),
                quantiles);
    }

    /** A mean of autocorrelated values is as uncertain as one of fewer independent values. */
    private static Interval interval(double mean, double deviation, double autocorrelation, int count) {
        if (count < 2) {
            return Interval.unbounded(CONFIDENCE);
        }
        double error = deviation * Math.sqrt((1 + autocorrelation) / (1 - autocorrelation) / count);
        double half = StudentT.upperQuantile((1 - CONFIDENCE) / 2, count - 1) * error;
        return new Interval(mean - half, mean + half, CONFIDENCE);
    }

    /** Sums of values near the largest double overflow; and -0.0 becomes 0.0, which every store and format keeps. */
    private static double bounded(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value)) + 0.0;
    }

    /** The interval's width over the mean's magnitude (0.1 is 10 %); infinite for a mean of zero with any width. */
    public double relativeWidth() {
        double width = interval.width();
        return width == 0 ? 0 : width / Math.abs(mean);
    }

    /** The robust deviation over the median's magnitude; infinite for a median of zero with any deviation. */
    public double relativeNoise() {
        return robustDeviation == 0 ? 0 : robustDeviation / Math.abs(median);
    }
}
