package dev.plumbline.core.stats.steps;

import java.util.Arrays;

/**
 * One-sided Wilcoxon rank-sum probability that the tested side lies beyond the base side by chance.
 *
 * <p>Ties count half. Up to {@value #EXACT_SIZE} tested values the null distribution without ties is counted exactly
 * (coefficients of the Gaussian binomial), which is conservative when there are ties; beyond, the normal approximation
 * with tie correction and continuity correction is used.
 */
final class RankSumTail {
    static final int EXACT_SIZE = 12;
    private static final int EXACT_STATISTIC = 400;

    private RankSumTail() {}

    /**
     * The probability of a rank sum at least this extreme in the direction {@code sign}.
     *
     * @param base values of the base side, {@code n} of them
     * @param tested values of the tested side, {@code k} of them
     * @param sign +1 when the tested side is expected above the base, -1 below
     */
    static double probability(double[] base, int n, double[] tested, int k, int sign) {
        double[] sorted = Arrays.copyOf(base, n);
        Arrays.sort(sorted);
        double beyond = 0; // pairs in which the base lies beyond the tested value; ties count half
        for (int i = 0; i < k; i++) {
            int below = lowerBound(sorted, tested[i]);
            int notAbove = upperBound(sorted, tested[i]);
            beyond += (sign > 0 ? n - notAbove : below) + 0.5 * (notAbove - below);
        }
        double mean = 0.5 * n * k;
        if (beyond >= mean) {
            return 1;
        }
        if (k <= EXACT_SIZE && beyond <= EXACT_STATISTIC) {
            return Math.min(1, exact(n, k, (int) Math.ceil(beyond)));
        }
        double total = n + k;
        double variance = n * k / 12.0 * (total + 1 - ties(sorted, tested, k) / (total * (total - 1)));
        if (variance <= 0) {
            return 1;
        }
        double z = (mean - beyond - 0.5) / Math.sqrt(variance);
        return Normal.upperTail(z);
    }

    /** P(U <= statistic) for the Mann-Whitney count without ties. */
    static double exact(int n, int k, int statistic) {
        double[] count = new double[statistic + 1];
        count[0] = 1;
        for (int i = 1; i <= k; i++) {
            for (int u = statistic; u >= n + i; u--) {
                count[u] -= count[u - n - i];
            }
            for (int u = i; u <= statistic; u++) {
                count[u] += count[u - i];
            }
        }
        double sum = 0;
        for (double c : count) {
            sum += c;
        }
        double subsets = 1;
        for (int i = 1; i <= k; i++) {
            subsets *= (double) (n + i) / i;
        }
        return sum / subsets;
    }

    private static double ties(double[] sortedBase, double[] tested, int k) {
        double[] all = Arrays.copyOf(sortedBase, sortedBase.length + k);
        System.arraycopy(tested, 0, all, sortedBase.length, k);
        Arrays.sort(all);
        double sum = 0;
        int start = 0;
        for (int i = 1; i <= all.length; i++) {
            if (i == all.length || all[i] != all[start]) {
                double length = i - start;
                sum += length * length * length - length;
                start = i;
            }
        }
        return sum;
    }

    private static int lowerBound(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int upperBound(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
