package dev.plumbline.core.shape.feature;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Interval;
import java.util.OptionalDouble;

/**
 * The line through a stretch of a series, by least squares and robustly. Slopes and changes are relative: 0.001 is
 * 0.1 % of the level; differences over the stretch's level where values are zero or negative.
 *
 * @param first place of the first value
 * @param end place behind the last value
 * @param slope least squares, for each run
 * @param slopePerDay least squares, for each day; absent where times are not known
 * @param robustSlope the median of the slopes between pairs (Theil 1950, Sen 1968), for each run
 * @param total what the robust line comes to over the whole stretch
 * @param totalInterval of the total, 95 %, widened for autocorrelation
 * @param determination the share of the variance that the least-squares line explains, R²
 * @param pValue two-sided, by signs of pairs with the variance of an autocorrelated series (Yue and Wang 2004)
 * @param autocorrelation of neighbours around the line
 */
public record Trend(
        int first,
        int end,
        double slope,
        OptionalDouble slopePerDay,
        double robustSlope,
        double total,
        Interval totalInterval,
        double determination,
        double pValue,
        double autocorrelation) {
    public Trend {
        requireNonNull(slopePerDay, "slopePerDay");
        requireNonNull(totalInterval, "totalInterval");
        if (end - first < 3) {
            throw new IllegalArgumentException("a trend of " + (end - first) + " values");
        }
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("p-value " + pValue + " is not in [0, 1]");
        }
    }

    /** The certainty of a slope: 1 less the p-value. */
    public double confidence() {
        return 1 - pValue;
    }
}
