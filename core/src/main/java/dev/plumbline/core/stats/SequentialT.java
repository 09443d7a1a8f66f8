package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;

/**
 * Decides, while two programs are measured in turn, whether enough is known: a test that may be evaluated after every
 * pair and keeps its error rate.
 *
 * <p>Each pair of runs gives the logarithm of the ratio of its two values. The evidence against "no difference" is an
 * e-value: the likelihood ratio of normal differences with an effect size of normal prior against none, free of the
 * unknown scatter (the right-Haar Bayes factor; Wang and Ramdas 2023). Its chance of ever passing 1/α is at most α. The
 * interval holds all shifts whose e-value is below 1/α, and covers the truth at all times at once.
 */
public final class SequentialT {
    private static final SequentialT DEFAULT = new SequentialT(0.05, 0.02, 4, 40, 1);

    private final double level;
    private final double margin;
    private final int leastPairs;
    private final int mostPairs;
    private final double effectVariance;

    /** The decision after the pairs so far. */
    public enum Decision {
        /** Stop: there is a difference, and it is at least the margin. */
        CHANGED,
        /** Stop: any difference is inside the margin. */
        UNCHANGED,
        /** Measure another pair. */
        CONTINUE,
        /** Stop: the most pairs allowed did not settle it. */
        INCONCLUSIVE
    }

    private SequentialT(double level, double margin, int leastPairs, int mostPairs, double effectVariance) {
        this.level = level;
        this.margin = margin;
        this.leastPairs = leastPairs;
        this.mostPairs = mostPairs;
        this.effectVariance = effectVariance;
    }

    /** A level of 5 %, a margin of 2 %, from 4 to 40 pairs, effects of about one standard deviation. */
    public static SequentialT withDefaults() {
        return DEFAULT;
    }

    /** @param newLevel the chance of a false alarm over all looks together */
    public SequentialT withLevel(double newLevel) {
        if (!(newLevel > 0 && newLevel < 0.5)) {
            throw new IllegalArgumentException("level must lie between 0 and 0.5: " + newLevel);
        }
        return new SequentialT(newLevel, margin, leastPairs, mostPairs, effectVariance);
    }

    /** @param newMargin the least relative change that matters (0.02 is 2 %) */
    public SequentialT withMargin(double newMargin) {
        return new SequentialT(level, Require.fraction(newMargin, "margin"), leastPairs, mostPairs, effectVariance);
    }

    /** @param least at least 2; {@code most} is no less */
    public SequentialT withPairs(int least, int most) {
        if (least < 2 || most < least) {
            throw new IllegalArgumentException("pairs from " + least + " to " + most);
        }
        return new SequentialT(level, margin, least, most, effectVariance);
    }

    /**
     * @param pairs how many were looked at
     * @param mean of the logarithms of the ratios; 0 for none
     * @param eValue the evidence for a difference, 1 for none; from 0
     * @param interval of the mean, with confidence one less the level at all looks together; unbounded while too few
     * @param decision what to do next
     */
    public record Look(int pairs, double mean, double eValue, Interval interval, Decision decision) {}

    /**
     * Evaluates the pairs so far.
     *
     * @param logRatios finite; fewer than two are no evidence
     */
    public Look look(double[] logRatios) {
        Require.finite(logRatios, 0, "logRatios");
        int n = logRatios.length;
        if (n < 2) {
            double mean = n == 0 ? 0 : logRatios[0];
            return new Look(n, mean, 1, Interval.unbounded(1 - level), Decision.CONTINUE);
        }
        double mean = Location.mean(logRatios);
        double error = Spread.standardDeviation(logRatios) / Math.sqrt(n);
        Interval interval = interval(mean, error, n, level);
        return new Look(n, mean, eValue(mean, error, n), interval, decide(n, mean, error, interval));
    }

    /**
     * Half the width of the interval after a number of pairs.
     *
     * @param deviation standard deviation of the logarithms of the ratios, from 0
     * @param pairs at least 2
     * @return from 0; infinite while there are too few pairs for any result, whatever they are
     */
    public double halfWidth(double deviation, int pairs) {
        if (!(deviation >= 0) || pairs < 2) {
            throw new IllegalArgumentException("deviation " + deviation + " of " + pairs + " pairs");
        }
        Interval interval = interval(0, deviation / Math.sqrt(pairs), pairs, level);
        return interval.high();
    }

    private Decision decide(int n, double mean, double error, Interval interval) {
        if (n < leastPairs) {
            return Decision.CONTINUE;
        }
        double marginOnLogs = Math.log1p(margin);
        if (!interval.contains(0) && Math.abs(mean) >= marginOnLogs) {
            return Decision.CHANGED;
        }
        if (interval(mean, error, n, 2 * level).isInside(-marginOnLogs, marginOnLogs)) {
            return Decision.UNCHANGED;
        }
        return n >= mostPairs ? Decision.INCONCLUSIVE : Decision.CONTINUE;
    }

    private double eValue(double mean, double error, int n) {
        return Math.exp(logEValue(mean, error, n));
    }

    /**
     * The logarithm of the evidence against a mean; 0 for fewer than two differences.
     *
     * @param differences finite
     */
    double logEvidence(double[] differences, double mean) {
        int n = differences.length;
        if (n < 2) {
            return 0;
        }
        double error = Spread.standardDeviation(differences) / Math.sqrt(n);
        return logEValue(Location.mean(differences) - mean, error, n);
    }

    private double logEValue(double mean, double error, int n) {
        double degrees = n - 1.0;
        double spread = 1 + n * effectVariance;
        double t = Welch.statistic(mean, error);
        // as the statistic grows without bound the ratio tends to the spread
        double ratio = Double.isInfinite(t) ? spread : (1 + t * t / degrees) / (1 + t * t / (degrees * spread));
        return -0.5 * Math.log(spread) + n / 2.0 * Math.log(ratio);
    }

    private Interval interval(double mean, double error, int n, double alpha) {
        double degrees = n - 1.0;
        double spread = 1 + n * effectVariance;
        double bound = Math.exp(Math.log(spread / (alpha * alpha)) / n);
        if (bound >= spread) {
            return Interval.unbounded(1 - alpha);
        }
        double half = Math.sqrt(degrees * (bound - 1) / (1 - bound / spread)) * error;
        return new Interval(mean - half, mean + half, 1 - alpha);
    }
}
