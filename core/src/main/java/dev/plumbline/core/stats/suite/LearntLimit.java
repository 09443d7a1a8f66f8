package dev.plumbline.core.stats.suite;

import java.util.Arrays;

/**
 * The probability that a healthy run of a suite shows as much evidence in any of its series: the largest evidence of
 * each past run with an exponential tail (the peaks over a threshold of Pickands 1975), and a prior without a past.
 *
 * <p>The tail is predictive: its slope has a gamma prior, so the next excess has a Lomax distribution, which is the
 * wider the fewer excesses were seen; and one more excess than observed is always assumed. A single excess has a
 * limited weight, because one spike must not desensitise a suite for a hundred runs. The two beliefs are mixed on the
 * scale of log probabilities, by a power of the number of runs: a dozen runs are almost no evidence about an event this
 * rare.
 */
final class LearntLimit {
    /** The number of past runs. */
    static final int RUNS = 100;

    private static final int LEAST_RUNS = 10;
    private static final double SHARE = 0.2;
    private static final double PRIOR_COUNT = 3;

    /** While the past is unknown, the evidence is assumed to fall off as the square root of the bound of an e-value. */
    private static final double PRIOR_SLOPE = 0.5 / StrictMath.log(10);

    /** And its largest to grow so with the decimal logarithm of the number of series. */
    private static final double PRIOR_GROWTH = 0.3;

    private static final int BISECTIONS = 60;
    private static final double LARGEST = 1e4;

    private final Prior prior;
    private final double threshold;
    private final double share;
    private final double slope;
    private final double count;
    private final double weight;

    /**
     * The prior without a past.
     *
     * @param at where an exponential tail reaches 1
     * @param slope of that tail
     * @param lowest threshold beyond which excesses are learnt from
     * @param excess the mean one, and
     * @param mostExcess as what a single one counts at the most
     * @param runs with which the past counts as much as this belief
     * @param haste the power of the number of runs with which the past outgrows it
     */
    private record Prior(
            double at, double slope, double lowest, double excess, double mostExcess, double runs, double haste) {}

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
        weight = 1 / (1 + StrictMath.pow(prior.runs / runs, prior.haste));
    }

    /**
     * The limit of evidence.
     *
     * @param maxima the largest evidence of each healthy run, or the largest that a group of series reached in it
     * @param series in the suite
     */
    static LearntLimit of(double[] maxima, int series) {
        return new LearntLimit(maxima, new Prior(at(series), PRIOR_SLOPE, -1, 0.45, 1.5, 30, 2));
    }

    /**
     * The limit of surprises: of minus the natural logarithms of probabilities, the least of each run.
     *
     * @param surprises of each healthy run
     * @param looks how many probabilities the least one is of, at least 1
     */
    static LearntLimit ofSurprises(double[] surprises, double looks) {
        return new LearntLimit(surprises, new Prior(StrictMath.log(looks), 1, 0, 1, 3, 25, 4));
    }

    /** The evidence that a share of healthy runs is expected to reach without a past, by the number of series. */
    static double believed(int series, double logProbability) {
        return at(series) - PRIOR_SLOPE * logProbability;
    }

    private static double at(int series) {
        return PRIOR_GROWTH * StrictMath.log10(Math.max(1, series));
    }

    /** Whether a fifth of healthy runs and more have this much evidence. */
    boolean isUsual(double evidence) {
        return evidence < threshold;
    }

    /** The natural logarithm of the share of healthy runs whose largest evidence is at least this; 0 at the most. */
    double logProbability(double evidence) {
        double believed = (prior.at - evidence) / prior.slope;
        if (weight == 0) {
            return Math.min(0, believed);
        }
        double above = Math.max(0, evidence - threshold);
        double learnt = StrictMath.log(share) - count * StrictMath.log1p(above / (slope * count));
        return Math.min(0, (evidence < threshold ? 0 : weight * learnt) + (1 - weight) * Math.min(0, believed));
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
