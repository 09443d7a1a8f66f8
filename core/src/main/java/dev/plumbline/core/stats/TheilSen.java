package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Selection;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;

/**
 * The slope of a series, as the median of the slopes between all pairs of its points (Theil 1950, Sen 1968).
 *
 * <p>Up to 2,000 points every pair counts; of more, 2,000 evenly spaced points are taken, the first and last among
 * them.
 */
public final class TheilSen {
    private static final int POINTS_AT_MOST = 2_000;

    private TheilSen() {}

    /**
     * @param slope the change from one position to the next
     * @param intercept the level at position 0: the median of the values less the slope times their position
     * @param interval of the slope, from the order statistics that the Mann–Kendall test does not reject (Sen 1968)
     */
    public record Result(double slope, double intercept, Interval interval) {}

    /**
     * The slope of values at positions 0, 1, 2, …
     *
     * @param values at least two finite values
     */
    public static Result of(double[] values, double confidence) {
        return of(values, confidence, 0);
    }

    /**
     * The same for values of which neighbours are alike, whose interval is wider.
     *
     * @param values at least two finite values
     * @param autocorrelation of neighbours, from 0 to below 1
     */
    public static Result of(double[] values, double confidence, double autocorrelation) {
        Require.finite(values, 2, "values");
        Require.fraction(confidence, "confidence");
        if (!(autocorrelation >= 0 && autocorrelation < 1)) {
            throw new IllegalArgumentException("autocorrelation must be in [0, 1): " + autocorrelation);
        }
        int[] positions = positions(values.length);
        double[] slopes = slopes(values, positions);
        double slope = Selection.median(slopes, slopes.length);
        return of(values, positions, slopes, slope, confidence, autocorrelation);
    }

    /**
     * The slope of values, and its test, whose autocorrelation widens the interval: the results of {@link
     * MannKendall#test} and {@link #of(double[], double, double)}, in half the time.
     *
     * @param values at least three finite values; when all are equal, p is 1
     */
    public static Tested tested(double[] values, double confidence) {
        Require.finite(values, 3, "values");
        Require.fraction(confidence, "confidence");
        double[] bounded = Spread.bounded(values);
        int[] positions = positions(values.length);
        double[] slopes = slopes(bounded, positions);
        double slope = Selection.median(slopes, slopes.length);
        MannKendall.Result signs = MannKendall.test(values, bounded, slope);
        Result line = bounded == values
                ? of(values, positions, slopes, slope, confidence, signs.autocorrelation())
                : of(values, confidence, signs.autocorrelation());
        return new Tested(line, signs);
    }

    /**
     * A slope with its test.
     *
     * @param line the slope
     * @param signs the test
     */
    public record Tested(Result line, MannKendall.Result signs) {}

    /** @param slopes with the median, or the upper one of two, at its place */
    private static Result of(
            double[] values,
            int[] positions,
            double[] slopes,
            double slope,
            double confidence,
            double autocorrelation) {
        int count = slopes.length;
        double[] residuals = new double[values.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = values[i] - slope * i;
        }
        double[] taken = new double[positions.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = values[positions[i]];
        }
        // widening is for neighbours in the series; points taken farther apart are less alike
        double lag = (values.length - 1.0) / (positions.length - 1);
        double alike = Math.pow(autocorrelation, lag);
        double variance = MannKendall.variance(taken) * (1 + alike) / (1 - alike);
        double reach = Normal.upperQuantile((1 - confidence) / 2) * Math.sqrt(variance);
        int low = (int) Math.rint((count - reach) / 2) - 1;
        int high = (int) Math.rint((count + reach) / 2);
        Interval interval = new Interval(
                low < 0 ? Double.NEGATIVE_INFINITY : selected(slopes, low),
                high >= count ? Double.POSITIVE_INFINITY : selected(slopes, high),
                confidence);
        return new Result(slope, Location.median(residuals), interval);
    }

    /** The one of a rank, looked for on its side of the median. */
    private static double selected(double[] slopes, int rank) {
        int half = slopes.length >>> 1;
        return rank < half
                ? Selection.select(slopes, 0, half - 1, rank)
                : Selection.select(slopes, half, slopes.length - 1, rank);
    }

    /** The median slope alone. */
    static double slope(double[] values) {
        double[] slopes = slopes(values, positions(values.length));
        return Selection.median(slopes, slopes.length);
    }

    private static int[] positions(int length) {
        int taken = Math.min(length, POINTS_AT_MOST);
        int[] positions = new int[taken];
        Arrays.setAll(positions, i -> (int) Math.round((double) i * (length - 1) / (taken - 1)));
        return positions;
    }

    private static double[] slopes(double[] values, int[] positions) {
        int n = positions.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int filled = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double distance = positions[j] - positions[i];
                slopes[filled++] = values[positions[j]] / distance - values[positions[i]] / distance;
            }
        }
        return slopes;
    }
}
