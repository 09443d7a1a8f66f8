package dev.plumbline.core.shape;

import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;

/**
 * The finite values of a series on a scale on which noise is additive: logarithms of positive values, else shares of
 * the largest magnitude.
 *
 * @param x the scores, oldest first
 * @param places the position of each in the series
 * @param logarithmic whether they are logarithms
 * @param unit what a score of 1 is where they are not
 */
record Scores(double[] x, int[] places, boolean logarithmic, double unit) {
    static Scores of(double[] values) {
        int count = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                count++;
                smallest = Math.min(smallest, value);
                largest = Math.max(largest, Math.abs(value));
            }
        }
        double[] x = new double[count];
        int[] places = new int[count];
        boolean logarithmic = smallest > 0;
        double unit = largest == 0 ? 1 : Math.max(Double.MIN_NORMAL, largest);
        int i = 0;
        for (int place = 0; place < values.length; place++) {
            if (Double.isFinite(values[place])) {
                x[i] = logarithmic ? StrictMath.log(values[place]) : values[place] / unit;
                places[i++] = place;
            }
        }
        return new Scores(x, places, logarithmic, unit);
    }

    int size() {
        return x.length;
    }

    /** The same places and unit with other scores. */
    Scores with(double[] others) {
        return new Scores(others, places, logarithmic, unit);
    }

    double value(double score) {
        return logarithmic ? Math.min(Double.MAX_VALUE, StrictMath.exp(score)) : score * unit;
    }

    /** The relative change that a difference of scores is, from the given score on. */
    double relative(double difference, double from) {
        if (logarithmic) {
            return StrictMath.expm1(difference);
        }
        return difference == 0 ? 0 : difference / Math.abs(from);
    }

    /** The lower limit of noise. */
    double floor() {
        return logarithmic ? 1e-4 : 1e-4 * Math.max(1e-6, medianMagnitude());
    }

    private double medianMagnitude() {
        double[] magnitudes = new double[x.length];
        Arrays.setAll(magnitudes, i -> Math.abs(x[i]));
        return x.length == 0 ? 1 : Location.median(magnitudes);
    }

    /** The number of distinct values among sorted ones; at least one value. */
    static int distinct(double[] sorted) {
        int distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return distinct;
    }

    /** The robust standard deviation of residuals, never below the floor. */
    static double deviation(double[] residuals, double floor) {
        return residuals.length < 2 ? floor : Math.max(floor, Spread.winsorisedDeviation(residuals));
    }

    /**
     * The scores, with isolated outliers replaced by the median of their neighbours, so that a spike is not a level.
     * If more than a tenth are isolated, none counts as a spike.
     */
    double[] withoutSpikes() {
        int n = x.length;
        double[] medians = new double[n];
        double[] residuals = new double[n];
        double[] window = new double[2 * REACH + 1];
        int first = 0;
        int end = 0;
        for (int i = 0; i < n; i++) {
            int from = Math.max(0, Math.min(i - REACH, n - window.length));
            int to = Math.min(n, Math.max(i + REACH + 1, window.length));
            for (; first < from; first++) {
                remove(window, end - first, x[first]);
            }
            for (; end < to; end++) {
                insert(window, end - first, x[end]);
            }
            medians[i] = median(window, end - first);
            residuals[i] = x[i] - medians[i];
        }
        // a value is compared with a median that it takes part in: seven normal values are about this much less apart
        double limit = FAR * deviation(residuals, floor());
        int far = 0;
        for (double residual : residuals) {
            far += Math.abs(residual) > limit ? 1 : 0;
        }
        if (far == 0 || far > n / 10) {
            return x;
        }
        double[] clean = x.clone();
        for (int i = 0; i < n; i++) {
            if (Math.abs(residuals[i]) > limit) {
                clean[i] = medians[i];
            }
        }
        return clean;
    }

    private static final int REACH = 3;
    private static final double FAR = 4.5;

    /** Inserts a value into the given number of sorted ones. */
    private static void insert(double[] window, int count, double value) {
        int at = count;
        while (at > 0 && window[at - 1] > value) {
            window[at] = window[at - 1];
            at--;
        }
        window[at] = value;
    }

    /** Removes a value from the given number of sorted ones. */
    private static void remove(double[] window, int count, double value) {
        int at = 0;
        while (window[at] != value) {
            at++;
        }
        for (; at + 1 < count; at++) {
            window[at] = window[at + 1];
        }
    }

    private static double median(double[] window, int count) {
        return count % 2 == 1 ? window[count / 2] : (window[count / 2 - 1] + window[count / 2]) / 2;
    }
}
