package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.sample.SpreadSort;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

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
    private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    /** The number of pairs up to which they are compared one by one; sorting is faster for more. */
    private static final long DIRECT = 2000;

    private final double[] sortedBase;
    private final double[] sortedTested;
    private final double[] counts = new double[EXACT_STATISTIC + 1];

    /** Space for sides of at most {@code length} values. */
    RankSumTail(int length) {
        sortedBase = new double[length];
        sortedTested = new double[length];
    }

    /**
     * The probability of a rank sum at least this extreme in the direction {@code sign}.
     *
     * @param base values of the base side, {@code n} of them
     * @param tested values of the tested side, {@code k} of them
     * @param sign +1 when the tested side is expected above the base, -1 below
     */
    double probability(double[] base, int n, double[] tested, int k, int sign) {
        double beyond = (long) n * k <= DIRECT
                ? beyondDirect(base, n, tested, k, sign)
                : beyondSorted(base, n, tested, k, sign);
        double mean = 0.5 * n * k;
        if (beyond >= mean) {
            return 1;
        }
        if (k <= EXACT_SIZE && beyond <= EXACT_STATISTIC) {
            return Math.min(1, exact(n, k, (int) Math.ceil(beyond), counts));
        }
        double total = n + k;
        double variance = n * k / 12.0 * (total + 1 - ties(base, n, tested, k) / (total * (total - 1)));
        if (variance <= 0) {
            return 1;
        }
        return STANDARD_NORMAL.survivalProbability((mean - beyond - 0.5) / Math.sqrt(variance));
    }

    /** Pairs in which the base lies beyond the tested value; ties count half. */
    private static double beyondDirect(double[] base, int n, double[] tested, int k, int sign) {
        int twice = 0;
        for (int j = 0; j < k; j++) {
            double value = tested[j];
            for (int i = 0; i < n; i++) {
                double difference = (base[i] - value) * sign;
                twice += (difference > 0 ? 1 : 0) + (difference >= 0 ? 1 : 0);
            }
        }
        return 0.5 * twice;
    }

    private double beyondSorted(double[] base, int n, double[] tested, int k, int sign) {
        sort(base, n, tested, k);
        int below = 0;
        int notAbove = 0;
        double beyond = 0;
        for (int j = 0; j < k; j++) {
            double value = sortedTested[j];
            while (below < n && sortedBase[below] < value) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < n && sortedBase[notAbove] <= value) {
                notAbove++;
            }
            beyond += (sign > 0 ? n - notAbove : below) + 0.5 * (notAbove - below);
        }
        return beyond;
    }

    private void sort(double[] base, int n, double[] tested, int k) {
        System.arraycopy(base, 0, sortedBase, 0, n);
        SpreadSort.sort(sortedBase, n);
        System.arraycopy(tested, 0, sortedTested, 0, k);
        SpreadSort.sort(sortedTested, k);
    }

    /** P(U <= statistic) for the Mann-Whitney count without ties; {@code count} has room for the statistic. */
    static double exact(int n, int k, int statistic, double[] count) {
        Arrays.fill(count, 0, statistic + 1, 0);
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
        for (int u = 0; u <= statistic; u++) {
            sum += count[u];
        }
        double subsets = 1;
        for (int i = 1; i <= k; i++) {
            subsets *= (double) (n + i) / i;
        }
        return sum / subsets;
    }

    /** Sum of t^3 - t over the groups of t equal values of both sides. */
    private double ties(double[] base, int n, double[] tested, int k) {
        if ((long) n * k <= DIRECT) {
            sort(base, n, tested, k);
        }
        double sum = 0;
        int i = 0;
        int j = 0;
        while (i < n || j < k) {
            double value = j == k || i < n && sortedBase[i] <= sortedTested[j] ? sortedBase[i] : sortedTested[j];
            double length = 0;
            while (i < n && sortedBase[i] == value) {
                i++;
                length++;
            }
            while (j < k && sortedTested[j] == value) {
                j++;
                length++;
            }
            sum += length * length * length - length;
        }
        return sum;
    }
}
