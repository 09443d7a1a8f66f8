package dev.plumbline.core.stats.suite;

import java.util.Arrays;

/**
 * The uncertainty of the predicted common part of a run: the larger the part, the less certain.
 *
 * <p>The variance of what is left of a value grows as a power of 1 + (prediction / scale)², one power for a suite. It
 * is the likeliest one under Student's distribution of four degrees of freedom, which a few excursions do not lead
 * astray, with a prior around what hosted machines show.
 */
final class ForetoldNoise {
    private static final double[] POWERS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2};
    private static final double PRIOR = 0.45;
    private static final double PRIOR_DEVIATION = 0.15;

    /** Values of a run err together, so that each counts for less than one. */
    private static final double WORTH = 0.3;

    private static final int MOST = 2000;
    private static final double DEGREES = 4;
    private static final int STEPS = 4;

    private static final int RUNS = 60;
    private static final int LEAST_RUNS = 15;
    private static final double LEAST_SCALE = 1e-4;

    private final double[] logs = new double[MOST];
    private final double[] squares = new double[MOST];
    private int count;

    /** From the first lessons on, as many values as are asked for. */
    private ForetoldNoise(Lesson... lessons) {
        for (Lesson lesson : lessons) {
            int taken = Math.min(lesson.count, MOST - count);
            System.arraycopy(lesson.logs, 0, logs, count, taken);
            System.arraycopy(lesson.squares, 0, squares, count, taken);
            count += taken;
        }
    }

    /**
     * The power for a suite.
     *
     * @param shared the prediction for each value, 0 where there is none
     * @param judgedFrom the first run that nothing is learnt from
     */
    static double power(Column[] columns, double[][] shared, int judgedFrom) {
        int each = Math.max(1, MOST / Math.max(1, columns.length));
        int stride = Math.max(1, columns.length / MOST);
        Lesson[] lessons = new Lesson[(columns.length + stride - 1) / stride];
        SuiteScan.each(
                columns.length,
                lessons.length,
                i -> lessons[i] = Lesson.of(columns[i * stride], shared[i * stride], judgedFrom, each));
        return new ForetoldNoise(lessons).power();
    }

    /**
     * The training data from the newest values of a series.
     *
     * @param logs of 1 + (prediction / scale)², of each value
     * @param squares of what is left of each, in scales
     * @param count how many of these there are
     */
    private record Lesson(double[] logs, double[] squares, int count) {
        static Lesson of(Column column, double[] shared, int judgedFrom, int most) {
            double[] logs = new double[most];
            double[] squares = new double[most];
            int count = 0;
            int end = shared.length;
            while (end > 0 && column.at[end - 1] >= judgedFrom) {
                end--;
            }
            int begin = end;
            for (int known = 0; begin > 0 && known < most; begin--) {
                known += shared[begin - 1] != 0 && !Double.isNaN(column.residuals[begin - 1]) ? 1 : 0;
            }
            SortedWindow window = new SortedWindow(RUNS);
            for (int j = Math.max(0, begin - RUNS); j < end && count < most; j++) {
                double left = column.residuals[j] - shared[j];
                if (Double.isNaN(left)) {
                    continue;
                }
                if (j >= begin && shared[j] != 0 && window.size() >= LEAST_RUNS) {
                    double scale = scale(window);
                    logs[count] = StrictMath.log1p(shared[j] / scale * (shared[j] / scale));
                    squares[count++] = left / scale * (left / scale);
                }
                window.add(Math.abs(left) / width(shared[j], window, PRIOR));
            }
            return new Lesson(logs, squares, count);
        }
    }

    private static double width(double shared, SortedWindow distances, double power) {
        if (shared == 0 || distances.size() == 0) {
            return 1;
        }
        double share = shared / scale(distances);
        return StrictMath.exp(0.5 * power * StrictMath.log1p(share * share));
    }

    private static double scale(SortedWindow distances) {
        return SortedWindow.NORMAL * distances.median() + LEAST_SCALE;
    }

    private double power() {
        double best = Double.NEGATIVE_INFINITY;
        double likeliest = PRIOR;
        for (double power : POWERS) {
            double away = (power - PRIOR) / PRIOR_DEVIATION;
            double log = WORTH * logLikelihood(power) - 0.5 * away * away;
            if (log > best) {
                best = log;
                likeliest = power;
            }
        }
        return likeliest;
    }

    /** With the likeliest scale for this power, by expectation and maximisation. */
    private double logLikelihood(double power) {
        double[] left = new double[count];
        double logs = 0;
        double variance = 0.5;
        for (int k = 0; k < count; k++) {
            left[k] = squares[k] * StrictMath.exp(-power * this.logs[k]);
            logs += power * this.logs[k];
        }
        for (int step = 0; step < STEPS && count > 0; step++) {
            double sum = 0;
            for (double square : left) {
                sum += (DEGREES + 1) / (DEGREES + square / variance) * square;
            }
            variance = Math.max(1e-12, sum / count);
        }
        double sum = -0.5 * (logs + count * StrictMath.log(variance));
        for (double square : left) {
            sum -= 0.5 * (DEGREES + 1) * StrictMath.log1p(square / variance / DEGREES);
        }
        return sum;
    }

    /**
     * The residuals of a series' values, with their precision.
     *
     * @param left the distances from their levels without what is shared
     * @param shared the predictions for them
     */
    static Residuals residuals(double[] left, double[] shared, double power) {
        float[] widths = null;
        SortedWindow window = new SortedWindow(RUNS);
        for (int j = 0; j < left.length; j++) {
            double width = width(shared[j], window, power);
            if (width > 1) {
                widths = widths == null ? ones(left.length) : widths;
                widths[j] = (float) width;
            }
            if (!Double.isNaN(left[j])) {
                window.add(Math.abs(left[j]) / width);
            }
        }
        return new Residuals(left, widths);
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
