package dev.plumbline.core.stats.suite;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rarity of evidence in one direction: window by window, and the rarest of all windows.
 *
 * <p>Evidence that is nothing rare in one series may be rare in many of a run: a change in a tenth of a large suite is
 * seen where none of its series shows it for certain (the higher criticism of Donoho and Jin 2004, with limits that are
 * learnt instead of those of independent series).
 */
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

    /** The share of the error rate of a window that each size of a group gets, where a long past sets its limit. */
    private static final double GROUP = 0.5;

    /** A series that is this rare by itself is in no group: others are not called because of it. */
    private static final double CERTAIN = 0.02;

    private final int[] windows;
    private final int[] groups;
    private final double share;
    private final double[] costs;

    /** By group and window; the first group is one series. */
    private final LearntLimit[][] each;

    private final LearntLimit all;

    private record Asked(double probability, double evidence) {}

    // a suite of thousands asks for the same few
    private final Asked[] lately;

    /** @param shares of the error rate that windows get, 1 at the most */
    Limits(SuiteScan scan, int direction, int[] windows, int series, double... shares) {
        this.windows = windows;
        groups = scan.groups();
        share = GROUP * (1 - scan.doubt());
        lately = new Asked[windows.length];
        each = new LearntLimit[groups.length][windows.length];
        costs = new double[windows.length];
        for (int w = 0; w < windows.length; w++) {
            for (int g = 0; g < groups.length; g++) {
                each[g][w] = scan.limit(g, direction, w, series);
            }
            costs[w] = -StrictMath.log(shares[w]);
        }
        double[] surprises = surprises(scan, direction);
        all = LearntLimit.ofSurprises(
                Arrays.copyOfRange(surprises, Math.max(0, surprises.length - LearntLimit.RUNS), surprises.length),
                Arrays.stream(shares).sum() * looks());
    }

    /** The most surprising of each past run, of any window and group. */
    private double[] surprises(SuiteScan scan, int direction) {
        double[] surprises = new double[scan.maxima(0, direction)[0].length];
        Arrays.fill(surprises, Double.NaN);
        for (int g = 0; g < groups.length; g++) {
            double[][] maxima = scan.maxima(g, direction);
            for (int w = 0; w < windows.length; w++) {
                for (int run = windows[w] - 1; run < surprises.length; run++) {
                    double evidence = maxima[w][run - windows[w] + 1];
                    if (!Double.isNaN(evidence)) {
                        double surprise = g == 0 ? surprise(w, evidence) : surprise(g, w, evidence);
                        surprises[run] = Double.isNaN(surprises[run]) ? surprise : Math.max(surprises[run], surprise);
                    }
                }
            }
        }
        return Arrays.stream(surprises).filter(most -> !Double.isNaN(most)).toArray();
    }

    /** The looks at a window. */
    private double looks() {
        return 1 + share * (groups.length - 1);
    }

    private double surprise(int window, double evidence) {
        return Math.max(0, -each[0][window].logProbability(evidence) - costs[window]);
    }

    /** The same of evidence that a whole group has; none where one series of many a healthy run has it. */
    private double surprise(int group, int window, double evidence) {
        return evidence < LEAST_EVIDENCE || each[0][window].isUsual(evidence)
                ? 0
                : Math.max(0, -each[group][window].logProbability(evidence) - costs[window] + StrictMath.log(share));
    }

    /**
     * The surprise of the groups that have their evidence together, by series and window; 0 for a series in none.
     *
     * @param evidence of the judged values by series and window
     */
    double[][] together(double[]... evidence) {
        double[][] together = new double[evidence.length][windows.length];
        if (groups.length == 1 || evidence.length < groups[1]) {
            return together;
        }
        int[] asked = IntStream.range(0, evidence.length)
                .filter(i -> strongest(evidence[i], together[i]).probability() > CERTAIN)
                .toArray();
        for (int w = 0; w < windows.length; w++) {
            int window = w;
            double[] ascending = Arrays.stream(asked)
                    .mapToDouble(i -> evidence[i][window])
                    .filter(some -> some >= LEAST_EVIDENCE)
                    .sorted()
                    .toArray();
            for (int g = 1; g < groups.length && groups[g] <= ascending.length; g++) {
                double least = ascending[ascending.length - groups[g]];
                double surprise = surprise(g, w, least);
                Arrays.stream(asked)
                        .filter(i -> evidence[i][window] >= least)
                        .forEach(i -> together[i][window] = Math.max(together[i][window], surprise));
            }
        }
        return together;
    }

    /** The most that evidence may surprise: what is nearly enough is a suspect, and less is nothing rare. */
    private static double most(double evidence) {
        return evidence < LEAST_EVIDENCE ? WEAK * Math.max(0, evidence) / LEAST_EVIDENCE : Double.POSITIVE_INFINITY;
    }

    private double called(int window, double evidence, double together) {
        return Math.min(Math.max(together, surprise(window, evidence)), most(evidence));
    }

    /** The evidence of a series by itself in the window where it is rarest, and how rare that is. */
    ShiftEvidence strongest(double... evidence) {
        return strongest(evidence, new double[evidence.length]);
    }

    /**
     * The evidence of a series and its groups in the window where it is rarest, and how rare that is.
     *
     * @param together how surprising the group is that the series is in, by window
     */
    ShiftEvidence strongest(double[] evidence, double[] together) {
        int strongest = -1;
        double most = 0;
        for (int w = 0; w < windows.length; w++) {
            if (evidence[w] > LikelihoodRatio.NONE && called(w, evidence[w], together[w]) > most) {
                most = called(w, evidence[w], together[w]);
                strongest = w;
            }
        }
        if (strongest < 0) {
            return Double.isNaN(evidence[0]) ? ShiftEvidence.NONE : new ShiftEvidence(evidence[0], windows[0], 1);
        }
        return weighed(strongest, evidence, together);
    }

    /** The evidence of the window with this many values, and how rare that is among all windows; none without one. */
    ShiftEvidence in(int values, double[] evidence, double[] together) {
        int window = Arrays.binarySearch(windows, values);
        return window >= 0 && evidence[window] > LikelihoodRatio.NONE
                ? weighed(window, evidence, together)
                : ShiftEvidence.NONE;
    }

    private ShiftEvidence weighed(int window, double[] evidence, double[] together) {
        long asked = Arrays.stream(evidence).filter(one -> !Double.isNaN(one)).count();
        double surprise = Math.max(together[window], surprise(window, evidence[window]));
        double log = asked > 1 ? all.logProbability(surprise) : StrictMath.log(looks()) - surprise - costs[window];
        return new ShiftEvidence(
                evidence[window], windows[window], StrictMath.exp(Math.min(0, Math.max(log, -most(evidence[window])))));
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
        return Math.max(LEAST_EVIDENCE, each[0][window].evidence(StrictMath.exp(-surprise - costs[window])));
    }
}
