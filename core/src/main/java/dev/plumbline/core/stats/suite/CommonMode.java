package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The part of each run that all its series share, as predicted from the other series with a model learned from earlier
 * runs.
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

    /** The predicted part of each value of each series, 0 where there is none. */
    private final double[][] shared;

    /** The common distance of all series of a run, beside the factors; NaN where that is not known. */
    private final double[] alike;

    /** The power of the prediction with which the rest becomes less certain. */
    private final double power;

    private CommonMode(double[][] shared, double[] alike, double power) {
        this.shared = shared;
        this.alike = alike;
        this.power = power;
    }

    double[] alike() {
        return alike.clone();
    }

    /**
     * @param first the first run with a prediction
     * @param judgedFrom the first of the judged runs, which are of one revision and teach nothing about each other:
     *     what they share may be what the revision did
     */
    static CommonMode of(Column[] columns, int runs, int first, int judgedFrom) {
        double[][] shared = new double[columns.length][];
        Arrays.setAll(shared, i -> new double[columns[i].values.length]);
        Row[] rows = Row.of(columns, runs);
        double[] alike = new double[runs];
        Arrays.fill(alike, Double.NaN);
        int from = Math.max(LEAST_RUNS, first);
        if (columns.length >= 2 && from < runs) {
            int stride = stride(columns.length);
            // each stretch learns for itself, so they may go side by side
            IntStream.rangeClosed(0, (runs - 1 - from) / stride)
                    .parallel()
                    .forEach(stretch -> predict(
                            rows,
                            shared,
                            alike,
                            judgedFrom,
                            from + stretch * stride,
                            Math.min(runs, from + (stretch + 1) * stride)));
        }
        SuiteScan.each(columns.length, columns.length, i -> shared[i] = used(columns[i].residuals, shared[i]));
        return new CommonMode(shared, alike, ForetoldNoise.power(columns, shared, judgedFrom));
    }

    private static void predict(Row[] rows, double[][] shared, double[] alike, int judgedFrom, int from, int end) {
        Lesson lesson = null;
        for (int run = from; run < end; run++) {
            int[] present = rows[run].series;
            if (present.length >= 2) {
                boolean isNewest = run == rows.length - 1;
                lesson = lesson == null || isNewest || !lesson.covers(present)
                        ? Lesson.of(rows, Math.min(run, judgedFrom), present)
                        : lesson;
                if (lesson.factors != null && lesson.factors.count() > 0) {
                    lesson.apply(rows[run], shared, alike, run);
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

    /**
     * The residuals of a run. Where series have other runs each, there are many more runs than a series has, and a
     * table of all would be nearly empty.
     *
     * @param series which have one, ascending
     * @param residuals of each of these
     * @param index the position of each of them in its series
     */
    private record Row(int[] series, double[] residuals, int[] index) {
        static Row[] of(Column[] columns, int runs) {
            int[] counts = new int[runs];
            for (Column column : columns) {
                for (int j = 0; j < column.at.length; j++) {
                    counts[column.at[j]] += Double.isNaN(column.residuals[j]) ? 0 : 1;
                }
            }
            Row[] rows = new Row[runs];
            Arrays.setAll(rows, run -> new Row(new int[counts[run]], new double[counts[run]], new int[counts[run]]));
            int[] filled = new int[runs];
            for (int i = 0; i < columns.length; i++) {
                Column column = columns[i];
                for (int j = 0; j < column.at.length; j++) {
                    if (!Double.isNaN(column.residuals[j])) {
                        Row row = rows[column.at[j]];
                        int place = filled[column.at[j]]++;
                        row.series[place] = i;
                        row.residuals[place] = column.residuals[j];
                        row.index[place] = j;
                    }
                }
            }
            return rows;
        }

        /** The indices of some series in it, ascending ones; negative where it lacks one. */
        int[] places(int[] some) {
            int[] places = new int[some.length];
            int place = 0;
            for (int i = 0; i < some.length; i++) {
                while (place < series.length && series[place] < some[i]) {
                    place++;
                }
                places[i] = place < series.length && series[place] == some[i] ? place : -1;
            }
            return places;
        }

        /** Its residuals of some series, ascending ones; NaN where it has none. */
        double[] of(int[] some) {
            int[] places = places(some);
            double[] values = new double[some.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = places[i] < 0 ? Double.NaN : residuals[places[i]];
            }
            return values;
        }
    }

    /** The number of series that two lists share, both ascending. */
    private static int common(int[] some, int[] others) {
        int common = 0;
        int place = 0;
        for (int one : some) {
            while (place < others.length && others[place] < one) {
                place++;
            }
            common += place < others.length && others[place] == one ? 1 : 0;
        }
        return common;
    }

    /** The parameters learnt before a run. */
    private record Lesson(int[] series, double[] scale, LatentFactors factors) {
        static Lesson of(Row[] rows, int end, int[] series) {
            double[][] z = new double[RUNS][];
            int count = 0;
            for (int row = end - 1; row >= 0 && count < RUNS; row--) {
                int[] known = rows[row].series;
                if (2 * known.length >= series.length && 2 * common(series, known) >= series.length) {
                    z[count++] = rows[row].of(series);
                }
            }
            if (count < LEAST_RUNS) {
                return new Lesson(series, new double[0], null);
            }
            z = Arrays.copyOf(z, count);
            double[] scale = new double[series.length];
            double[] column = new double[count];
            for (int i = 0; i < series.length; i++) {
                int known = 0;
                for (double[] row : z) {
                    if (!Double.isNaN(row[i])) {
                        column[known++] = row[i];
                    }
                }
                scale[i] = Double.POSITIVE_INFINITY;
                if (known >= LEAST_KNOWN) {
                    double middle = Selection.median(column, known);
                    for (int row = 0; row < known; row++) {
                        column[row] = Math.abs(column[row] - middle);
                    }
                    scale[i] = Math.max(LEAST_SCALE, SortedWindow.NORMAL * Selection.median(column, known));
                }
                for (double[] row : z) {
                    // one of unknown scale counts as on its level
                    row[i] = Double.isNaN(row[i]) || Double.isInfinite(scale[i])
                            ? 0
                            : Math.max(-CLIP, Math.min(CLIP, row[i] / scale[i]));
                }
            }
            return new Lesson(series, scale, LatentFactors.of(z));
        }

        /** Whether it was learnt for these series. */
        boolean covers(int[] present) {
            return common(present, series) >= 0.9 * Math.max(present.length, series.length);
        }

        void apply(Row row, double[][] shared, double[] alike, int run) {
            int[] places = row.places(series);
            double[] z = new double[series.length];
            double[] known = new double[series.length];
            double[] scales = new double[series.length];
            for (int i = 0; i < series.length; i++) {
                boolean isKnown = places[i] >= 0 && !Double.isInfinite(scale[i]);
                double value = isKnown ? row.residuals[places[i]] : 0;
                scales[i] = isKnown ? scale[i] : Double.POSITIVE_INFINITY;
                known[i] = value;
                z[i] = isKnown ? value / scale[i] : 0;
                z[i] = series.length < FEW ? Math.max(-FEW_CLIP, Math.min(FEW_CLIP, z[i])) : z[i];
            }
            double[] predicted = factors.predict(z);
            for (int i = 0; i < series.length; i++) {
                if (!Double.isInfinite(scales[i])) {
                    shared[series[i]][row.index[places[i]]] = predicted[i] * scale[i];
                }
            }
            alike[run] = factors.alike(known, scales);
        }
    }

    /** The prediction, where it made the latest values smaller by more than chance could. */
    private static double[] used(double[] residuals, double[] predicted) {
        double[] used = new double[predicted.length];
        SortedWindow plain = new SortedWindow(RUNS);
        SortedWindow less = new SortedWindow(RUNS);
        int begin = 0;
        while (begin < predicted.length && predicted[begin] == 0) {
            begin++;
        }
        double[] latest = latest(residuals, begin);
        plain.fill(latest, latest.length);
        less.fill(latest, latest.length);
        for (int j = begin; j < predicted.length; j++) {
            if (predicted[j] != 0 && loss(less) < GAIN * loss(plain)) {
                used[j] = predicted[j];
            }
            if (!Double.isNaN(residuals[j])) {
                plain.add(Math.abs(residuals[j]));
                less.add(Math.abs(residuals[j] - predicted[j]));
            }
        }
        return used;
    }

    /** The latest distances before a value, the oldest first. */
    private static double[] latest(double[] residuals, int end) {
        int start = end;
        for (int known = 0; start > 0 && known < RUNS; start--) {
            known += Double.isNaN(residuals[start - 1]) ? 0 : 1;
        }
        return Arrays.stream(residuals, start, end)
                .filter(residual -> !Double.isNaN(residual))
                .map(Math::abs)
                .toArray();
    }

    private static double loss(SortedWindow distances) {
        return distances.sumUpTo(OUTLIER * distances.median() + LEAST_SCALE) / distances.size();
    }

    /** The residuals of one series without what is shared. */
    Residuals residuals(int series, Column column, boolean isFew) {
        double[] adjusted = new double[column.residuals.length];
        for (int j = 0; j < adjusted.length; j++) {
            double plain = column.residuals[j];
            double less = plain - shared[series][j];
            // among few series, one that is slower may be the whole of what is shared
            adjusted[j] = isFew ? Math.max(Math.min(0, plain), Math.min(Math.max(0, plain), less)) : less;
        }
        return ForetoldNoise.residuals(adjusted, shared[series], power);
    }

    static boolean isFew(int series) {
        return series < FEW;
    }
}
