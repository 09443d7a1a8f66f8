package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;

/**
 * The prediction interval of a population's next value, given the values so far: wider by √(1 + 1/n) than the noise
 * alone, because the centre is estimated too.
 *
 * <p>The values must be independent, of one level and at least two. When they are all equal the interval has no width:
 * any other value is news.
 */
public final class PredictionInterval {
    private PredictionInterval() {}

    /**
     * Around the mean by the standard deviation, right for normal values.
     *
     * @param values at least two finite values
     */
    public static Interval ofMean(double[] values, double confidence) {
        Require.finite(values, 2, "values");
        return around(
                Location.mean(values),
                Spread.standardDeviation(values),
                values.length,
                values.length - 1.0,
                confidence);
    }

    /**
     * Around the median by the winsorised deviation: a few outliers neither shift nor widen it. It has nine tenths
     * of the degrees of freedom.
     *
     * @param values at least two finite values
     */
    public static Interval ofMedian(double[] values, double confidence) {
        Require.finite(values, 2, "values");
        return around(
                Location.median(values),
                Spread.winsorisedDeviation(values),
                values.length,
                Math.max(1, 0.9 * values.length),
                confidence);
    }

    private static Interval around(double centre, double deviation, int n, double degrees, double confidence) {
        Require.fraction(confidence, "confidence");
        double half = deviation == 0
                ? 0
                : StudentT.upperQuantile((1 - confidence) / 2, degrees) * deviation * Math.sqrt(1 + 1.0 / n);
        return new Interval(centre - half, centre + half, confidence);
    }
}
