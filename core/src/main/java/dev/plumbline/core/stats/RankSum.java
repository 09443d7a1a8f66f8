package dev.plumbline.core.stats;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.SmallSort;
import java.util.Arrays;

/**
 * The rank-sum test of Wilcoxon (1945) and of Mann and Whitney (1947): does a value of the candidate tend to lie above
 * one of the base?
 *
 * <p>Exact at small sizes, with ties too: given the ties, every choice of ranks for the candidate is equally likely,
 * and all are counted. Else the normal approximation with corrections for ties and continuity.
 *
 * <p>The values must be independent of one another: one for each fork rather than iterations of one process.
 */
public final class RankSum {
    private static final RankSum DEFAULT = new RankSum(Alternative.TWO_SIDED, Method.AUTO);

    private final Alternative alternative;
    private final Method method;

    /** The methods of computing the p-value. */
    public enum Method {
        /** Exact where {@link #isAffordable} allows it, else asymptotic. */
        AUTO,
        /** Count every choice of ranks; refused where the counts would not fit a double without rounding. */
        EXACT,
        /** The normal approximation. */
        ASYMPTOTIC;

        /** Whether {@link #AUTO} counts exactly: up to 25 values a side, or a small side beside a larger. */
        public static boolean isAffordable(int base, int candidate) {
            return Math.max(base, candidate) <= 25
                    || (long) base * candidate <= 400 && isExactlyCounted(base, candidate);
        }
    }

    private RankSum(Alternative alternative, Method method) {
        this.alternative = alternative;
        this.method = method;
    }

    /** Two-sided, exact where affordable. */
    public static RankSum withDefaults() {
        return DEFAULT;
    }

    public RankSum with(Alternative newAlternative) {
        return new RankSum(requireNonNull(newAlternative, "alternative"), method);
    }

    public RankSum with(Method newMethod) {
        return new RankSum(alternative, requireNonNull(newMethod, "method"));
    }

    /**
     * @param statistic the number of pairs in which the candidate is above the base, ties counting a half: from 0 to
     *     the product of the sizes
     * @param pValue for the alternative asked; twice the smaller tail, at most 1, for two sides
     * @param exact whether all choices of ranks were counted
     * @param ties whether any two of the values are equal
     */
    public record Result(double statistic, double pValue, boolean exact, boolean ties) {}

    /**
     * Tests the candidate against the base. When all values are equal, p is 1.
     *
     * @param base at least one finite value
     * @param candidate at least one finite value
     * @throws IllegalArgumentException if a side is empty or a value is not finite, or if {@link Method#EXACT} is asked
     *     of more values than can be counted
     */
    public Result test(double[] base, double[] candidate) {
        boolean exact =
                isExact(Require.finite(base, 1, "base").length, Require.finite(candidate, 1, "candidate").length);
        double[] a = SmallSort.sorted(base);
        double[] b = SmallSort.sorted(candidate);
        return exact ? exact(a, b) : asymptotic(a, b);
    }

    private boolean isExact(int m, int n) {
        return switch (method) {
            case AUTO -> Method.isAffordable(m, n);
            case EXACT -> {
                if (!isExactlyCounted(m, n)) {
                    throw new IllegalArgumentException("too many values to count exactly: " + m + " and " + n);
                }
                yield true;
            }
            case ASYMPTOTIC -> false;
        };
    }

    /** Whether the number of choices fits a double without rounding. */
    private static boolean isExactlyCounted(int m, int n) {
        double ways = 1;
        for (int i = 1; i <= Math.min(m, n); i++) {
            ways = ways * (m + n - i + 1) / i;
            if (ways > 0x1p53) {
                return false;
            }
        }
        return true;
    }

    private Result asymptotic(double[] a, double[] b) {
        int m = a.length;
        int n = b.length;
        // in one pass over both sorted sides, one group of equal values at a time
        long below = 0;
        double tieTerm = 0;
        int i = 0;
        int j = 0;
        while (j < n) {
            double value = b[j];
            while (i < m && a[i] < value) {
                double tied = a[i];
                int from = i++;
                while (i < m && a[i] == tied) {
                    i++;
                }
                tieTerm += tieTerm(i - from);
            }
            int from = j++;
            while (j < n && b[j] == value) {
                j++;
            }
            int equal = i;
            while (equal < m && a[equal] == value) {
                equal++;
            }
            below += (long) (j - from) * (i + equal);
            tieTerm += tieTerm(j - from + equal - i);
            i = equal;
        }
        while (i < m) {
            double tied = a[i];
            int from = i++;
            while (i < m && a[i] == tied) {
                i++;
            }
            tieTerm += tieTerm(i - from);
        }
        double statistic = below * 0.5;
        double total = m + n;
        double product = (double) m * n;
        double variance = product / 12 * (total + 1 - tieTerm / (total * (total - 1)));
        return new Result(statistic, tail(statistic - product / 2, variance), false, tieTerm > 0);
    }

    private static double tieTerm(long tied) {
        return tied == 1 ? 0 : (double) tied * tied * tied - tied;
    }

    private double tail(double above, double variance) {
        if (!(variance > 0)) {
            return 1;
        }
        double sigma = Math.sqrt(variance);
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2 * Normal.survival((Math.abs(above) - 0.5) / sigma));
            case GREATER -> Normal.survival((above - 0.5) / sigma);
            case LESS -> Normal.survival((-above - 0.5) / sigma);
        };
    }

    private Result exact(double[] a, double[] b) {
        int m = a.length;
        int n = b.length;
        // twice the mid-rank of every value in ascending order, so that ranks are whole
        int[] ranks = new int[m + n];
        int i = 0;
        int j = 0;
        int filled = 0;
        boolean ties = false;
        long doubledSum = 0;
        while (filled < m + n) {
            double value = i == m ? b[j] : j == n ? a[i] : Math.min(a[i], b[j]);
            int from = filled;
            while (i < m && a[i] == value) {
                i++;
                filled++;
            }
            int candidates = j;
            while (j < n && b[j] == value) {
                j++;
                filled++;
            }
            int doubled = from + filled + 1;
            Arrays.fill(ranks, from, filled, doubled);
            ties |= filled - from > 1;
            doubledSum += (long) (j - candidates) * doubled;
        }
        double statistic = (doubledSum - (double) n * (n + 1)) / 2;
        // the ranks of the smaller side have fewer combinations and carry the same information
        boolean swapped = n > m;
        long sum = swapped ? (long) (m + n) * (m + n + 1) - doubledSum : doubledSum;
        int unit = ties ? 1 : 2;
        if (unit > 1) {
            for (int r = 0; r < ranks.length; r++) {
                ranks[r] /= unit;
            }
        }
        double p = RankCounts.pValue(ranks, Math.min(m, n), sum / unit, swapped ? opposite(alternative) : alternative);
        return new Result(statistic, p, true, ties);
    }

    private static Alternative opposite(Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> Alternative.TWO_SIDED;
            case GREATER -> Alternative.LESS;
            case LESS -> Alternative.GREATER;
        };
    }
}
