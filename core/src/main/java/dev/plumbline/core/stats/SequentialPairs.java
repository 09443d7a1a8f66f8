package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.HodgesLehmann;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;

/**
 * Decides, while two programs are measured in turn, whether enough is known: a test that may be evaluated after every
 * pair, keeps its error rate, and is robust against occasional disturbed pairs.
 *
 * <p>Each pair of runs gives the logarithm of the ratio of its two values. The evidence against a centre of these is
 * the mean of two e-values, which is one itself: that of {@link SequentialT}, which needs the fewest pairs if the noise
 * is small and normal, and one that requires only symmetry and is robust against outliers ({@link SymmetricBet}).
 * Whatever the noise of a measurement is like, the difference of two measurements of one thing is symmetric. The
 * interval holds all centres with evidence below 1/α, and covers the truth at all times at once.
 */
public final class SequentialPairs {
    private static final SequentialPairs DEFAULT = new SequentialPairs(0.05, 0.02, 4);

    private static final double LOG_2 = Math.log(2);

    /** Doublings of a distance until nothing farther is searched for, and halvings of what is left between two. */
    private static final int DOUBLINGS = 60;

    private static final int HALVINGS = 40;

    private final double level;
    private final double margin;
    private final int leastPairs;

    private SequentialPairs(double level, double margin, int leastPairs) {
        this.level = level;
        this.margin = margin;
        this.leastPairs = leastPairs;
    }

    /** A level of 5 %, a margin of 2 %, four pairs at least. */
    public static SequentialPairs withDefaults() {
        return DEFAULT;
    }

    /** @param newLevel the chance of a false alarm over all looks together */
    public SequentialPairs withLevel(double newLevel) {
        if (!(newLevel > 0 && newLevel < 0.5)) {
            throw new IllegalArgumentException("level must lie between 0 and 0.5: " + newLevel);
        }
        return new SequentialPairs(newLevel, margin, leastPairs);
    }

    /** @param newMargin the least relative change that matters (0.02 is 2 %) */
    public SequentialPairs withMargin(double newMargin) {
        return new SequentialPairs(level, Require.fraction(newMargin, "margin"), leastPairs);
    }

    /** @param least pairs before anything is decided, at least 2 */
    public SequentialPairs withLeastPairs(int least) {
        if (least < 2) {
            throw new IllegalArgumentException("decisions from " + least + " pairs on");
        }
        return new SequentialPairs(level, margin, least);
    }

    /**
     * The middle of differences: the median of the means of any two of them (Hodges and Lehmann 1963).
     *
     * @param differences at least one, finite, with finite doubled values
     */
    public static double centre(double[] differences) {
        double[] negated = Arrays.stream(differences).map(value -> -value).toArray();
        return HodgesLehmann.shift(negated, differences) / 2;
    }

    /**
     * @param pairs how many were looked at
     * @param centre of the logarithms of the ratios; 0 for none
     * @param eValue the evidence for a difference, 1 for none; from 0
     * @param interval of the centre, with confidence one less the level at all looks together; unbounded while too few
     */
    public record Look(int pairs, double centre, double eValue, Interval interval) {}

    /**
     * Evaluates the pairs so far.
     *
     * @param logRatios finite; fewer than two are no evidence
     */
    public Look look(double[] logRatios) {
        Require.finite(logRatios, 0, "logRatios");
        int n = logRatios.length;
        if (n < 2) {
            return new Look(n, n == 0 ? 0 : logRatios[0], 1, Interval.unbounded(1 - level));
        }
        double centre = centre(logRatios);
        double low = bound(logRatios, centre, -1);
        double high = bound(logRatios, centre, 1);
        return new Look(n, centre, Math.exp(logEvidence(logRatios, 0)), new Interval(low, high, 1 - level));
    }

    /** Whether there is a difference, and it is at least the margin. */
    public boolean isChanged(double[] logRatios) {
        return logRatios.length >= leastPairs
                && Math.abs(centre(logRatios)) >= Math.log1p(margin)
                && speaksAgainst(logRatios, 0, level);
    }

    /** Whether any difference is inside the margin. */
    public boolean isUnchanged(double[] logRatios) {
        double marginOnLogs = Math.log1p(margin);
        return logRatios.length >= leastPairs
                && Math.abs(centre(logRatios)) < marginOnLogs
                && speaksAgainst(logRatios, marginOnLogs, 2 * level)
                && speaksAgainst(logRatios, -marginOnLogs, 2 * level);
    }

    /**
     * About half the width of the interval after a number of pairs with normal differences.
     *
     * @param deviation standard deviation of the logarithms of the ratios, from 0
     * @param pairs at least 2
     * @return from 0; infinite while there are too few pairs for any result, whatever they are
     */
    public double halfWidth(double deviation, int pairs) {
        return SequentialT.withDefaults().withLevel(level / 2).halfWidth(deviation, pairs);
    }

    private static boolean speaksAgainst(double[] logRatios, double centre, double alpha) {
        return logEvidence(logRatios, centre) >= -Math.log(alpha);
    }

    private static double logEvidence(double[] logRatios, double centre) {
        double normal = SequentialT.withDefaults().logEvidence(logRatios, centre);
        double symmetric = SymmetricBet.logEvidence(logRatios, centre);
        double greater = Math.max(normal, symmetric);
        return greater + Math.log1p(Math.exp(Math.min(normal, symmetric) - greater)) - LOG_2;
    }

    /** The farthest value on one side of the centre that the pairs do not reject; infinite when there is none. */
    private double bound(double[] logRatios, double centre, int side) {
        double step = Spread.standardDeviation(logRatios) / Math.sqrt(logRatios.length);
        if (step == 0) {
            return speaksAgainst(logRatios, centre + side, level) ? centre : side * Double.POSITIVE_INFINITY;
        }
        double inside = 0;
        double outside = step;
        for (int i = 0; !speaksAgainst(logRatios, centre + side * outside, level); i++) {
            if (i == DOUBLINGS) {
                return side * Double.POSITIVE_INFINITY;
            }
            inside = outside;
            outside *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double between = inside + (outside - inside) / 2;
            if (speaksAgainst(logRatios, centre + side * between, level)) {
                outside = between;
            } else {
                inside = between;
            }
        }
        return centre + side * outside;
    }
}
