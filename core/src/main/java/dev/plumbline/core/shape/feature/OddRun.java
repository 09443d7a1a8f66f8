package dev.plumbline.core.shape.feature;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.stats.IsolationForest;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run in which much of the suite is off at once: a disturbed machine or one change that affects most of it, rather
 * than as many changes of code. One run cannot distinguish these two, so it is a hint to measure again, and changes no
 * verdict. On real suites, 0 of 245 undisturbed runs are odd; the other rates are in docs/decisions/shape.md.
 *
 * @param run place of the run in the table
 * @param series how many series it has that can be compared
 * @param far how many of them lie more than three deviations off
 * @param worse how many of these are for the worse
 * @param typical the median distance of all its series, in deviations
 * @param score of the isolation forest, from 0.5 for a run like the others towards 1
 */
public record OddRun(int run, int series, int far, int worse, double typical, double score) {
    /** Fewer series are no suite. */
    public static final int FEWEST_SERIES = 5;

    /** The fewest runs that determine the usual share. */
    public static final int FEWEST_RUNS = 15;

    /** Fewer benchmarks that are off may as well be one change of the code they share. */
    private static final int FEWEST_FAR = 4;

    /** A disturbed machine is slower; where fewer of those that are off are worse, the code became faster. */
    private static final double SHARE_WORSE = 0.25;

    private static final int BEFORE = 10;
    private static final int LEAST_BEFORE = 5;
    private static final int MOST_RUNS = 256;
    private static final int MOST_COLUMNS = 512;
    private static final double FAR = 3;
    private static final double BOUND = 8;
    private static final double SHARE = 0.25;
    /**
     * The median distance above which a suite is disturbed: half of a healthy suite is off by 0.67 and more; where a
     * few changed much, the others still are.
     */
    private static final double TYPICAL = 1.5;

    private static final double SCORE = 0.6;
    private static final double SMALLEST_NOISE = 1e-4;
    private static final long SEED = 20_080_615;

    /**
     * The odd runs of a suite, oldest first.
     *
     * <p>Every value is compared with the median of the ten of its series before it and, where there are enough, of the
     * ten after it, in robust deviations of the earlier differences; the nearer one counts, so that a step is odd only
     * until it is known to persist. An isolation forest over all runs (Liu, Ting and Zhou 2008), with a fixed seed,
     * determines which run is isolated; it counts as odd when a quarter of its series is far off too, and half of them
     * by more than noise explains: where only some benchmarks moved, the code did it. The newest {@value #MOST_RUNS}
     * runs are looked at.
     *
     * @param values one row a series, one column a run, oldest first; NaN where a run did not measure it
     * @param better which way is better, one for each series
     */
    public static List<OddRun> find(double[][] values, List<Better> better) {
        if (values.length != better.size()) {
            throw new IllegalArgumentException(values.length + " series with " + better.size() + " directions");
        }
        int runs = values.length == 0 ? 0 : values[0].length;
        if (values.length < FEWEST_SERIES || runs < FEWEST_RUNS) {
            return List.of();
        }
        for (double[] row : values) {
            if (row.length != runs) {
                throw new IllegalArgumentException("series of " + runs + " and " + row.length + " runs");
            }
        }
        double[][] deviations = new double[values.length][];
        Arrays.parallelSetAll(deviations, i -> deviations(values[i]));
        int first = Math.max(LEAST_BEFORE, runs - MOST_RUNS);
        List<OddRun> common = new ArrayList<>();
        for (int run = first; run < runs; run++) {
            OddRun one = of(run, deviations, better);
            if (one.series >= FEWEST_SERIES && isCommon(one)) {
                common.add(one);
            }
        }
        if (common.isEmpty()) {
            return List.of(); // without a forest: most suites have none
        }
        // with very many series, an evenly spaced subset is used
        int step = (int) Math.ceil((double) values.length / MOST_COLUMNS);
        double[][] rows = new double[runs - first][];
        for (int run = first; run < runs; run++) {
            double[] row = new double[(values.length + step - 1) / step];
            for (int i = 0; i < row.length; i++) {
                double deviation = deviations[i * step][run];
                row[i] = Double.isNaN(deviation) ? 0 : Math.max(-BOUND, Math.min(BOUND, deviation));
            }
            rows[run - first] = row;
        }
        double[] scores = IsolationForest.withSeed(SEED).scores(rows);
        return common.stream()
                .filter(one -> scores[one.run - first] > SCORE)
                .map(one -> one.withScore(scores[one.run - first]))
                .toList();
    }

    /**
     * Whether most of the suite is off, so that changes of single benchmarks do not explain it: more than half of the
     * series, at least {@value #FEWEST_FAR} of them, and at least a quarter of these for the worse.
     */
    public boolean isMostOfSuite() {
        return far >= FEWEST_FAR && 2 * far > series && worse >= SHARE_WORSE * far;
    }

    private static boolean isCommon(OddRun run) {
        return run.far >= SHARE * run.series && run.typical >= TYPICAL;
    }

    private OddRun withScore(double score) {
        return new OddRun(run, series, far, worse, typical, score);
    }

    /** A run whose score is not known yet. */
    private static OddRun of(int run, double[][] deviations, List<Better> better) {
        double[] sizes = new double[deviations.length];
        int series = 0;
        int far = 0;
        int worse = 0;
        for (int i = 0; i < deviations.length; i++) {
            double deviation = deviations[i][run];
            if (Double.isNaN(deviation)) {
                continue;
            }
            sizes[series++] = Math.abs(deviation);
            if (Math.abs(deviation) > FAR) {
                far++;
                worse += better.get(i).isWorse(deviation) ? 1 : 0;
            }
        }
        double typical = series == 0 ? 0 : Location.median(Arrays.copyOf(sizes, series));
        return new OddRun(run, series, far, worse, typical, Double.NaN);
    }

    /** The distance of each value from its neighbours, in deviations; NaN where there are too few. */
    private static double[] deviations(double[] values) {
        boolean positive = Arrays.stream(values).filter(Double::isFinite).allMatch(value -> value > 0);
        double[] scores = Arrays.stream(values)
                .map(value -> positive && Double.isFinite(value) ? StrictMath.log(value) : value)
                .toArray();
        double[] before = offThoseBefore(scores);
        double[] after = reversed(offThoseBefore(reversed(scores)));
        double[] known = Arrays.stream(before).filter(Double::isFinite).toArray();
        double[] deviations = new double[values.length];
        if (known.length < 2) {
            Arrays.fill(deviations, Double.NaN);
            return deviations;
        }
        double floor = positive ? SMALLEST_NOISE : SMALLEST_NOISE * typicalSize(values);
        double unit = Math.max(floor, Spread.winsorisedDeviation(known));
        for (int run = 0; run < values.length; run++) {
            deviations[run] = unit > 0 ? nearer(before[run], after[run]) / unit : Double.NaN;
        }
        return deviations;
    }

    /** A value that stayed, or that came back, is no odd one. */
    private static double nearer(double before, double after) {
        if (Double.isNaN(before) || Double.isNaN(after)) {
            return before;
        }
        return before > 0 == after > 0 ? Math.signum(before) * Math.min(Math.abs(before), Math.abs(after)) : 0;
    }

    private static double[] reversed(double[] of) {
        double[] reversed = new double[of.length];
        Arrays.setAll(reversed, i -> of[of.length - 1 - i]);
        return reversed;
    }

    /** The differences from the median of the ten before; NaN where there are too few. */
    private static double[] offThoseBefore(double[] scores) {
        double[] differences = new double[scores.length];
        double[] before = new double[BEFORE];
        double[] sorted = new double[BEFORE];
        Arrays.fill(sorted, Double.POSITIVE_INFINITY); // no value yet
        int seen = 0;
        for (int run = 0; run < scores.length; run++) {
            differences[run] = Double.NaN;
            double score = scores[run];
            if (Double.isFinite(score)) {
                int taken = Math.min(seen, BEFORE);
                if (taken >= LEAST_BEFORE) {
                    double lower = sorted[(taken - 1) / 2];
                    double upper = sorted[taken / 2];
                    differences[run] = score - (lower == upper ? lower : 0.5 * lower + 0.5 * upper);
                }
                double oldest = taken < BEFORE ? Double.POSITIVE_INFINITY : before[seen % BEFORE];
                replace(sorted, oldest, score);
                before[seen++ % BEFORE] = score;
            }
        }
        return differences;
    }

    /** Takes one value out of a sorted array that holds it, and puts another in its place. */
    private static void replace(double[] sorted, double out, double in) {
        int at = 0;
        while (sorted[at] != out) {
            at++;
        }
        for (; at + 1 < sorted.length && sorted[at + 1] < in; at++) {
            sorted[at] = sorted[at + 1];
        }
        for (; at > 0 && sorted[at - 1] > in; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = in;
    }

    private static double typicalSize(double[] values) {
        return Location.median(
                Arrays.stream(values).filter(Double::isFinite).map(Math::abs).toArray());
    }
}
