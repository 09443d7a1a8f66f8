package dev.plumbline.core.stats;

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
}
