package dev.plumbline.core.stats.suite;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * The evidence for a shift in each series of a suite, by all the suite's runs.
 *
 * <p>The part of a run that all series share is predicted for each series by the others and removed where that makes
 * it quieter. The rest is held against the noise of the series, whose scale and tail are shrunk to those of the suite,
 * as a ratio of likelihoods. How much evidence is too much is learnt from the largest that each of the last hundred
 * runs showed in any series whose level did not move. Everything about a run is learnt from the runs before it.
 */
public final class SuiteEvidence {
    private static final int[] WINDOWS = {1, 2, 3, 5};

    /** The factors on the error rates of these windows, compared with a suite without a past. */
    private static final double[] SHARES = {0.45, 1.1, 1.7, 0.4};

    /**
     * The number of runs of all series that is enough to learn from, with some to spare for levels that begin among
     * them.
     */
    private static final int WHOLE_RUNS = SeriesMemory.WINDOW + Column.LEVEL + 5;

    /** The stated detectable change allows for the width of this share of the newest runs. */
    private static final double USUAL = 0.95;

    private final Column[] columns;
    private final Residuals[] residuals;
    private final LikelihoodRatio[] ratios;
    private final int[] windows;
    private final SuiteScan scan;
    private final Limits worse;
    private final Limits better;
    private final WholeShift whole;

    // by series and window
    private final double[][] worseTogether;
    private final double[][] betterTogether;

    // what a series is asked about is asked many times; a lost race costs one more of the same
    private final Power[] powers;

    /**
     * A series of the suite.
     *
     * @param values oldest first, larger is worse, on a scale on which a shift of 0.01 is a change of about one per
     *     cent; NaN where there is none
     * @param runs the run of each value, ascending
     * @param judged how many of the values, the newest ones, are judged: all of one revision
     * @param margin the smallest shift that matters, not negative
     * @param levelFrom the run with which the current level begins; 0 if nothing is known of that
     * @param isAlone whether the judged values are weighed without the ones before them, as those of another branch
     */
    public record Member(double[] values, int[] runs, int judged, double margin, int levelFrom, boolean isAlone) {
        public Member {
            if (values.length != runs.length) {
                throw new IllegalArgumentException(values.length + " values of " + runs.length + " runs");
            }
            if (judged < 0 || !(margin >= 0)) {
                throw new IllegalArgumentException(judged + " judged values, margin " + margin);
            }
        }

        /** A series with a place for every run, from the first on. */
        Member(double[] values, int judged, double margin, int levelFrom, boolean isAlone) {
            this(values, IntStream.range(0, values.length).toArray(), judged, margin, levelFrom, isAlone);
        }

        private Column column(int askedFrom) {
            return Column.of(values, runs, judged, levelFrom, askedFrom, isAlone);
        }

        /** The run of the first of the judged values; {@code none} where none is judged. */
        private int judgedFrom(int none) {
            int from = none;
            int left = judged;
            for (int i = values.length - 1; left > 0 && i >= 0; i--) {
                if (!Double.isNaN(values[i])) {
                    from = runs[i];
                    left--;
                }
            }
            return from;
        }
    }

    private SuiteEvidence(
            Column[] columns,
            Residuals[] residuals,
            LikelihoodRatio[] ratios,
            int[] windows,
            SuiteScan scan,
            Limits worse,
            Limits better,
            WholeShift whole) {
        this.columns = columns;
        this.residuals = residuals;
        this.ratios = ratios;
        this.windows = windows;
        this.scan = scan;
        this.whole = whole;
        this.worse = worse;
        this.better = better;
        powers = new Power[columns.length];
        worseTogether = together(worse, 0);
        betterTogether = together(better, 1);
    }

    private double[][] together(Limits limits, int direction) {
        double[][] evidence = new double[columns.length][];
        Arrays.setAll(evidence, series -> scan.judged(direction, series));
        return limits.together(evidence);
    }

    /**
     * Learns from a suite and weighs its judged values.
     *
     * @param runs how many runs the series have values of, all the same number
     * @param members at least one
     */
    public static SuiteEvidence of(int runs, Member... members) {
        int series = members.length;
        Column[] columns = new Column[series];
        double[] margins = new double[series];
        TreeSet<Integer> lengths = new TreeSet<>();
        int judgedFrom = runs;
        for (Member member : members) {
            judgedFrom = Math.min(judgedFrom, member.judgedFrom(runs));
        }
        int askedFrom = askedFrom(members, SuiteScan.firstRun(judgedFrom));
        Member[] usual = OddRuns.leftOut(runs, judgedFrom, members);
        SuiteScan.each(series, series, i -> columns[i] = usual[i].column(askedFrom));
        for (int i = 0; i < series; i++) {
            margins[i] = members[i].margin;
            if (columns[i].candidate < columns[i].at.length) {
                lengths.add(columns[i].at.length - columns[i].candidate);
            }
        }
        int least = lengths.isEmpty() ? 1 : lengths.first();
        Arrays.stream(WINDOWS).filter(each -> each >= least).forEach(lengths::add);
        int[] windows = lengths.stream().mapToInt(Integer::intValue).toArray();
        CommonMode common = CommonMode.of(columns, runs, SuiteScan.firstRun(judgedFrom), judgedFrom);
        Residuals[] residuals = new Residuals[series];
        double[] alike = common.alike();
        SuiteScan.each(series, series, i -> residuals[i] = common.residuals(i, columns[i], CommonMode.isFew(series)));
        SuiteScan scan = new SuiteScan(columns, residuals, margins, windows, runs);
        LikelihoodRatio[] ratios =
                Arrays.stream(margins).mapToObj(LikelihoodRatio::new).toArray(LikelihoodRatio[]::new);
        return new SuiteEvidence(
                columns,
                residuals,
                ratios,
                windows,
                scan,
                new Limits(scan, 0, windows, series, shares(scan.doubt(), windows)),
                new Limits(scan, 1, windows, series, shares(scan.doubt(), windows)),
                WholeShift.of(
                        usual == members
                                ? columns
                                : Arrays.stream(members)
                                        .map(member -> member.column(askedFrom))
                                        .toArray(Column[]::new),
                        alike,
                        margins,
                        windows,
                        runs,
                        judgedFrom));
    }

    /**
     * The first run of which anything is asked: enough runs before another one that every series was measured in, so
     * that all that is learnt there from runs before is learnt as if it had met the whole past; 0 where there are not.
     */
    private static int askedFrom(Member[] members, int first) {
        int[] measured = new int[Math.max(0, first)];
        for (Member member : members) {
            for (int i = 0; i < member.runs.length && member.runs[i] < first; i++) {
                measured[member.runs[i]] += Double.isNaN(member.values[i]) ? 0 : 1;
            }
        }
        int whole = 0;
        for (int run = first - 1; run >= 0; run--) {
            whole += measured[run] == members.length ? 1 : 0;
            if (whole == WHOLE_RUNS) {
                return run;
            }
        }
        return 0;
    }

    /**
     * One series judged while the rest of this suite is unchanged: with its parameters and its limits. What it shares
     * with the others is not looked at.
     *
     * @param member with one judged value
     */
    public SuiteEvidence standBy(Member member) {
        Column column = member.column(0);
        Residuals[] residuals = {Residuals.of(column.residuals)};
        SuiteScan alone = new SuiteScan(
                new Column[] {column},
                residuals,
                new double[] {member.margin},
                windows,
                member.values.length,
                scan.lent());
        return new SuiteEvidence(
                new Column[] {column},
                residuals,
                new LikelihoodRatio[] {new LikelihoodRatio(member.margin)},
                windows,
                alone,
                worse,
                better,
                WholeShift.NONE);
    }

    /**
     * The judged values by themselves are what people ask about; longer windows get what they can spare. Of single runs
     * the windows share differently where a past sets the limit: that one run is disturbed is nothing rare, and no past
     * shows the disturbance that comes next, but it rarely lasts for three runs.
     *
     * @param doubt 1 without a past, 0 with a long one
     */
    private static double[] shares(double doubt, int... windows) {
        double known = windows[0] == 1 ? 1 - doubt : 0;
        return Arrays.stream(windows)
                .mapToDouble(window ->
                        Math.sqrt((double) windows[0] / window) * StrictMath.pow(SHARES[place(window)], known))
                .toArray();
    }

    /** The index of the longest of the usual windows that is no longer. */
    private static int place(int window) {
        int place = WINDOWS.length - 1;
        while (WINDOWS[place] > window) {
            place--;
        }
        return place;
    }

    /** The evidence for a series being worse. */
    public ShiftEvidence worse(int series) {
        return worse.strongest(scan.judged(0, series), worseTogether[series]);
    }

    /** The evidence for a series being better. */
    public ShiftEvidence better(int series) {
        return better.strongest(scan.judged(1, series), betterTogether[series]);
    }

    /**
     * The evidence of a number of values, the newest ones, for a series being worse, whatever more or fewer of them
     * show.
     */
    public ShiftEvidence worse(int series, int values) {
        return worse.in(values, scan.judged(0, series), worseTogether[series]);
    }

    /** The same of its being better. */
    public ShiftEvidence better(int series, int values) {
        return better.in(values, scan.judged(1, series), betterTogether[series]);
    }

    /** The common change of all series in the run. */
    public WholeShift whole() {
        return whole;
    }

    /** The mean of what the judged values of a series share with the rest of their runs; 0 where nothing is known. */
    public double shared(int series) {
        Column column = columns[series];
        double sum = 0;
        int count = 0;
        for (int i = column.candidate; i < column.values.length; i++) {
            double shared = column.residuals[i] - residuals[series].distance(i);
            sum += Double.isNaN(shared) ? 0 : shared;
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The level before the judged values of a series; NaN where too little is known. */
    public double level(int series) {
        Column column = columns[series];
        return column.candidate == column.values.length
                ? Double.NaN
                : column.values[column.candidate] - column.residuals[column.candidate];
    }

    /** By how much the judged values of a series lie above their level, without what they share with their runs. */
    public double size(int series) {
        Column column = columns[series];
        double sum = 0;
        for (int i = column.candidate; i < column.values.length; i++) {
            sum += residuals[series].distance(i);
        }
        return sum / (column.values.length - column.candidate);
    }

    /**
     * The scale of the noise of a series' judged values without what is shared, wider where much is; empty where too
     * little is known.
     */
    public OptionalDouble scale(int series) {
        Noise noise = scan.noise(series);
        return noise == null ? OptionalDouble.empty() : OptionalDouble.of(noise.scale() * judgedWidth(series));
    }

    private double judgedWidth(int series) {
        return residuals[series].width(columns[series].candidate, columns[series].values.length);
    }

    /** The variance of the level of a series, in variances of its noise; 0 where too little is known. */
    public double wander(int series) {
        Noise noise = scan.noise(series);
        return noise == null ? 0 : noise.wander();
    }

    /** The degrees of freedom of a series' noise; 1 where too little is known. */
    public double degrees(int series) {
        Noise noise = scan.noise(series);
        return noise == null ? 1 : noise.degrees();
    }

    /** The distances of the newest values of a series from their levels, without what they share with their runs. */
    public double[] newest(int series, int count) {
        return residuals[series].newest(count);
    }

    /** The autocorrelation of neighbouring values of the suite's series, 0 to 0.6. */
    public double correlation(int series) {
        Noise noise = scan.noise(series);
        return noise == null ? 0 : noise.correlation();
    }

    /**
     * The number of values, each as far from the level as the mean of the judged ones, that would show a shift for the
     * worse or for the better.
     *
     * @param most values at most
     * @return empty where more would be needed
     */
    public OptionalInt runsToShow(int series, double probability, int most) {
        return powerOf(series)
                .map(known -> known.runsToShow(size(series) / judgedWidth(series), probability, most))
                .orElse(OptionalInt.empty());
    }

    /** The power of a series; empty where too little is known. */
    private Optional<Power> powerOf(int series) {
        Power known = powers[series];
        Noise noise = scan.noise(series);
        if (known == null && noise != null) {
            Luck luck = Luck.of(residuals[series].scaled(), columns[series].candidate, noise);
            known = new Power(windows, worse, better, ratios[series], noise, luck);
            powers[series] = known;
        }
        return Optional.ofNullable(known);
    }

    private double usualWidth(int series) {
        return residuals[series].usualWidth(USUAL, columns[series].candidate);
    }

    /** The number of values, at least one, that are weighed together: no more than the longest window has. */
    public static int longestWindow(int values) {
        return Arrays.stream(WINDOWS).filter(each -> each <= values).max().orElse(1);
    }

    /**
     * The smallest shift that a number of values of a series shows with a power.
     *
     * @param values at least one
     * @param probability how often any series of a healthy run may show as much, above 0 and below 1
     * @param power above 0.5 and below 1
     * @return empty where too little is known, or no shift up to elevenfold is
     */
    public OptionalDouble detectable(int series, int values, double probability, double power) {
        return powerOf(series)
                .map(known -> known.detectable(usualWidth(series), values, probability, power))
                .orElse(OptionalDouble.empty());
    }

    /**
     * Whether the smallest shift that a number of values of a series shows with a power is small enough: what {@link
     * #detectable} answers, in fewer steps.
     *
     * @param isEnough true of a shift and of all smaller ones
     */
    public boolean isDetectable(int series, int values, double probability, double power, DoublePredicate isEnough) {
        return powerOf(series)
                .filter(known -> known.isDetectable(usualWidth(series), values, probability, power, isEnough))
                .isPresent();
    }
}
