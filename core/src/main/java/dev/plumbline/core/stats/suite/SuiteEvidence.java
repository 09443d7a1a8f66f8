package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * The evidence for a shift in each series of a suite, by all the suite's runs.
 *
 * <p>The part of a run that all series share is foretold for each series by the others and taken out where that makes
 * it
 * quieter. The rest is held against the noise of the series, whose scale and tail are shrunk to those of the suite, as
 * a
 * ratio of likelihoods. How much evidence is too much is learnt from the largest that each of the last hundred runs
 * showed in any series whose level did not move. Everything about a run is learnt from the runs before it.
 */
public final class SuiteEvidence {
    /** No more than this share of the series may stay where it was when the whole suite has moved. */
    private static final double UNMOVED = 0.35;

    /** The others moved by this share of it at least. */
    private static final double MOVED = 0.65;

    private static final int[] WINDOWS = {1, 2, 3, 5};

    /**
     * Evidence of less than this calls nothing, however rare it is in this suite: a shift explains the values less
     * than six times as well as noise does. A suite of series with two modes, which hardly ever show any, would be
     * called for next to nothing.
     */
    static final double LEAST_EVIDENCE = StrictMath.log10(6);

    /** By which factor a run by itself gets less of the error rate than it would without a past. */
    private static final double ALONE = 0.32;

    /** And the window of several single runs. */
    private static final double SEEN_AGAIN = 0.9;

    /** So many runs of all series are enough to learn from, with some to spare for levels that begin among them. */
    private static final int WHOLE_RUNS = SeriesMemory.WINDOW + Column.LEVEL + 5;

    private static final int LEAST_ALIKE = 2;
    private static final int ALIKE_RUNS = 60;
    private static final double QUIETER = 0.97;

    /** The stated detectable change allows for the width of this share of the newest runs. */
    private static final double USUAL = 0.95;

    private static final double MOST_DETECTABLE = StrictMath.log(11);
    private static final double DETECTABLE_DIGITS = 1e-3;

    private final Column[] columns;
    private final Residuals[] residuals;
    private final LikelihoodRatio[] ratios;
    private final int[] windows;
    private final SuiteScan scan;
    private final Limits worse;
    private final Limits better;
    private final WholeShift whole;

    // what a series is asked about is asked many times; a lost race costs one more of the same
    private final LikelihoodRatio.Alike[] alike;

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

    /**
     * What a run did to all series.
     *
     * @param shift by how much all moved alike
     * @param worse what speaks for the whole suite being worse
     * @param better what speaks for it being better
     */
    public record WholeShift(double shift, ShiftEvidence worse, ShiftEvidence better) {
        static final WholeShift NONE = new WholeShift(0, ShiftEvidence.NONE, ShiftEvidence.NONE);
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
        alike = new LikelihoodRatio.Alike[columns.length];
    }

    /** How rare evidence is in one direction: window by window, and the rarest of all windows. */
    static final class Limits {
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

        /** Weak evidence is as rare as an e-value promises at the most. */
        private double called(int window, double evidence) {
            double surprise = surprise(window, evidence);
            return evidence < LEAST_EVIDENCE
                    ? Math.min(surprise, ShiftEvidence.LOG_OF_TEN * Math.max(0, evidence))
                    : surprise;
        }

        ShiftEvidence strongest(double[] evidence) {
            int strongest = -1;
            double most = 0;
            int looks = 0;
            for (int w = 0; w < windows.length; w++) {
                looks += Double.isNaN(evidence[w]) ? 0 : 1;
                if (evidence[w] > LikelihoodRatio.NONE && called(w, evidence[w]) > most) {
                    most = called(w, evidence[w]);
                    strongest = w;
                }
            }
            if (strongest < 0) {
                return Double.isNaN(evidence[0]) ? ShiftEvidence.NONE : new ShiftEvidence(evidence[0], windows[0], 1);
            }
            return new ShiftEvidence(
                    evidence[strongest],
                    windows[strongest],
                    StrictMath.exp(looks > 1 ? all.logProbability(most) : -most - costs[strongest]));
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
        SuiteScan.each(series, series, i -> columns[i] = members[i].column(askedFrom));
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
        for (int i = 0; i < series; i++) {
            residuals[i] = common.residuals(i, columns[i], CommonMode.isFew(series));
        }
        SuiteScan scan = new SuiteScan(columns, scaled(residuals), margins, windows, runs);
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
                whole(columns, alike, margins, windows, runs, judgedFrom));
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
     * One series judged while the rest of this suite stands by: by what the suite lends and by its limits. What it
     * shares with the others is not looked at.
     *
     * @param member with one judged value
     */
    public SuiteEvidence standBy(Member member) {
        Column column = member.column(0);
        Residuals[] residuals = {Residuals.of(column.residuals)};
        SuiteScan alone = new SuiteScan(
                new Column[] {column},
                scaled(residuals),
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

    private static double[][] scaled(Residuals... residuals) {
        return Arrays.stream(residuals).map(Residuals::scaled).toArray(double[][]::new);
    }

    /**
     * The judged values by themselves are what people ask about; longer windows get what they can spare. Of single runs
     * all get less where a past tells the limit, and one run alone gets least: that a run is disturbed is nothing rare,
     * and no past shows the disturbance that comes next.
     *
     * @param doubt 1 without a past, 0 with a long one
     */
    private static double[] shares(double doubt, int... windows) {
        double known = windows[0] == 1 ? 1 - doubt : 0;
        return Arrays.stream(windows)
                .mapToDouble(window -> Math.sqrt((double) windows[0] / window)
                        * StrictMath.pow(window == 1 ? ALONE : SEEN_AGAIN, known))
                .toArray();
    }

    /** That a machine is slow for one run is nothing rare; what lasts for three is worth a call. */
    private static double[] wholeShares(int... windows) {
        return Arrays.stream(windows)
                .mapToDouble(window -> window == 1 ? 0.25 : window == 2 ? 0.5 : window <= 4 ? 1 : 0.5)
                .toArray();
    }

    /** All series as one: what all have alike beside the factors where that was quieter, or the median of all. */
    private static WholeShift whole(
            Column[] columns, double[] alike, double[] margins, int[] windows, int runs, int judgedFrom) {
        if (columns.length < LEAST_ALIKE || judgedFrom == runs) {
            return WholeShift.NONE;
        }
        double[] medians = medians(columns, runs);
        double[] chosen = isQuieter(alike, medians, judgedFrom) ? alike : medians;
        int judged = 0;
        for (int run = judgedFrom; run < runs; run++) {
            judged += Double.isNaN(chosen[run]) ? 0 : 1;
        }
        boolean isAlone = Arrays.stream(columns).anyMatch(column -> column.isAlone);
        double[] ascending = margins.clone();
        Arrays.sort(ascending);
        double margin = SortedWindow.middle(ascending, ascending.length);
        Column[] one = {Column.of(chosen, judged, 0, isAlone).aroundZero()};
        SuiteScan scan = new SuiteScan(one, new double[][] {one[0].values}, new double[] {margin}, windows, runs);
        if (judged == 0 || one[0].candidate < Column.LEVEL) {
            return WholeShift.NONE;
        }
        double sum = 0;
        for (int i = one[0].candidate; i < one[0].values.length; i++) {
            sum += one[0].values[i];
        }
        double shift = sum / judged;
        if (!haveMoved(columns, shift)) {
            return WholeShift.NONE;
        }
        return new WholeShift(
                shift,
                new Limits(scan, 0, windows, 1, wholeShares(windows)).strongest(scan.judged(0, 0)),
                new Limits(scan, 1, windows, 1, wholeShares(windows)).strongest(scan.judged(1, 0)));
    }

    /**
     * Whether nearly two thirds of the series moved by two thirds of a shift at least. Where a few moved far, the
     * middle of all moves a little too, and no other series should be called for that.
     */
    private static boolean haveMoved(Column[] columns, double shift) {
        double[] moved = new double[columns.length];
        int count = 0;
        for (Column column : columns) {
            double sum = 0;
            int judged = 0;
            for (int i = column.candidate; i < column.values.length; i++) {
                if (!Double.isNaN(column.residuals[i])) {
                    sum += column.residuals[i];
                    judged++;
                }
            }
            if (judged > 0) {
                moved[count++] = Math.signum(shift) * sum / judged;
            }
        }
        Arrays.sort(moved, 0, count);
        return count > 0 && moved[(int) (UNMOVED * count)] >= MOVED * Math.abs(shift);
    }

    /**
     * Whether one way to tell what a run did to all is known of the newest run, and was quieter than another before.
     */
    private static boolean isQuieter(double[] one, double[] other, int judgedFrom) {
        SortedWindow ofOne = new SortedWindow(ALIKE_RUNS);
        SortedWindow ofOther = new SortedWindow(ALIKE_RUNS);
        for (int run = 0; run < judgedFrom; run++) {
            if (!Double.isNaN(one[run]) && !Double.isNaN(other[run])) {
                ofOne.add(one[run]);
                ofOther.add(other[run]);
            }
        }
        for (int run = judgedFrom; run < one.length; run++) {
            if (Double.isNaN(one[run]) && !Double.isNaN(other[run])) {
                return false;
            }
        }
        return ofOne.size() >= Column.LEVEL && ofOne.deviation() < QUIETER * ofOther.deviation();
    }

    static double[] medians(Column[] columns, int runs) {
        // a suite may have many more runs than each of its series: their residuals are dealt to the runs
        int[] end = new int[runs + 1];
        for (Column column : columns) {
            for (int i = 0; i < column.at.length; i++) {
                end[column.at[i] + 1] += Double.isNaN(column.residuals[i]) ? 0 : 1;
            }
        }
        for (int run = 0; run < runs; run++) {
            end[run + 1] += end[run];
        }
        double[] dealt = new double[end[runs]];
        for (Column column : columns) {
            for (int i = 0; i < column.at.length; i++) {
                if (!Double.isNaN(column.residuals[i])) {
                    dealt[end[column.at[i]]++] = column.residuals[i];
                }
            }
        }
        double[] medians = new double[runs];
        double[] row = new double[columns.length];
        int from = 0;
        for (int run = 0; run < runs; run++) {
            int count = end[run] - from;
            System.arraycopy(dealt, from, row, 0, count);
            medians[run] = count < LEAST_ALIKE ? Double.NaN : Selection.median(row, count);
            from = end[run];
        }
        return medians;
    }

    /** What speaks for a series being worse. */
    public ShiftEvidence worse(int series) {
        return worse.strongest(scan.judged(0, series));
    }

    /** What speaks for a series being better. */
    public ShiftEvidence better(int series) {
        return better.strongest(scan.judged(1, series));
    }

    /** What the run did to all series alike. */
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

    /** How much neighbouring values of the suite's series resemble each other, 0 to 0.6. */
    public double correlation(int series) {
        Noise noise = scan.noise(series);
        return noise == null ? 0 : noise.correlation();
    }

    /**
     * How many values, each as far from the level as the mean of the judged ones, would show a shift for the worse or
     * for the better.
     *
     * @param most values at most
     * @return empty where more would be needed
     */
    public OptionalInt runsToShow(int series, double probability, int most) {
        Noise noise = scan.noise(series);
        double size = size(series) / judgedWidth(series);
        if (noise == null) {
            return OptionalInt.empty();
        }
        Limits limits = size > 0 ? worse : better;
        LikelihoodRatio.Alike evidence =
                size > 0 ? upwards(series, noise) : ratios[series].alike(Math.signum(size), noise);
        for (int count = 1; count <= most; count++) {
            if (evidence.of(size, count) >= limits.evidence(window(count), probability)) {
                return OptionalInt.of(count);
            }
        }
        return OptionalInt.empty();
    }

    private LikelihoodRatio.Alike upwards(int series, Noise noise) {
        LikelihoodRatio.Alike known = alike[series];
        if (known == null) {
            known = ratios[series].alike(1, noise);
            alike[series] = known;
        }
        return known;
    }

    /** How many of some values, at least one, are weighed together: no more than the longest window has. */
    public static int longestWindow(int values) {
        return Arrays.stream(WINDOWS).filter(each -> each <= values).max().orElse(1);
    }

    /** The longest window of no more values than these. */
    private int window(int values) {
        int w = 0;
        while (w + 1 < windows.length && windows[w + 1] <= values) {
            w++;
        }
        return w;
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
        return detectable(series, values, probability, power, (low, high) -> false);
    }

    /**
     * Whether the smallest shift that a number of values of a series shows with a power is small enough: what {@link
     * #detectable} answers, in fewer steps.
     *
     * @param isEnough true of a shift and of all smaller ones
     */
    public boolean isDetectable(int series, int values, double probability, double power, DoublePredicate isEnough) {
        return detectable(series, values, probability, power, (low, high) -> isEnough.test(high) || !isEnough.test(low))
                .stream()
                .anyMatch(isEnough);
    }

    /** Between two shifts lies the one that is looked for. */
    private interface Settled {
        boolean by(double low, double high);
    }

    private OptionalDouble detectable(int series, int values, double probability, double power, Settled settled) {
        Noise noise = scan.noise(series);
        if (noise == null) {
            return OptionalDouble.empty();
        }
        double width = residuals[series].usualWidth(USUAL, columns[series].candidate);
        double limit = worse.evidence(window(values), probability);
        LikelihoodRatio.Alike evidence = upwards(series, noise);
        double low = ratios[series].margin();
        double high = MOST_DETECTABLE;
        if (evidence.of(high, values) < limit) {
            return OptionalDouble.empty();
        }
        double deviation =
                noise.scale() * Math.sqrt(1.0 / values + noise.wander() + (values > 1 ? noise.correlation() : 0));
        double error = StudentT.upperQuantile(1 - power, noise.degrees()) * deviation;
        // usually near some deviations: the upper end is looked for from there
        double guess = Math.max(low, 4 * noise.scale() / Math.sqrt(values));
        while (guess < high
                && !settled.by(width * (low + error), width * (high + error))
                && evidence.of(guess, values) < limit) {
            low = guess;
            guess *= 1.5;
        }
        high = Math.min(high, guess);
        while (high - low > DETECTABLE_DIGITS * high && !settled.by(width * (low + error), width * (high + error))) {
            double middle = 0.5 * (low + high);
            if (evidence.of(middle, values) >= limit) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(width * (high + error));
    }
}
