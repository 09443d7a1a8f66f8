package dev.plumbline.core.stats.distribution;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
public final class Normal {
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** The probability of a value at or below {@code z}; {@code z} may be infinite. */
    public static double cumulative(double z) {
        return STANDARD.cumulativeProbability(z);
    }

    /** The probability of a value above {@code z}, accurate far into the tail; {@code z} may be infinite. */
    public static double survival(double z) {
        return STANDARD.survivalProbability(z);
    }

    /** The value exceeded with probability {@code tail}; infinite at 0 and 1. */
    public static double upperQuantile(double tail) {
        return STANDARD.inverseSurvivalProbability(tail);
    }

    /** The p-value of the statistic {@code z}. */
    public static double pValue(double z, Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2 * survival(Math.abs(z)));
            case GREATER -> survival(z);
            case LESS -> cumulative(z);
        };
    }
}
