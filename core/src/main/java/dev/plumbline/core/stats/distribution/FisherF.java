package dev.plumbline.core.stats.distribution;

import org.apache.commons.statistics.distribution.FDistribution;

/** Fisher's F distribution: the ratio of two variances of normal samples. */
public final class FisherF {
    private FisherF() {}

    /** The probability of a ratio above {@code ratio}, which is zero or more and may be infinite. */
    public static double survival(double ratio, double numeratorDegrees, double denominatorDegrees) {
        if (!(ratio >= 0)) {
            throw new IllegalArgumentException("a ratio of variances is zero or more: " + ratio);
        }
        return FDistribution.of(numeratorDegrees, denominatorDegrees).survivalProbability(ratio);
    }

    /**
     * The ratio that is exceeded with probability {@code tail}; infinite at 0, zero at 1.
     *
     * @throws IllegalArgumentException if the tail is not in [0, 1]
     */
    public static double upperQuantile(double tail, double numeratorDegrees, double denominatorDegrees) {
        if (!(tail >= 0 && tail <= 1)) {
            throw new IllegalArgumentException("tail must be in [0, 1]: " + tail);
        }
        return FDistribution.of(numeratorDegrees, denominatorDegrees).inverseSurvivalProbability(tail);
    }
}
