package dev.plumbline.core.stats.suite;

import java.util.Arrays;

/**
 * How rarely a healthy run of a suite shows as much evidence in any of its series: the largest evidence of each past
 * run
 * with an exponential tail (the peaks over a threshold of Pickands 1975), and what is believed without a past.
 *
 * <p>The tail is predictive: its slope has a gamma prior, so the next excess has a Lomax distribution, which is the
 * wider the fewer excesses were seen; and one excess more than was seen is always believed in. A single excess counts
 * as a limited one, for one spike must not blind a suite for a hundred runs. The two beliefs are mixed on the scale of
 * log probabilities, by the number of runs.
 */
final class LearntLimit {
    /** How many past runs are looked at. */
    static final int RUNS = 100;

    private static final int LEAST_RUNS = 10;
    private static final double SHARE = 0.2;
    private static final double PRIOR_COUNT = 3;
    private static final double PRIOR_RUNS = 15;

    /** Of the evidence that a suite of so many e-values would need, what is asked while its past is unknown. */
    private static final double PRIOR_POWER = 0.5;

    /** By so much less than that: a young suite shows large changes only, and they should be seen. */
    private static final double PRIOR_EASE = 0.05;

    private static final int BISECTIONS = 60;
    private static final double LARGEST = 1e4;

    private final Prior prior;
    private final double threshold;
    private final double share;
    private final double slope;
    private final double count;
    private final double weight;

    /** An exponential tail that reaches 1 at a place, and what is believed of excesses over a threshold. */
    private record Prior(double at, double slope, double lowest, double excess, double mostExcess) {}

    private LearntLimit(double[] maxima, Prior prior) {
        this.prior = prior;
        int runs = maxima.length;
        if (runs < LEAST_RUNS) {
            threshold = 0;
            share = 1;
            slope = 1;
            count = 1;
            weight = 0;
            return;
        }
        double[] ascending = maxima.clone();
        Arrays.sort(ascending);
        double place = (1 - SHARE) * (runs - 1);
        int below = (int) place;
        threshold = Math.max(
                prior.lowest,
                ascending[below] + (place - below) * (ascending[Math.min(below + 1, runs - 1)] - ascending[below]));
        double excess = 0;
        int above = 0;
        for (double maximum : maxima) {
            if (maximum > threshold) {
                excess += Math.min(prior.mostExcess, maximum - threshold);
                above++;
            }
        }
        count = above + PRIOR_COUNT;
        slope = (excess + PRIOR_COUNT * prior.excess) / count;
        share = (above + 1.0) / (runs + 1);
        weight = runs / (runs + PRIOR_RUNS);
    }

    /**
     * The limit of evidence.
     *
     * @param maxima the largest evidence of each healthy run
     * @param series in the suite
     */
    static LearntLimit of(double[] maxima, int series) {
        return new LearntLimit(
                maxima,
                new Prior(
                        PRIOR_POWER * StrictMath.log10(Math.max(1, series)) - PRIOR_EASE,
                        PRIOR_POWER / StrictMath.log(10),
                        -1,
                        0.45,
                        1.5));
    }

    /**
     * The limit of surprises: of minus the natural logarithms of probabilities, the least of each run.
     *
     * @param surprises of each healthy run
     * @param looks how many probabilities the least one is of, at least 1
     */
    static LearntLimit ofSurprises(double[] surprises, double looks) {
        return new LearntLimit(surprises, new Prior(StrictMath.log(looks), 1, 0, 1, 3));
    }

    /** The natural logarithm of the share of healthy runs whose largest evidence is at least this; 0 at the most. */
    double logProbability(double evidence) {
        double believed = (prior.at - evidence) / prior.slope;
        if (weight == 0) {
            return Math.min(0, believed);
        }
        double above = Math.max(0, evidence - threshold);
        double learnt = StrictMath.log(share) - count * StrictMath.log1p(above / (slope * count));
        return Math.min(0, evidence < threshold ? 0 : weight * learnt + (1 - weight) * believed);
    }

    /** The evidence that a share of healthy runs reaches, below the share of the threshold. */
    double evidence(double probability) {
        double wanted = StrictMath.log(probability);
        double low = -LARGEST;
        double high = LARGEST;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = 0.5 * (low + high);
            if (logProbability(middle) <= wanted) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
