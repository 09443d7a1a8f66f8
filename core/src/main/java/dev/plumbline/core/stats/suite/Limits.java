package dev.plumbline.core.stats.suite;

import java.util.Arrays;

/** The rarity of evidence in one direction: window by window, and the rarest of all windows. */
final class Limits {
    /**
     * The least evidence that is reported, however rare less is in this suite: below it, a shift explains the values
     * less than five times as well as noise does. A suite of series with two modes, which hardly ever show any, would
     * be called for next to nothing.
     */
    static final double LEAST_EVIDENCE = StrictMath.log10(5);

    /**
     * Less evidence is never rarer than this power of the share of it: 5 % where it is nearly enough, so that an error
     * rate above 5 % needs a little less.
     */
    private static final double WEAK = -StrictMath.log(0.05);

    private final int[] windows;
    private final double[] costs;
    private final LearntLimit[] each;
    private final LearntLimit all;

    private record Asked(double probability, double evidence) {}

    // a suite of thousands asks for the same few
    private final Asked[] lately;

    /** @param shares of the error rate that windows get, 1 at the most */
    Limits(SuiteScan scan, int direction, int[] windows, int series, double... shares) {
        this.windows = windows;
        lately = new Asked[windows.length];
        each = new LearntLimit[windows.length];
        costs = new double[windows.length];
        for (int w = 0; w < windows.length; w++) {
            each[w] = scan.limit(direction, w, series);
            costs[w] = -StrictMath.log(shares[w]);
        }
        double looks = Arrays.stream(shares).sum();
        double[][] maxima = scan.maxima(direction);
        double[] surprises = new double[maxima[0].length];
        int count = 0;
        for (int run = 0; run < surprises.length; run++) {
            double most = Double.NaN;
            for (int w = 0; w < windows.length; w++) {
                int from = run - windows[w] + 1;
                if (from >= 0 && !Double.isNaN(maxima[w][from])) {
                    double surprise = surprise(w, maxima[w][from]);
                    most = Double.isNaN(most) ? surprise : Math.max(most, surprise);
                }
            }
            if (!Double.isNaN(most)) {
                surprises[count++] = most;
            }
        }
        all = LearntLimit.ofSurprises(
                Arrays.copyOfRange(surprises, Math.max(0, count - LearntLimit.RUNS), count), looks);
    }

    private double surprise(int window, double evidence) {
        return Math.max(0, -each[window].logProbability(evidence) - costs[window]);
    }

    /** The most that evidence may surprise: what is nearly enough is a suspect, and less is nothing rare. */
    private static double most(double evidence) {
        return evidence < LEAST_EVIDENCE ? WEAK * Math.max(0, evidence) / LEAST_EVIDENCE : Double.POSITIVE_INFINITY;
    }

    private double called(int window, double evidence) {
        return Math.min(surprise(window, evidence), most(evidence));
    }

    /** The evidence in the window where it is rarest, and how rare that is. */
    ShiftEvidence strongest(double... evidence) {
        int strongest = -1;
        double most = 0;
        for (int w = 0; w < windows.length; w++) {
            if (evidence[w] > LikelihoodRatio.NONE && called(w, evidence[w]) > most) {
                most = called(w, evidence[w]);
                strongest = w;
            }
        }
        if (strongest < 0) {
            return Double.isNaN(evidence[0]) ? ShiftEvidence.NONE : new ShiftEvidence(evidence[0], windows[0], 1);
        }
        return weighed(strongest, evidence);
    }

    /** The evidence of the window with this many values, and how rare that is among all windows; none without one. */
    ShiftEvidence in(int values, double... evidence) {
        int window = Arrays.binarySearch(windows, values);
        return window >= 0 && evidence[window] > LikelihoodRatio.NONE ? weighed(window, evidence) : ShiftEvidence.NONE;
    }

    private ShiftEvidence weighed(int window, double... evidence) {
        long looks = Arrays.stream(evidence).filter(one -> !Double.isNaN(one)).count();
        double surprise = surprise(window, evidence[window]);
        double log = looks > 1 ? all.logProbability(surprise) : -surprise - costs[window];
        return new ShiftEvidence(
                evidence[window], windows[window], StrictMath.exp(Math.max(log, -most(evidence[window]))));
    }

    /** The evidence in a window that a share of healthy runs reaches. */
    double evidence(int window, double probability) {
        Asked known = lately[window];
        if (known == null || known.probability != probability) {
            known = new Asked(probability, worked(window, probability));
            lately[window] = known;
        }
        return known.evidence;
    }

    private double worked(int window, double probability) {
        double surprise = windows.length > 1 ? all.evidence(probability) : -StrictMath.log(probability);
        return Math.max(LEAST_EVIDENCE, each[window].evidence(StrictMath.exp(-surprise - costs[window])));
    }
}
