package dev.plumbline.core.stats.steps;

import java.util.Arrays;

/**
 * Proposes where a window of values may change its level: generously, for the tests to prune.
 *
 * <p>Isolated spikes are cut to the median of five; local maxima of moving two-sample statistics at several widths are
 * the candidates; the best penalised least-squares partition over them is found by dynamic programming.
 */
final class Segmentation {
    private static final int[] WIDTHS = {3, 5, 8, 13, 21, 34, 55};
    private static final double CANDIDATE = 2.0;
    private static final double PENALTY = 2.0;

    private Segmentation() {}

    /** The proposed changes of {@code x[0, m)}, ascending, each the first index of a new level. */
    static int[] propose(double[] x, int m, double floor) {
        if (m < 6) {
            return new int[0];
        }
        double[] differences = new double[m];
        double one = differenceScale(x, m, 1, differences);
        double two = differenceScale(x, m, 2, differences);
        double oneVariance = Math.max(floor * floor, one * one);
        // var(x[i+k] - x[i]) = 2 s^2 (1 - phi^k): the ratio of lags 2 and 1 is 1 + phi
        double phi = Robust.clip(two * two / oneVariance - 1, 0, 0.7) * m / (m + 20.0);
        double variance = oneVariance / (1 - phi);
        double scale = Math.sqrt(variance);

        double[] y = withoutSpikes(x, m, 2.5 * scale);
        double[] sum = new double[m + 1];
        for (int i = 0; i < m; i++) {
            sum[i + 1] = sum[i] + y[i];
        }
        boolean[] marked = new boolean[m + 1];
        double[] score = new double[m + 1];
        for (int width : WIDTHS) {
            if (2 * width > m) {
                break;
            }
            double factor = Math.sqrt(width / 2.0) / (scale * width);
            for (int t = width; t + width <= m; t++) {
                score[t] = Math.abs(sum[t + width] - 2 * sum[t] + sum[t - width]) * factor;
            }
            int reach = Math.max(1, width / 3);
            for (int t = width; t + width <= m; t++) {
                if (score[t] > CANDIDATE
                        && highest(score, t, Math.max(width, t - reach), Math.min(m - width, t + reach))) {
                    marked[t] = true;
                }
            }
        }
        int[] points = new int[m + 1];
        int count = 1;
        for (int t = 2; t <= m - 2; t++) {
            if (marked[t]) {
                points[count++] = t;
            }
        }
        points[count++] = m;
        double penalty = PENALTY * Math.log(m) * variance * (1 + phi) / (1 - phi);
        return partition(sum, points, count, penalty);
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
    private static int[] partition(double[] sum, int[] points, int count, double penalty) {
        double[] cost = new double[count];
        int[] previous = new int[count];
        for (int j = 1; j < count; j++) {
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < j; i++) {
                double total = sum[points[j]] - sum[points[i]];
                double c = cost[i] - total * total / (points[j] - points[i]);
                if (c < best) {
                    best = c;
                    previous[j] = i;
                }
            }
            cost[j] = best + penalty;
        }
        int[] changes = new int[count];
        int n = 0;
        for (int j = previous[count - 1]; j > 0; j = previous[j]) {
            changes[n++] = points[j];
        }
        int[] ascending = new int[n];
        for (int i = 0; i < n; i++) {
            ascending[i] = changes[n - 1 - i];
        }
        return ascending;
    }

    /** A robust scale of one value from differences at a lag: winsorised at twice their upper-quartile-based scale. */
    private static double differenceScale(double[] x, int m, int lag, double[] scratch) {
        int n = m - lag;
        for (int i = 0; i < n; i++) {
            scratch[i] = Math.abs(x[i + lag] - x[i]);
        }
        double[] sorted = Arrays.copyOf(scratch, n);
        Arrays.sort(sorted);
        // the mean of the lower three quarters of |N(0,1)| is 0.5149: less brittle with ties than the median
        int kept = Math.max(1, (3 * n) / 4);
        double sum = 0;
        for (int i = 0; i < kept; i++) {
            sum += sorted[i];
        }
        return sum / kept / 0.5149 / Math.sqrt(2);
    }

    static double[] withoutSpikes(double[] x, int m, double limit) {
        double[] y = new double[m];
        for (int i = 0; i < m; i++) {
            int a = Math.max(0, Math.min(i - 2, m - 5));
            int b = Math.min(m, a + 5);
            double centre = b - a == 5 ? medianOfFive(x, a) : Robust.median(x, a, b);
            y[i] = Robust.clip(x[i], centre - limit, centre + limit);
        }
        return y;
    }

    private static double medianOfFive(double[] x, int a) {
        double p = Math.min(x[a], x[a + 1]);
        double q = Math.max(x[a], x[a + 1]);
        double r = Math.min(x[a + 2], x[a + 3]);
        double s = Math.max(x[a + 2], x[a + 3]);
        double low = Math.max(p, r);
        double high = Math.min(q, s);
        double e = x[a + 4];
        // the median of five is the middle of the inner two and the fifth
        return Math.max(Math.min(low, high), Math.min(Math.max(low, high), e));
    }
}
