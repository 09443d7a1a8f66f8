package dev.plumbline.core.stats.suite;

/**
 * The noise of one series before one of its runs.
 *
 * @param scale standard deviation of its core
 * @param degrees of freedom of the core's Student distribution
 * @param rate how often a value lies beyond {@value #BEYOND} scales and the next ones do not
 * @param exponent with which such excursions become rarer (Pareto)
 * @param correlation of neighbouring values, 0 to 0.6
 * @param wander variance of the level, in variances of a value
 */
record Noise(double scale, double degrees, double rate, double exponent, double correlation, double wander) {
    /** Excursions begin here. */
    static final double BEYOND = 2.5;
}
