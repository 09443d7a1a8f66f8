package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.Selection;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The part of each run that all its series share, as the other series foretell it from what the runs before have
 * taught.
 */
final class CommonMode {
    private static final int RUNS = 60;
    private static final int LEAST_RUNS = 15;
    private static final int LEAST_KNOWN = 8;
    private static final double LEAST_SCALE = 1e-4;
    private static final double CLIP = 3;

    /** With fewer series than these one of them may be the whole factor. */
    private static final int FEW = 5;

    private static final double FEW_CLIP = 4;

    /** Runs of a large suite between two lessons: what is shared changes slowly, and a lesson costs. */
    private static final int[][] STRIDES = {{64, 1}, {300, 4}, {900, 8}, {Integer.MAX_VALUE, 20}};

    private static final double GAIN = 0.97;
    private static final double OUTLIER = 6;

    /** What is foretold for each value of each series, 0 where nothing is. */
    private final double[][] shared;

    /** How far all series of a run moved alike, beside the factors; NaN where that is not known. */
    private final double[] alike;

    private CommonMode(double[][] shared, double[] alike) {
        this.shared = shared;
        this.alike = alike;
    }

    double[] alike() {
        return alike.clone();
    }

    /**
     * @param first the first run for which anything is foretold
     * @param judgedFrom the first of the judged runs, which are of one revision and teach nothing about each other:
     *     what they share may be what the revision did
     */
    static CommonMode of(Column[] columns, int runs, int first, int judgedFrom) {
        double[][] shared = new double[columns.length][];
        double[][] residuals = new double[runs][columns.length];
        int[][] index = new int[runs][columns.length];
        for (double[] row : residuals) {
            Arrays.fill(row, Double.NaN);
        }
        for (int i = 0; i < columns.length; i++) {
            Column column = columns[i];
            shared[i] = new double[column.values.length];
            for (int j = 0; j < column.at.length; j++) {
                residuals[column.at[j]][i] = column.residuals[j];
                index[column.at[j]][i] = j;
            }
        }
        double[] alike = new double[runs];
        Arrays.fill(alike, Double.NaN);
        int from = Math.max(LEAST_RUNS, first);
        if (columns.length >= 2 && from < runs) {
            int stride = stride(columns.length);
            // each stretch learns for itself, so they may go side by side
            IntStream.rangeClosed(0, (runs - 1 - from) / stride)
                    .parallel()
                    .forEach(stretch -> foretell(
                            residuals,
                            index,
                            shared,
                            alike,
                            judgedFrom,
                            from + stretch * stride,
                            Math.min(runs, from + (stretch + 1) * stride)));
        }
        IntStream.range(0, columns.length).parallel().forEach(i -> shared[i] = used(columns[i].residuals, shared[i]));
        return new CommonMode(shared, alike);
    }

    private static void foretell(
            double[][] residuals, int[][] index, double[][] shared, double[] alike, int judgedFrom, int from, int end) {
        Lesson lesson = null;
        for (int run = from; run < end; run++) {
            int[] present = present(residuals[run]);
            if (present.length >= 2) {
                boolean isNewest = run == residuals.length - 1;
                lesson = lesson == null || isNewest || !lesson.covers(present)
                        ? Lesson.of(residuals, run, Math.min(run, judgedFrom), present)
                        : lesson;
                if (lesson.factors != null && lesson.factors.count() > 0) {
                    lesson.apply(residuals[run], index[run], shared, alike, run);
                }
            }
        }
    }

    private static int stride(int series) {
        int place = 0;
        while (series > STRIDES[place][0]) {
            place++;
        }
        return STRIDES[place][1];
    }

    private static int[] present(double[] row) {
        int[] present = new int[row.length];
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            if (!Double.isNaN(row[i])) {
                present[count++] = i;
            }
        }
        return Arrays.copyOf(present, count);
    }

    /** What was learnt before a run. */
    private record Lesson(int run, int[] series, double[] scale, LatentFactors factors) {
        static Lesson of(double[][] residuals, int run, int end, int[] series) {
            int[] rows = new int[RUNS];
            int count = 0;
            for (int row = end - 1; row >= 0 && count < RUNS; row--) {
                int known = 0;
                for (int i : series) {
                    known += Double.isNaN(residuals[row][i]) ? 0 : 1;
                }
                if (2 * known >= series.length) {
                    rows[count++] = row;
                }
            }
            if (count < LEAST_RUNS) {
                return new Lesson(run, series, new double[0], null);
            }
            double[] scale = new double[series.length];
            double[][] z = new double[count][series.length];
            double[] column = new double[count];
            for (int i = 0; i < series.length; i++) {
                int known = 0;
                for (int row = 0; row < count; row++) {
                    double value = residuals[rows[row]][series[i]];
                    if (!Double.isNaN(value)) {
                        column[known++] = value;
                    }
                }
                scale[i] = Double.POSITIVE_INFINITY;
                if (known >= LEAST_KNOWN) {
                    double middle = Selection.median(column, known);
                    for (int row = 0; row < known; row++) {
                        column[row] = Math.abs(column[row] - middle);
                    }
                    scale[i] = Math.max(LEAST_SCALE, SortedWindow.NORMAL * Selection.median(column, known));
                    for (int row = 0; row < count; row++) {
                        double value = residuals[rows[row]][series[i]];
                        z[row][i] = Double.isNaN(value) ? 0 : Math.max(-CLIP, Math.min(CLIP, value / scale[i]));
                    }
                }
            }
            return new Lesson(run, series, scale, LatentFactors.of(z));
        }

        /** Whether it was learnt for these series. */
        boolean covers(int[] present) {
            int place = 0;
            int known = 0;
            for (int i : present) {
                while (place < series.length && series[place] < i) {
                    place++;
                }
                known += place < series.length && series[place] == i ? 1 : 0;
            }
            return known >= 0.9 * Math.max(present.length, series.length);
        }

        void apply(double[] row, int[] index, double[][] shared, double[] alike, int run) {
            double[] z = new double[series.length];
            double[] known = new double[series.length];
            double[] scales = new double[series.length];
            for (int i = 0; i < series.length; i++) {
                double value = row[series[i]];
                boolean isKnown = !Double.isNaN(value) && !Double.isInfinite(scale[i]);
                scales[i] = isKnown ? scale[i] : Double.POSITIVE_INFINITY;
                known[i] = isKnown ? value : 0;
                z[i] = isKnown ? value / scale[i] : 0;
                z[i] = series.length < FEW ? Math.max(-FEW_CLIP, Math.min(FEW_CLIP, z[i])) : z[i];
            }
            double[] foretold = factors.foretell(z);
            for (int i = 0; i < series.length; i++) {
                if (!Double.isInfinite(scales[i])) {
                    shared[series[i]][index[series[i]]] = foretold[i] * scale[i];
                }
            }
            alike[run] = factors.alike(known, scales);
        }
    }

    /** What is foretold, where that made the latest values smaller by more than it could by chance. */
    private static double[] used(double[] residuals, double[] foretold) {
        double[] used = new double[foretold.length];
        SortedWindow plain = new SortedWindow(RUNS);
        SortedWindow less = new SortedWindow(RUNS);
        for (int j = start(residuals, foretold); j < foretold.length; j++) {
            if (foretold[j] != 0 && loss(less) < GAIN * loss(plain)) {
                used[j] = foretold[j];
            }
            if (!Double.isNaN(residuals[j])) {
                plain.add(Math.abs(residuals[j]));
                less.add(Math.abs(residuals[j] - foretold[j]));
            }
        }
        return used;
    }

    /** The first value that is among the latest ones of anything foretold. */
    private static int start(double[] residuals, double[] foretold) {
        int start = 0;
        while (start < foretold.length && foretold[start] == 0) {
            start++;
        }
        for (int known = 0; start > 0 && known < RUNS; start--) {
            known += Double.isNaN(residuals[start - 1]) ? 0 : 1;
        }
        return start;
    }

    private static double loss(SortedWindow distances) {
        return distances.sumUpTo(OUTLIER * distances.median() + LEAST_SCALE) / distances.size();
    }

    /** The residuals of one series without what is shared. */
    double[] adjusted(int series, Column column, boolean isFew) {
        double[] adjusted = new double[column.residuals.length];
        for (int j = 0; j < adjusted.length; j++) {
            double plain = column.residuals[j];
            double less = plain - shared[series][j];
            // among few series, one that is slower may be the whole of what is shared
            adjusted[j] = isFew ? Math.max(Math.min(0, plain), Math.min(Math.max(0, plain), less)) : less;
        }
        return adjusted;
    }

    static boolean isFew(int series) {
        return series < FEW;
    }
}
