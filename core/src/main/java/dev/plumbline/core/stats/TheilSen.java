package dev.plumbline.core.stats;

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
        int count = slopes.length;
        double slope = Selection.median(slopes, count);
        double[] residuals = new double[values.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = values[i] - slope * i;
        }
        double[] taken = new double[positions.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = values[positions[i]];
        }
        // widening is meant for neighbours in the series; points taken farther apart are less alike
        double lag = (values.length - 1.0) / (positions.length - 1);
        double alike = Math.pow(autocorrelation, lag);
        double variance = MannKendall.variance(taken) * (1 + alike) / (1 - alike);
        double reach = Normal.upperQuantile((1 - confidence) / 2) * Math.sqrt(variance);
        int low = (int) Math.rint((count - reach) / 2) - 1;
        int high = (int) Math.rint((count + reach) / 2);
        Interval interval = new Interval(
                low < 0 ? Double.NEGATIVE_INFINITY : Selection.select(slopes, count, low),
                high >= count ? Double.POSITIVE_INFINITY : Selection.select(slopes, count, high),
                confidence);
        return new Result(slope, Location.median(residuals), interval);
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
