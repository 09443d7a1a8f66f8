package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Walks through the newest runs of a suite: learns the noise of every series before each run, gathers the largest
 * evidence of each healthy past run, and that of the judged ones. For one use.
 */
final class SuiteScan {
    private static final int WINDOW = 60;
    private static final int RECENT = 20;
    private static final int YOUNG = 15;
    private static final int LEAST = 3;
    private static final double LEAST_SCALE = 1e-4;
    private static final double CLIP = 2.5;

    /** Of the newest values so many may lie beyond the scale of all where the noise fell: of usual ones six do. */
    private static final int MOST_WIDE = 3;

    /** What the scale of the newest values is taken times: they were chosen for being quiet. */
    private static final double FALLEN = 1.25;

    /** Of the values so many lie within so many standard deviations. */
    private static final double WIDE = 0.8;

    private static final double WIDE_DEVIATIONS = 1.2816;

    /** Runs whose noise is learnt before the first that counts for a limit. */
    private static final int LONGEST = 5;

    /** With fewer series their spread is unknown, and all is borrowed that may be. */
    private static final int LEAST_SERIES = 5;

    private static final double MOST_BORROWED = 8;

    /** Of a run so many series, those farthest off, are weighed: one of them has the largest evidence. */
    private static final int WEIGHED = 16;

    private static final double PRIOR_CORRELATION_RUNS = 5;

    /** An excursion counts as far as this, in logarithms: one value beyond all bounds says no more of the next ones. */
    private static final double MOST_LOG = 2;

    /** The suite's rate of excursions is worth so many values of a series. */
    private static final double RATE_RUNS = 20;

    /** With so many runs before, the past tells as much of values far out as their rate does. */
    private static final double PAST_RUNS = 35;

    /**
     * A window that reaches back behind the judged values has so many times its length before it: from fewer values
     * neither a level nor a scale is known well enough for several values to be held against.
     */
    private static final double BEFORE = 2.5;

    /** Fewer series are not worth several threads. */
    private static final int LARGE = 256;

    private final Column[] columns;
    private final double[][] adjusted;
    private final LikelihoodRatio[] ratios;
    private final double[] tolerances;
    private final int[] windows;
    private final int first;
    private final int runs;
    private final Memory[] memories;

    /** The largest evidence by direction, window and run; NaN where there is none. */
    private final double[][][] maxima;

    /** Of the judged values: evidence by direction, series and window; NaN where there is none. */
    private final double[][][] judged;

    private final Noise[] newest;
    private double correlations;
    private int correlationRuns;

    /** What the suite lends to each of its series. */
    record Lent(
            double typical, double worth, double rate, double exponent, double correlation, double wild, int series) {}

    private Lent lent;
    private final boolean isFixed;

    /** How little the past of the suite tells; the same for all its runs, or the young ones would look quiet. */
    private final double doubt;

    /** A suite that learns from itself. */
    SuiteScan(Column[] columns, double[][] adjusted, double[] margins, int[] windows, int runs) {
        this(columns, adjusted, margins, windows, runs, null);
    }

    /**
     * @param adjusted by series, the distances of its values from their levels; NaN where there is no level
     * @param margins by series, the smallest shift that matters
     * @param windows how many values are weighed together, ascending
     * @param fixed what is lent; null where the series learn it from one another
     */
    SuiteScan(Column[] columns, double[][] adjusted, double[] margins, int[] windows, int runs, Lent fixed) {
        lent = fixed;
        isFixed = fixed != null;
        this.columns = columns;
        this.adjusted = adjusted;
        this.windows = windows;
        this.runs = runs;
        ratios = new LikelihoodRatio[columns.length];
        tolerances = new double[columns.length];
        memories = new Memory[columns.length];
        int judgedFrom = runs;
        for (int i = 0; i < columns.length; i++) {
            ratios[i] = i > 0 && margins[i] == margins[i - 1] ? ratios[i - 1] : new LikelihoodRatio(margins[i]);
            tolerances[i] = Math.max(LEAST_TOLERANCE, margins[i]);
            if (columns[i].candidate < columns[i].at.length) {
                judgedFrom = Math.min(judgedFrom, columns[i].at[columns[i].candidate]);
            }
        }
        doubt = 1 / (1 + StrictMath.pow(judgedFrom / PAST_RUNS, 4));
        first = Math.max(0, judgedFrom - (isFixed ? 0 : LearntLimit.RUNS) - LONGEST);
        maxima = new double[2][windows.length][runs];
        judged = new double[2][columns.length][windows.length];
        for (int direction = 0; direction < 2; direction++) {
            for (double[] row : maxima[direction]) {
                Arrays.fill(row, Double.NaN);
            }
            for (double[] row : judged[direction]) {
                Arrays.fill(row, Double.NaN);
            }
        }
        newest = new Noise[columns.length];
        walk();
    }

    private static final double LEAST_TOLERANCE = 0.005;

    static int firstRun(int judgedFrom) {
        return Math.max(0, judgedFrom - LearntLimit.RUNS - LONGEST - WINDOW);
    }

    /** What is known of a series before a run. */
    private final class Memory {
        private final SortedWindow all = new SortedWindow(WINDOW);
        private final SortedWindow steps = new SortedWindow(WINDOW - 1);
        private final SortedWindow recent = new SortedWindow(RECENT);
        private final SortedWindow recentSteps = new SortedWindow(RECENT - 1);
        private final int series;
        private int next;
        private double before = Double.NaN;

        // what was last worked out; NaN before anything was
        private double scale = Double.NaN;
        private double count;
        private double correlation;
        private double brief;
        private double briefLogs;
        private double wild;
        private double beyond;
        private double beyondLogs;
        private double wander = 1;
        private double logScale = Double.NaN;
        private Noise noise;

        /** Begins with the last values that the windows still hold at the first run. */
        Memory(int series) {
            this.series = series;
            int[] at = columns[series].at;
            while (next < at.length && at[next] < first) {
                next++;
            }
            for (int known = 0; next > 0 && known <= WINDOW; next--) {
                known += Double.isNaN(adjusted[series][next - 1]) ? 0 : 1;
            }
        }

        /** Takes in all values before a run. */
        void until(int run) {
            Column column = columns[series];
            while (next < column.at.length && column.at[next] < run) {
                double value = adjusted[series][next];
                if (!Double.isNaN(value)) {
                    if (!Double.isNaN(before)) {
                        steps.add(value - before);
                        recentSteps.add(value - before);
                    }
                    all.add(value);
                    recent.add(value);
                    before = value;
                }
                next++;
            }
        }

        /** Takes in all values before a run, and works out the scale where the run has a value. */
        void meet(int run) {
            until(run);
            if (isAt(run)) {
                measure();
            }
        }

        boolean isAt(int run) {
            return next < columns[series].at.length && columns[series].at[next] == run;
        }

        private double[] latest = new double[0];

        /** Works out the scale before the run; the excursions come when the suite's scale is known. */
        void measure() {
            Column column = columns[series];
            int known = Math.min(next, Column.LEVEL);
            wander = column.wander[Math.min(next, column.wander.length - 1)];
            if (all.size() < YOUNG && known >= Column.LEAST) {
                double[] deviations = column.deviations(next - known, next);
                latest = deviations;
                count = known - (column.isAcross(next - known, next) ? 2 : 1);
                SortedWindow window = window(deviations);
                SortedWindow between = steps(deviations);
                set(window, between, window, between);
            } else {
                latest = all.values(latest);
                count = all.size();
                set(all, steps, recent, recentSteps);
            }
        }

        /** @param newer the newest of some, or all of them */
        private void set(SortedWindow some, SortedWindow between, SortedWindow newer, SortedWindow newerSteps) {
            double whole = scale(some, between);
            double lately = newer == some ? whole : scale(newer, newerSteps);
            scale = Math.max(lately, Math.sqrt((whole * whole + lately * lately) / 2));
            double usual = whole;
            if (newer != some && hasFallen(whole, lately)) {
                latest = Arrays.copyOfRange(latest, latest.length - RECENT, latest.length);
                count = RECENT;
                scale = FALLEN * lately;
                usual = lately;
            }
            if (count < LEAST) {
                scale = Double.NaN;
            }
            logScale = StrictMath.log(scale);
            correlation = correlation(latest, CLIP * usual);
        }

        /**
         * Whether the noise is less than half of what it was: the newest values are no mixture of old and new noise, of
         * several levels or of the ticks of a coarse clock, any of which looks quiet now and then.
         */
        private boolean hasFallen(double whole, double lately) {
            if (latest.length < 2 * RECENT || whole < 2 * lately) {
                return false;
            }
            int wide = 0;
            for (int i = latest.length - RECENT; i < latest.length; i++) {
                wide += Math.abs(latest[i]) > whole ? 1 : 0;
            }
            double[] values = columns[series].values;
            return wide <= MOST_WIDE
                    && Arrays.stream(values, next - RECENT, next).distinct().count() >= RECENT / 2;
        }

        private static double correlation(double[] values, double limit) {
            double squares = 0;
            double products = 0;
            double last = 0;
            for (double value : values) {
                double clipped = value > limit ? limit : value < -limit ? -limit : value;
                squares += clipped * clipped;
                products += clipped * last;
                last = clipped;
            }
            return products / Math.max(squares, 1e-12);
        }

        private static SortedWindow window(double[] values) {
            SortedWindow window = new SortedWindow(values.length);
            for (double value : values) {
                window.add(value);
            }
            return window;
        }

        private static SortedWindow steps(double[] values) {
            SortedWindow window = new SortedWindow(Math.max(1, values.length - 1));
            for (int i = 1; i < values.length; i++) {
                window.add(values[i] - values[i - 1]);
            }
            return window;
        }

        /** @param window the newest of the latest values, or all of them */
        private double scale(SortedWindow window, SortedWindow steps) {
            double rough = window.deviation();
            if (rough < LEAST_SCALE) {
                // most values are alike, as those of a coarse clock: the others tell how wide the noise is
                rough = Math.max(LEAST_SCALE, window.distance(WIDE) / WIDE_DEVIATIONS);
            }
            if (steps.size() > 0) {
                rough = Math.max(rough, 0.7 * steps.deviation() / Math.sqrt(2));
            }
            double limit = CLIP * rough;
            double[] values = latest;
            double squares = 0;
            for (int i = values.length - window.size(); i < values.length; i++) {
                double value = values[i];
                double clipped = value > limit ? limit : value < -limit ? -limit : value;
                squares += clipped * clipped;
            }
            double mean = Math.sqrt(squares / window.size() / 0.95);
            // of few values the median distance is a poor guess, and the larger of two guesses a large one
            return window.size() < YOUNG ? Math.max(0.7 * rough, mean) : Math.max(rough, 0.8 * mean);
        }

        /** Counts excursions, in final scales; three in a row are a level and none. */
        void count(double finalScale) {
            brief = 0;
            briefLogs = 0;
            beyond = 0;
            beyondLogs = 0;
            double limit = Noise.BEYOND * finalScale;
            int row = 0;
            double rowLogs = 0;
            wild = 0;
            int rowWild = 0;
            for (int i = 0; i <= latest.length; i++) {
                if (i < latest.length && latest[i] > limit) {
                    row++;
                    rowLogs += Math.min(MOST_LOG, StrictMath.log(latest[i] / limit));
                    rowWild += latest[i] > Noise.Wild.FAR * finalScale ? 1 : 0;
                } else if (row > 0) {
                    beyond += row;
                    beyondLogs += rowLogs;
                    if (row < 3) {
                        brief += row;
                        briefLogs += rowLogs;
                        wild += rowWild;
                    }
                    row = 0;
                    rowWild = 0;
                    rowLogs = 0;
                }
            }
        }
    }

    private void walk() {
        for (int i = 0; i < columns.length; i++) {
            memories[i] = new Memory(i);
        }
        int[] here = new int[columns.length];
        for (int run = first; run < runs; run++) {
            int now = run;
            IntStream all = IntStream.range(0, columns.length);
            (columns.length < LARGE ? all : all.parallel()).forEach(i -> memories[i].meet(now));
            int count = 0;
            for (int i = 0; i < columns.length; i++) {
                if (memories[i].isAt(run)) {
                    here[count++] = i;
                }
            }
            if (count > 0) {
                learn(here, count);
                weigh(run, here, count);
            }
        }
    }

    /** The noise of each series of this run, with what the suite lends it. */
    private void learn(int[] here, int count) {
        if (!isFixed) {
            lendScale();
        }
        if (lent == null) {
            return;
        }
        double[] scales = new double[count];
        double[] worth = new double[count];
        for (int n = 0; n < count; n++) {
            Memory memory = memories[here[n]];
            double to = Math.min(lent.typical, 4 * memory.scale);
            // a lone series is as noisy as its suite, but for the last digit
            worth[n] = lent.worth * (to < memory.scale * (1 - 1e-9) ? 0.25 : 1);
            scales[n] = Math.sqrt(
                    (memory.count * memory.scale * memory.scale + worth[n] * to * to) / (memory.count + worth[n]));
        }
        IntStream places = IntStream.range(0, count);
        (count < LARGE ? places : places.parallel()).forEach(n -> memories[here[n]].count(scales[n]));
        if (!isFixed) {
            lendTail();
        }
        for (int n = 0; n < count; n++) {
            Memory memory = memories[here[n]];
            memory.noise = Double.isNaN(scales[n])
                    ? null
                    : new Noise(
                            scales[n],
                            Math.max(2.5, Math.min(8, 0.4 * (memory.count + worth[n]))),
                            (memory.brief + RATE_RUNS * lent.rate) / (memory.count + RATE_RUNS),
                            (memory.beyond + 3) / (memory.beyondLogs + 3 / lent.exponent),
                            lent.correlation,
                            memory.wander,
                            wild(memory));
        }
    }

    private Noise.Wild wild(Memory memory) {
        return new Noise.Wild(
                (memory.wild + RATE_RUNS * lent.wild) / (memory.count + RATE_RUNS), lent.wild, lent.series, doubt);
    }

    /** The scale that is typical of the suite, and how many values of a series it is worth (Smyth 2004). */
    private void lendScale() {
        double[] logs = new double[columns.length];
        int known = 0;
        double own = 0;
        double sum = 0;
        double squares = 0;
        for (Memory memory : memories) {
            if (!Double.isNaN(memory.logScale)) {
                logs[known++] = memory.logScale;
                double half = memory.count / 2;
                own += 1 / half + 1 / (2 * half * half);
                sum += 2 * memory.logScale;
                squares += 4 * memory.logScale * memory.logScale;
            }
        }
        if (known == 0) {
            return;
        }
        double spread = Math.max(0, squares / known - sum / known * (sum / known));
        double worth = known >= LEAST_SERIES
                ? Math.max(1, Math.min(MOST_BORROWED, 2 / Math.max(spread - own / known, 1e-3)))
                : MOST_BORROWED;
        lent = new Lent(StrictMath.exp(Selection.median(logs, known)), worth, 0, 0, 0, 0, columns.length);
    }

    /** How often series of the suite make excursions, how far these go, and how much neighbours are alike. */
    private void lendTail() {
        double total = 0;
        double excursions = 0;
        double excursionLogs = 0;
        double wild = 0;
        double products = 0;
        for (Memory memory : memories) {
            if (!Double.isNaN(memory.scale)) {
                total += memory.count;
                excursions += memory.brief;
                wild += memory.wild;
                excursionLogs += memory.briefLogs;
                products += memory.correlation * memory.count;
            }
        }
        correlations += products / Math.max(1, total);
        correlationRuns++;
        lent = new Lent(
                lent.typical,
                lent.worth,
                (excursions + 1) / (total + 50),
                (excursions + 10) / (excursionLogs + 10.0 / 3),
                Math.max(0, Math.min(0.6, correlations / (correlationRuns + PRIOR_CORRELATION_RUNS))),
                Math.max(0, wild - Math.sqrt(wild)) / Math.max(1, total),
                columns.length);
    }

    /** What the suite lends after all its runs; null where nothing is known. */
    Lent lent() {
        return lent;
    }

    /**
     * By how much the levels before and after a value may differ without having moved: by the margin, and by what the
     * medians of so few values differ by chance, or the noisiest values would not count for the limit.
     */
    private double tolerance(int series) {
        Noise noise = memories[series].noise;
        return noise == null ? tolerances[series] : Math.max(tolerances[series], noise.scale());
    }

    private void weigh(int run, int[] here, int count) {
        boolean[] unmoved = new boolean[count];
        IntStream places = IntStream.range(0, count);
        (count < LARGE ? places : places.parallel())
                .forEach(n -> unmoved[n] = columns[here[n]].isUnmoved(memories[here[n]].next, tolerance(here[n])));
        IntStream looks = IntStream.range(0, 2 * windows.length);
        (count < LARGE ? looks : looks.parallel())
                .forEach(look -> weigh(look / windows.length, look % windows.length, run, here, count, unmoved));
    }

    private void weigh(int direction, int w, int run, int[] here, int count, boolean[] unmoved) {
        double[] heap = new double[WEIGHED];
        int[] who = new int[WEIGHED];
        double sign = direction == 0 ? 1 : -1;
        int size = 0;
        boolean any = false;
        for (int n = 0; n < count; n++) {
            int i = here[n];
            Memory memory = memories[i];
            Column column = columns[i];
            int from = memory.next;
            int to = from + windows[w];
            if (memory.noise == null
                    || to > column.values.length
                    || Double.isNaN(adjusted[i][from])
                    || from != column.candidate && from < BEFORE * windows[w]) {
                continue;
            }
            if (to == column.values.length && column.candidate < to && from <= column.candidate) {
                if (column.isAlone && from < column.candidate) {
                    continue;
                }
                judged[direction][i][w] = ratios[i].of(adjusted[i], from, to, sign, memory.noise);
                if (direction == 0 && from == column.candidate) {
                    newest[i] = memory.noise;
                }
                continue;
            }
            if (to > column.candidate || !unmoved[n]) {
                continue;
            }
            any = true;
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += sign * adjusted[i][j];
            }
            if (sum / windows[w] < 0.9 * ratios[i].margin()) {
                continue;
            }
            double z = sum / memory.noise.scale();
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
        double most = any ? LikelihoodRatio.NONE : Double.NaN;
        for (int n = 0; n < size; n++) {
            Memory memory = memories[who[n]];
            most = Math.max(
                    most,
                    ratios[who[n]].of(adjusted[who[n]], memory.next, memory.next + windows[w], sign, memory.noise));
        }
        maxima[direction][w][run] = most;
    }

    /** Evidence of the judged values by window; NaN where there is none. */
    double[] judged(int direction, int series) {
        return judged[direction][series];
    }

    /** The noise of a series before its judged values; null where too little is known. */
    Noise noise(int series) {
        return newest[series];
    }

    /** The largest evidence of each past run by window, the window beginning with it; NaN where there is none. */
    double[][] maxima(int direction) {
        return maxima[direction];
    }

    LearntLimit limit(int direction, int window, int series) {
        double[] known = Arrays.stream(maxima[direction][window])
                .filter(each -> !Double.isNaN(each))
                .toArray();
        return LearntLimit.of(
                Arrays.copyOfRange(known, Math.max(0, known.length - LearntLimit.RUNS), known.length), series);
    }
}
