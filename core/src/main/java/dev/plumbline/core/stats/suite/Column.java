package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;

/**
 * One series of a suite by its own values, without the runs that lack it.
 *
 * <p>The level before a value is the median of the twenty before it, or of the latest eight where those lie apart.
 */
final class Column {
    /** The number of values that determine a level. */
    static final int LEVEL = 20;

    private static final int LATEST = 8;

    /** Before fewer values than these there is no level. */
    static final int LEAST = 4;

    private static final double LEAST_SCALE = 0.002;
    private static final double APART = 3 * 1.25;

    /** The number of values beyond which a search for change points determines the levels. */
    private static final int MOST_YOUNG = 40;

    private static final int LEAST_OF_FIRST = 3;
    private static final int MOST_OF_FIRST = 8;
    private static final int LEAST_SINCE = 3;

    /** The distance of two levels, in deviations, that is seen with the naked eye. */
    private static final double SEEN = 6;

    /** The run of each value. */
    final int[] at;

    final double[] values;

    /** Each value less the level before it; NaN where there is none. */
    final double[] residuals;

    /** The median of the twenty values before each; NaN where there is none. */
    final double[] middles;

    /** The variance of each level in variances of a value. */
    final double[] wander;

    /** The first of the values on the current level; 0 where nothing is known of that. */
    private final int start;

    /** The first of the values that are judged; the number of values where none is. */
    final int candidate;

    /** Whether the judged values are weighed without the ones before them. */
    final boolean isAlone;

    private Column(
            int[] at,
            double[] values,
            double[] residuals,
            double[] middles,
            double[] wander,
            int start,
            int candidate,
            boolean isAlone) {
        this.start = start;
        this.isAlone = isAlone;
        this.at = at;
        this.values = values;
        this.residuals = residuals;
        this.middles = middles;
        this.wander = wander;
        this.candidate = candidate;
    }

    /**
     * @param rows one value a run, NaN where it has none
     * @param candidates how many of the values, the newest ones, are judged
     * @param levelFrom the run with which the current level begins: those before it determine the noise and no level
     *     after it
     * @param isAlone whether the judged values are weighed without the ones before them
     */
    static Column of(double[] rows, int candidates, int levelFrom, boolean isAlone) {
        int[] runs = new int[rows.length];
        Arrays.setAll(runs, run -> run);
        return of(rows, runs, candidates, levelFrom, 0, isAlone);
    }

    /**
     * The same of a series that lacks most runs.
     *
     * @param given its values, NaN where there is none
     * @param runs the run of each, ascending
     * @param askedFrom before this run levels and residuals are not needed; they are NaN there
     */
    static Column of(double[] given, int[] runs, int candidates, int levelFrom, int askedFrom, boolean isAlone) {
        int[] at = new int[given.length];
        double[] values = new double[given.length];
        int size = 0;
        for (int i = 0; i < given.length; i++) {
            if (!Double.isNaN(given[i])) {
                at[size] = runs[i];
                values[size++] = given[i];
            }
        }
        at = Arrays.copyOf(at, size);
        values = Arrays.copyOf(values, size);
        int start = size;
        while (start > 0 && at[start - 1] >= levelFrom) {
            start--;
        }
        int judgedFrom = size - Math.min(size, candidates);
        start = start == 0 ? youngLevel(values, judgedFrom) : start;
        double[] residuals = new double[size];
        double[] middles = new double[size];
        double[] wander = new double[size];
        SortedWindow window = new SortedWindow(LEVEL);
        SortedWindow differences = new SortedWindow(LEVEL - 1);
        SortedWindow latest = new SortedWindow(LATEST);
        double judgedLevel = Double.NaN;
        int asked = 0;
        while (asked < size && at[asked] < askedFrom) {
            asked++;
        }
        // the windows of the first that is asked for hold the values before it
        int begin = Math.max(0, asked - LEVEL - 1);
        for (int i = begin; i < size; i++) {
            if (i == start && start > 0) {
                window = new SortedWindow(LEVEL);
                latest = new SortedWindow(LATEST);
                differences = new SortedWindow(LEVEL - 1);
            }
            int known = window.size();
            boolean reported = known >= LEAST || start > 0 && i > start;
            double middle = window.median();
            middles[i] = reported ? middle : Double.NaN;
            // judged values are of one revision: none of them is a level for the next
            double level =
                    i > judgedFrom ? judgedLevel : reported ? level(latest, differences, middle, known) : Double.NaN;
            judgedLevel = level;
            residuals[i] = values[i] - level;
            wander[i] = known == 0 ? 1 : known < 3 ? 1.5 / known : Math.max(0.1, 1.57 / known);
            if (known > 0) {
                differences.add(values[i] - values[i - 1]);
            }
            window.add(values[i]);
            latest.add(values[i]);
        }
        Arrays.fill(residuals, 0, asked, Double.NaN);
        Arrays.fill(middles, 0, asked, Double.NaN);
        return new Column(at, values, residuals, middles, wander, start, judgedFrom, isAlone);
    }

    /** The same values as distances from a level that is known to be zero. */
    Column aroundZero() {
        return new Column(at, values, values, middles, wander, start, candidate, isAlone);
    }

    /** @param known how many values {@code middle} is the median of */
    private static double level(SortedWindow latest, SortedWindow differences, double middle, int known) {
        if (known <= LATEST) {
            return middle;
        }
        double last = latest.median();
        double scale = Math.max(differences.deviation() / Math.sqrt(2), LEAST_SCALE);
        return Math.abs(last - middle) > APART * scale / Math.sqrt(LATEST) ? last : middle;
    }

    /**
     * The index where the level of a young series begins whose first values lie obviously far from all later ones; 0
     * where they do not. With few values no search for change points shows that.
     */
    private static int youngLevel(double[] values, int size) {
        if (size > MOST_YOUNG) {
            return 0;
        }
        int most = Math.min(MOST_OF_FIRST, size - LEAST_SINCE);
        int found = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int split = LEAST_OF_FIRST; split <= most; split++) {
            double[] before = Arrays.copyOfRange(values, 0, split);
            double[] since = Arrays.copyOfRange(values, split, size);
            double apart = Math.abs(mean(before) - mean(since));
            double squares = squares(before) + squares(since);
            double deviation = Math.max(LEAST_SCALE / 2, Math.sqrt(squares / (size - 2)));
            if (squares < least && apart > SEEN * deviation) {
                least = squares;
                found = split;
            }
        }
        return found;
    }

    private static double mean(double... values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double squares(double... values) {
        double mean = mean(values);
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
    }

    /** Whether the current level begins between two values. */
    boolean isAcross(int from, int to) {
        return from < start && start < to;
    }

    /** The distances of some values, at least two, from the middles of their levels, widened for a value to come. */
    double[] deviations(int from, int to) {
        double[] deviations = Arrays.copyOfRange(values, from, to);
        int first = isAcross(from, to) ? start - from : 0;
        aroundMiddle(deviations, 0, first);
        aroundMiddle(deviations, first, deviations.length);
        return deviations;
    }

    private static void aroundMiddle(double[] values, int from, int to) {
        int known = to - from;
        if (known == 0) {
            return;
        }
        double middle = Selection.median(Arrays.copyOfRange(values, from, to), known);
        double wider = known < 2 ? 0 : Math.sqrt((known + 1.57) / (known - 1));
        for (int i = from; i < to; i++) {
            values[i] = (values[i] - middle) * wider;
        }
    }

    /** Whether the level had not moved with a value, according to the values before the judged ones. */
    boolean isUnmoved(int index, double tolerance) {
        int end = Math.min(candidate, index + 10);
        if (end - index < 5 || Double.isNaN(middles[index])) {
            return false;
        }
        double[] after = Arrays.copyOfRange(values, index, end);
        return Math.abs(Selection.median(after, after.length) - middles[index]) <= tolerance;
    }
}
