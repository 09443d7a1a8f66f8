package dev.plumbline.core.stats.suite;

/**
 * The evidence for a shift of the judged values in one direction.
 *
 * @param evidence decimal logarithm of the ratio of likelihoods, of the strongest window
 * @param window how many values were weighed together: the judged ones, or with some before them
 * @param probability the share of healthy runs in which any series of the suite shows as much
 */
public record ShiftEvidence(double evidence, int window, double probability) {
    /** No evidence. */
    public static final ShiftEvidence NONE = new ShiftEvidence(LikelihoodRatio.NONE, 1, 1);

    static final double LOG_OF_TEN = StrictMath.log(10);

    /** The likelihood ratio below which nothing is reported, as a natural logarithm. */
    public static final double LEAST = LOG_OF_TEN * Limits.LEAST_EVIDENCE;

    /** Whether the values reach the margin, so that a ratio was computed. */
    public boolean isKnown() {
        return evidence > LikelihoodRatio.NONE;
    }

    /** The natural logarithm of the ratio of likelihoods. */
    public double logRatio() {
        return LOG_OF_TEN * evidence;
    }
}
