package dev.plumbline.core.stats.suite;

/**
 * What speaks for a shift of the judged values in one direction.
 *
 * @param evidence decimal logarithm of the ratio of likelihoods, of the window that says most
 * @param window how many values were weighed together: the judged ones, or with some before them
 * @param probability the share of healthy runs in which any series of the suite shows as much
 */
public record ShiftEvidence(double evidence, int window, double probability) {
    /** Nothing speaks for it. */
    public static final ShiftEvidence NONE = new ShiftEvidence(LikelihoodRatio.NONE, 1, 1);

    static final double LOG_OF_TEN = StrictMath.log(10);

    /** The ratio of likelihoods below which nothing is called, as a natural logarithm. */
    public static final double LEAST = LOG_OF_TEN * Limits.LEAST_EVIDENCE;

    /** Whether the values reach the margin, so that a ratio was worked out. */
    public boolean isKnown() {
        return evidence > LikelihoodRatio.NONE;
    }

    /** The natural logarithm of the ratio of likelihoods. */
    public double logRatio() {
        return LOG_OF_TEN * evidence;
    }
}
