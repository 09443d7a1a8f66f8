package dev.plumbline.core.stats.steps;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** P(Z > z). */
    static double upperTail(double z) {
        return STANDARD.survivalProbability(z);
    }
}
