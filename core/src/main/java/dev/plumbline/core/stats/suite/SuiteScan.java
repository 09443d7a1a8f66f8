package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Walks through the newest runs of a suite: learns the noise of every series before each run, gathers the largest
 * evidence of each healthy past run, and that of the judged ones. For one use.
 */
final class SuiteScan {
    /** Runs whose noise is learnt before the first that counts for a limit. */
    private static final int LONGEST = 5;

    /** With fewer series their spread is unknown, and all is borrowed that may be. */
    private static final int LEAST_SERIES = 5;

    private static final double MOST_BORROWED = 8;

    /** The number of series of a run, those farthest off, that are weighed: one of them has the largest evidence. */
    private static final int WEIGHED = 16;

    /** The sizes of the groups of series that are looked at together. */
    private static final int[] GROUPS = {1, 2, 4, 8};

    /** A suite has this many times as many series as a group: one change is rarely in more. */
    private static final int EACH = 10;

    private static final double PRIOR_CORRELATION_RUNS = 5;

    /** The number of runs from which the past is as good a guide to outliers as their rate. */
    private static final double PAST_RUNS = 35;

    /**
     * A window that reaches back behind the judged values has this many times its length before it: from fewer values
     * neither a level nor a scale is known well enough for several values to be held against.
     */
    private static final double BEFORE = 2.5;

    /** Runs that are learnt together at the most. */
    private static final int MOST_TOGETHER = 16;

    /** Values of all series that are learnt together: more would outlive the collector's young generation. */
    private static final int TOGETHER = 16_000;

    /** Fewer series are not worth several threads. */
    private static final int LARGE = 256;

    /**
     * Runs the work for each index, in parallel for large suites only: for a small one, starting threads costs more
     * than it saves.
     *
     * @param series of the suite
     */
    static void each(int series, int count, IntConsumer work) {
        IntStream all = IntStream.range(0, count);
        (series < LARGE ? all : all.parallel()).forEach(work);
    }

    private final Column[] columns;
    private final LikelihoodRatio[] ratios;
    private final int[] windows;
    private final int first;

    // while the runs are walked through; a large suite needs the room for what comes
    private SeriesMemory[] memories;
    private double[][] adjusted;
    private float[][] widths;

    private final int[] groups;

    /**
     * The largest evidence that a whole group of series reaches, by group, direction, window and run; NaN where there
     * is none.
     */
    private final double[][][][] maxima;

    /** The evidence of the judged values by direction, series and window; NaN where there is none. */
    private final double[][][] judged;

    private final Noise[] newest;
    private double correlations;
    private int correlationRuns;

    /** The parameters that the suite lends to each of its series. */
    record Lent(
            double typical, double worth, double rate, double exponent, double correlation, double wild, int series) {}

    private Lent lent;
    private OwnNoise.Typical usual;
    private final boolean isFixed;

    /**
     * The uncertainty because of a short past of the suite; the same for all its runs, or the young ones would look
     * quiet.
     */
    private final double doubt;

    /** A suite that learns from itself. */
    SuiteScan(Column[] columns, Residuals[] residuals, double[] margins, int[] windows, int runs) {
        this(columns, residuals, margins, windows, runs, null);
    }

    /**
     * @param residuals by series, of its values
     * @param margins by series, the smallest shift that matters
     * @param windows how many values are weighed together, ascending
     * @param fixed what is lent; null where the series learn it from one another
     */
    SuiteScan(Column[] columns, Residuals[] residuals, double[] margins, int[] windows, int runs, Lent fixed) {
        lent = fixed;
        isFixed = fixed != null;
        this.columns = columns;
        adjusted = Arrays.stream(residuals).map(Residuals::scaled).toArray(double[][]::new);
        widths = Arrays.stream(residuals).map(Residuals::widths).toArray(float[][]::new);
        this.windows = windows;
        ratios = new LikelihoodRatio[columns.length];
        memories = new SeriesMemory[columns.length];
        int judgedFrom = runs;
        for (int i = 0; i < columns.length; i++) {
            ratios[i] = i > 0 && margins[i] == margins[i - 1] ? ratios[i - 1] : new LikelihoodRatio(margins[i]);
            if (columns[i].candidate < columns[i].at.length) {
                judgedFrom = Math.min(judgedFrom, columns[i].at[columns[i].candidate]);
            }
        }
        doubt = 1 / (1 + StrictMath.pow(judgedFrom / PAST_RUNS, 4));
        first = Math.max(0, judgedFrom - (isFixed ? 0 : LearntLimit.RUNS) - LONGEST);
        groups = Arrays.stream(GROUPS)
                .filter(group -> group == 1 || columns.length >= EACH * group)
                .toArray();
        maxima = new double[groups.length][2][windows.length][runs];
        judged = new double[2][columns.length][windows.length];
        for (int direction = 0; direction < 2; direction++) {
            for (double[][][] group : maxima) {
                for (double[] row : group[direction]) {
                    Arrays.fill(row, Double.NaN);
                }
            }
            for (double[] row : judged[direction]) {
                Arrays.fill(row, Double.NaN);
            }
        }
        newest = new Noise[columns.length];
        int block = Math.max(1, Math.min(MOST_TOGETHER, TOGETHER / Math.max(1, columns.length)));
        each(i -> memories[i] =
                new SeriesMemory(columns[i], adjusted[i], Math.max(LEAST_TOLERANCE, margins[i]), first, block));
        for (int begin = first; begin < runs; begin += block) {
            walk(begin, Math.min(runs, begin + block));
        }
        memories = new SeriesMemory[0];
        adjusted = new double[0][];
        widths = new float[0][];
    }

    private static final double LEAST_TOLERANCE = 0.005;

    static int firstRun(int judgedFrom) {
        return Math.max(0, judgedFrom - LearntLimit.RUNS - LONGEST - SeriesMemory.WINDOW);
    }

    private void each(IntConsumer work) {
        each(columns.length, columns.length, work);
    }

    private void walk(int begin, int end) {
        int length = end - begin;
        each(i -> memories[i].meet(begin, end));
        OwnNoise.Typical[] typical = new OwnNoise.Typical[length];
        for (int slot = 0; slot < length; slot++) {
            typical[slot] = isThere(slot) ? typical(slot) : null;
        }
        each(i -> memories[i].shrink(typical));
        Lent[] lents = new Lent[length];
        for (int slot = 0; slot < length; slot++) {
            lents[slot] = typical[slot] == null ? null : lend(slot, typical[slot]);
        }
        each(i -> memories[i].settle(doubt, lents));
        each(columns.length, length, slot -> {
            for (int w = 0; w < windows.length; w++) {
                weigh(0, w, begin + slot, slot);
                weigh(1, w, begin + slot, slot);
            }
        });
    }

    private boolean isThere(int slot) {
        return Arrays.stream(memories).anyMatch(memory -> memory.isThere(slot));
    }

    /** The typical scale of the suite, and its weight in values of a series (empirical Bayes, Smyth 2004). */
    private OwnNoise.Typical typical(int slot) {
        if (isFixed) {
            return new OwnNoise.Typical(lent.typical, lent.worth);
        }
        double[] logs = new double[columns.length];
        int known = 0;
        double own = 0;
        double sum = 0;
        double squares = 0;
        for (SeriesMemory memory : memories) {
            OwnNoise noise = memory.own(slot);
            double logScale = noise.logScale();
            if (!Double.isNaN(logScale)) {
                logs[known++] = logScale;
                double half = noise.count() / 2;
                own += 1 / half + 1 / (2 * half * half);
                sum += 2 * logScale;
                squares += 4 * logScale * logScale;
            }
        }
        if (known > 0) {
            double spread = Math.max(0, squares / known - sum / known * (sum / known));
            double worth = known >= LEAST_SERIES
                    ? Math.max(1, Math.min(MOST_BORROWED, 2 / Math.max(spread - own / known, 1e-3)))
                    : MOST_BORROWED;
            usual = new OwnNoise.Typical(StrictMath.exp(Selection.median(logs, known)), worth);
        }
        return usual;
    }

    /** With how often series of the suite make excursions, how far these go, and how much neighbours are alike. */
    private Lent lend(int slot, OwnNoise.Typical typical) {
        if (isFixed) {
            return lent;
        }
        double total = 0;
        double excursions = 0;
        double excursionLogs = 0;
        double wild = 0;
        double products = 0;
        for (SeriesMemory memory : memories) {
            OwnNoise noise = memory.own(slot);
            if (noise.isKnown()) {
                total += noise.count();
                excursions += noise.brief();
                wild += noise.wild();
                excursionLogs += noise.briefLogs();
                products += noise.correlation() * noise.count();
            }
        }
        correlations += products / Math.max(1, total);
        correlationRuns++;
        lent = new Lent(
                typical.scale(),
                typical.worth(),
                (excursions + 1) / (total + 50),
                (excursions + 10) / (excursionLogs + 10.0 / 3),
                Math.max(0, Math.min(0.6, correlations / (correlationRuns + PRIOR_CORRELATION_RUNS))),
                Math.max(0, wild - Math.sqrt(wild)) / Math.max(1, total),
                columns.length);
        return lent;
    }

    /** The parameters that the suite lends after all its runs; null where nothing is known. */
    Lent lent() {
        return lent;
    }

    private void weigh(int direction, int w, int run, int slot) {
        double[] heap = new double[WEIGHED];
        int[] who = new int[WEIGHED];
        double sign = direction == 0 ? 1 : -1;
        int size = 0;
        boolean any = false;
        for (int i = 0; i < columns.length; i++) {
            SeriesMemory memory = memories[i];
            Column column = columns[i];
            int from = memory.place(slot);
            int to = from + windows[w];
            if (!memory.isThere(slot)
                    || memory.noise(slot) == null
                    || to > column.values.length
                    || Double.isNaN(adjusted[i][from])
                    || from != column.candidate && from < BEFORE * windows[w]) {
                continue;
            }
            if (to == column.values.length && column.candidate < to && from <= column.candidate) {
                if (column.isAlone && from < column.candidate) {
                    continue;
                }
                judged[direction][i][w] = ratios[i].of(adjusted[i], widths[i], from, to, sign, memory.noise(slot));
                if (direction == 0 && from == column.candidate) {
                    newest[i] = memory.noise(slot);
                }
                continue;
            }
            if (to > column.candidate || !any && !memory.isUnmoved(slot)) {
                continue;
            }
            any = true;
            double sum = 0;
            double scaled = 0;
            for (int j = from; j < to; j++) {
                scaled += sign * adjusted[i][j];
                sum += sign * adjusted[i][j] * (widths[i] == null ? 1 : widths[i][j]);
            }
            if (sum / windows[w] < 0.9 * ratios[i].margin()) {
                continue;
            }
            double z = scaled / memory.noise(slot).scale();
            if (size == WEIGHED && !(z > heap[WEIGHED - 1]) || !memory.isUnmoved(slot)) {
                continue; // whether it moved costs more to know
            }
            int place = size < WEIGHED ? size++ : WEIGHED;
            while (place > 0 && heap[place - 1] < z) {
                if (place < WEIGHED) {
                    heap[place] = heap[place - 1];
                    who[place] = who[place - 1];
                }
                place--;
            }
            if (place < WEIGHED) {
                heap[place] = z;
                who[place] = i;
            }
        }
        double[] found = new double[size];
        for (int n = 0; n < size; n++) {
            SeriesMemory memory = memories[who[n]];
            int from = memory.place(slot);
            found[n] = ratios[who[n]].of(
                    adjusted[who[n]], widths[who[n]], from, from + windows[w], sign, memory.noise(slot));
        }
        Arrays.sort(found);
        for (int g = 0; g < groups.length && any; g++) {
            maxima[g][direction][w][run] = groups[g] <= size ? found[size - groups[g]] : LikelihoodRatio.NONE;
        }
    }

    /** The uncertainty because of a short past of the suite: 1 without one, 0 with a long one. */
    double doubt() {
        return doubt;
    }

    /** Evidence of the judged values by window; NaN where there is none. */
    double[] judged(int direction, int series) {
        return judged[direction][series];
    }

    /** The noise of a series before its judged values; null where too little is known. */
    Noise noise(int series) {
        return newest[series];
    }

    /** The sizes of the groups of series that are looked at together, ascending; the first is 1. */
    int[] groups() {
        return groups.clone();
    }

    /**
     * The largest evidence that a whole group of series reached in each past run, by window, the window beginning with
     * the run; NaN where there is none.
     */
    double[][] maxima(int group, int direction) {
        return maxima[group][direction];
    }

    LearntLimit limit(int group, int direction, int window, int series) {
        double[] known = Arrays.stream(maxima[group][direction][window])
                .filter(each -> !Double.isNaN(each))
                .toArray();
        return LearntLimit.of(
                Arrays.copyOfRange(known, Math.max(0, known.length - LearntLimit.RUNS), known.length), series);
    }
}
