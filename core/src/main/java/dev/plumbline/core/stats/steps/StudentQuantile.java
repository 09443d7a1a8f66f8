package dev.plumbline.core.stats.steps;

import org.apache.commons.statistics.distribution.TDistribution;

/** Two-sided critical values of Student's t, kept in tables because the scan asks for the same ones over and over. */
final class StudentQuantile {
    private static final int MAX_DEGREES = 200;

    private final double alpha;
    private final double[] critical = new double[MAX_DEGREES + 1];

    /** Critical values at the two-sided level {@code alpha}, in (0, 1). */
    StudentQuantile(double alpha) {
        this.alpha = alpha;
    }

    /** The value that |t| exceeds with probability alpha; degrees are cut to 1..200. */
    double at(int degrees) {
        int index = Math.max(1, Math.min(MAX_DEGREES, degrees));
        double value = critical[index];
        if (value == 0) {
            value = TDistribution.of(index).inverseSurvivalProbability(alpha / 2);
            critical[index] = value;
        }
        return value;
    }
}
