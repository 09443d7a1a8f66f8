package dev.plumbline.core.stats.suite;

/**
 * The noise of one series before one of its runs.
 *
 * @param values the number of latest values it is estimated from
 * @param scale standard deviation of its core
 * @param degrees of freedom of the core's Student distribution
 * @param rate how often a value lies beyond {@value #BEYOND} scales and the next ones do not
 * @param exponent with which such excursions become rarer (Pareto)
 * @param correlation of neighbouring values, 0 to 0.6
 * @param wander variance of the level, in variances of a value
 * @param wild the rate and size of outliers
 */
record Noise(
        int values,
        double scale,
        double degrees,
        double rate,
        double exponent,
        double correlation,
        double wander,
        Wild wild) {
    /** Excursions begin here. */
    static final double BEYOND = 2.5;

    /**
     * The rate of outliers of a series, for as long as the past of its suite is too short to show how much evidence
     * these make.
     *
     * @param rate how often a value of this series lies beyond {@value #FAR} scales and the next ones do not
     * @param usual the same of the usual series of its suite; less than was seen by what chance may add, so that one
     *     spike hides nothing
     * @param series in the suite, of which each may have such values
     * @param doubt how much this counts: 1 without a past, 0 where the past decides
     */
    record Wild(double rate, double usual, int series, double doubt) {
        static final Wild NONE = new Wild(0, 0, 1, 0);

        static final double FAR = 5;

        /** The rarity of a change, as a natural logarithm, at which the past counts as much as this. */
        private static final double FADING = 3;

        /**
         * The most evidence that some values may be: as rare as such values in any series of the suite.
         *
         * @param lowest of the values, in scales
         * @param count how many values
         * @param exponent with which values become rarer
         */
        double mostEvidence(double lowest, int count, double exponent) {
            if (!(rate > 0 && doubt > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            double tail = StrictMath.exp(-exponent * StrictMath.log(Math.max(1, lowest / FAR)));
            double any =
                    StrictMath.log(series * StrictMath.pow(usual * tail, count) + StrictMath.pow(rate * tail, count));
            return LearntLimit.believed(series, Math.min(0, any) - FADING * (1 / doubt - 1));
        }
    }
}
