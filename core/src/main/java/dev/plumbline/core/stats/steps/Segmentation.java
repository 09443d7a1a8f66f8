package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.sample.Selection;
import dev.plumbline.core.stats.steps.noise.Robust;

/**
 * Proposes where a window of values may change its level: generously, for the tests to prune.
 *
 * <p>Isolated spikes are cut to the median of five; local maxima of moving two-sample statistics at several widths are
 * the candidates; the best penalised least-squares partition over them is found by dynamic programming.
 */
final class Segmentation {
    private static final int[] WIDTHS = {3, 5, 8, 13, 21, 34, 55};
    private static final double CANDIDATE = 2;
    private static final double PENALTY = 2;
    private static final double SPIKE = 2.5;
    private static final double MAX_PHI = 0.7;
    /**
     * The number of values without autocorrelation that are added to short windows, in which lags are uninformative.
     */
    private static final double DAMPING = 20;
    /** The mean of the smaller three quarters of the absolutes of standard normal values. */
    private static final double LOWER_MEAN = 0.5149033339461041;

    private Segmentation() {}

    /** The proposed changes of {@code x[0, m)}, ascending, each the first index of a new level. */
    static int[] propose(double[] x, int m, double floor) {
        if (m < 2 * WIDTHS[0]) {
            return new int[0];
        }
        double[] score = new double[m + 1];
        double one = Math.max(floor, differenceScale(x, m, 1, score));
        double two = differenceScale(x, m, 2, score);
        // var(x[i+k] - x[i]) = 2 s^2 (1 - phi^k): the ratio of lags 2 and 1 is 1 + phi
        double phi = Robust.clip(two * two / (one * one) - 1, 0, MAX_PHI) * m / (m + DAMPING);
        double scale = one / Math.sqrt(1 - phi);
        double[] sum = sumsWithoutSpikes(x, m, SPIKE * scale);
        int[] points = candidates(sum, m, CANDIDATE * scale, score);
        double penalty = PENALTY * Math.log(m) * scale * scale * (1 + phi) / (1 - phi);
        return partition(sum, points, penalty);
    }

    /** A robust scale of one value from differences at a lag, less brittle with ties than a median. */
    private static double differenceScale(double[] x, int m, int lag, double[] scratch) {
        int n = m - lag;
        for (int i = 0; i < n; i++) {
            scratch[i] = Math.abs(x[i + lag] - x[i]);
        }
        int kept = Math.max(1, 3 * n / 4);
        Selection.select(scratch, n, kept - 1);
        double sum = 0;
        for (int i = 0; i < kept; i++) {
            sum += scratch[i];
        }
        return sum / kept / LOWER_MEAN / Math.sqrt(2);
    }

    /** Running sums of the values, each cut to within {@code limit} of the median of the five around it. */
    private static double[] sumsWithoutSpikes(double[] x, int m, double limit) {
        double[] sum = new double[m + 1];
        for (int i = 0; i < m; i++) {
            double centre = medianOfFive(x, Math.max(0, Math.min(i - 2, m - 5)));
            sum[i + 1] = sum[i] + Robust.clip(x[i], centre - limit, centre + limit);
        }
        return sum;
    }

    private static double medianOfFive(double[] x, int a) {
        double low = larger(smaller(x[a], x[a + 1]), smaller(x[a + 2], x[a + 3]));
        double high = smaller(larger(x[a], x[a + 1]), larger(x[a + 2], x[a + 3]));
        return larger(smaller(low, high), smaller(larger(low, high), x[a + 4]));
    }

    /**
     * The smaller of two finite values; the methods of {@link Math} also test for NaN and the sign of zero, which takes
     * a while.
     */
    private static double smaller(double one, double other) {
        return one < other ? one : other;
    }

    private static double larger(double one, double other) {
        return one > other ? one : other;
    }

    /** 0, the local maxima above the threshold at any width, and {@code m}. */
    private static int[] candidates(double[] sum, int m, double threshold, double[] score) {
        boolean[] marked = new boolean[m + 1];
        int count = 2;
        for (int width : WIDTHS) {
            if (2 * width > m) {
                break;
            }
            double limit = threshold * Math.sqrt(2.0 * width);
            for (int t = width; t + width <= m; t++) {
                score[t] = Math.abs(sum[t + width] - 2 * sum[t] + sum[t - width]);
            }
            int reach = Math.max(1, width / 3);
            for (int t = width; t + width <= m; t++) {
                if (score[t] > limit
                        && !marked[t]
                        && highest(score, t, Math.max(width, t - reach), Math.min(m - width, t + reach))) {
                    marked[t] = true;
                    count++;
                }
            }
        }
        int[] points = new int[count];
        int n = 1;
        for (int t = 1; t < m; t++) {
            if (marked[t]) {
                points[n++] = t;
            }
        }
        points[n] = m;
        return points;
    }

    private static boolean highest(double[] score, int t, int from, int to) {
        for (int i = from; i <= to; i++) {
            if (score[i] > score[t]) {
                return false;
            }
        }
        return true;
    }

    /** Minimises squared error plus penalty over all subsets of the candidates. */
    private static int[] partition(double[] sum, int[] points, double penalty) {
        int count = points.length;
        double[] cost = new double[count];
        int[] previous = new int[count];
        int[] size = new int[count];
        for (int j = 1; j < count; j++) {
            double best = Double.POSITIVE_INFINITY;
            int to = points[j];
            double all = sum[to];
            for (int i = 0; i < j; i++) {
                double total = all - sum[points[i]];
                double c = cost[i] - total * total / (to - points[i]);
                if (c < best) {
                    best = c;
                    previous[j] = i;
                }
            }
            cost[j] = best + penalty;
            size[j] = size[previous[j]] + 1;
        }
        int[] changes = new int[size[count - 1] - 1];
        int at = previous[count - 1];
        for (int i = changes.length - 1; i >= 0; i--) {
            changes[i] = points[at];
            at = previous[at];
        }
        return changes;
    }
}
