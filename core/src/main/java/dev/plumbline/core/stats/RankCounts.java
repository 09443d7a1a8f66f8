package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Alternative;

/**
 * The number of ways to choose some of given whole ranks, by the sum of the chosen.
 *
 * <p>The ranks are split into a lower and an upper half. In each half the ways are counted by the number of ranks
 * chosen and their sum, one rank at a time: the "network" of Pagano and Tritchler (1983), whose counts are whole
 * numbers below 2^53 and so exact in doubles. Halves keep the sums in narrow bands, which makes this an order of
 * magnitude cheaper than one table over all ranks. A tail is then read off by pairing every choice of the lower half
 * with a running total of the upper.
 */
final class RankCounts {
    private final Half lower;
    private final Half upper;
    private final int chosen;
    private final double total;

    private RankCounts(int[] ranks, int chosen) {
        int half = ranks.length / 2;
        this.lower = new Half(ranks, 0, half, chosen);
        this.upper = new Half(ranks, half, ranks.length, chosen);
        this.chosen = chosen;
        // whole at every step, and below 2^53 at the last
        long ways = 1;
        for (int i = 1; i <= chosen; i++) {
            ways = ways * (ranks.length - chosen + i) / i;
        }
        this.total = ways;
        upper.accumulate();
    }

    /**
     * The probability of a sum at least as extreme as the observed one, every choice being equally likely.
     *
     * @param ranks in ascending order
     * @param chosen how many are chosen, no more than half
     * @param sum the observed sum of the chosen
     */
    static double pValue(int[] ranks, int chosen, long sum, Alternative alternative) {
        RankCounts counts = new RankCounts(ranks, chosen);
        return switch (alternative) {
            case TWO_SIDED -> {
                double atMost = counts.atMost(sum);
                // where the lower tail holds half of all, the smaller tail is the upper one
                double smaller = 2 * atMost <= counts.total ? atMost : Math.min(atMost, counts.atLeast(sum));
                yield Math.min(1, 2 * smaller / counts.total);
            }
            case GREATER -> counts.atLeast(sum) / counts.total;
            case LESS -> counts.atMost(sum) / counts.total;
        };
    }

    private double atLeast(long sum) {
        return total - atMost(sum - 1);
    }

    private double atMost(long sum) {
        double ways = 0;
        for (int k = Math.max(0, chosen - upper.size); k <= Math.min(chosen, lower.size); k++) {
            double[] low = lower.counts[k];
            double[] running = upper.counts[chosen - k];
            int last = running.length - 1;
            // the excess of the upper choice that makes the sum with the lower choice at its least
            int needed = (int) (sum - lower.least[k] - upper.least[chosen - k]);
            int partialFrom = Math.min(low.length, Math.max(0, needed - last));
            double whole = 0;
            for (int s = 0; s < partialFrom; s++) {
                whole += low[s];
            }
            ways += whole * running[last];
            int to = Math.min(low.length - 1, needed);
            for (int s = partialFrom; s <= to; s++) {
                ways += low[s] * running[needed - s];
            }
        }
        return ways;
    }

    /** The ways to choose k of some of the ranks, for every k, by the excess of the sum over the least possible. */
    private static final class Half {
        private final int size;
        private final double[][] counts;
        private final long[] least;

        Half(int[] ranks, int from, int to, int chosen) {
            size = to - from;
            int most = Math.min(size, chosen);
            counts = new double[most + 1][];
            least = new long[most + 1];
            int[] lengths = new int[most + 1];
            long lowest = 0;
            long highest = 0;
            for (int k = 0; k <= most; k++) {
                if (k > 0) {
                    lowest += ranks[from + k - 1];
                    highest += ranks[to - k];
                }
                least[k] = lowest;
                counts[k] = new double[(int) (highest - lowest) + 1];
            }
            counts[0][0] = 1;
            lengths[0] = 1;
            // choosing k leaves the rest, so half of the tables mirror the other half
            int counted = most == size ? size / 2 : most;
            for (int i = from; i < to; i++) {
                for (int k = Math.min(i - from + 1, counted); k >= 1; k--) {
                    // the ranks ascend, so the least sum of k is always that of the first k
                    int shift = (int) (least[k - 1] + ranks[i] - least[k]);
                    add(counts[k - 1], lengths[k - 1], counts[k], shift);
                    lengths[k] = lengths[k - 1] + shift;
                }
            }
            for (int k = counted + 1; k <= most; k++) {
                double[] mirrored = counts[size - k];
                double[] target = counts[k];
                for (int s = 0; s < target.length; s++) {
                    target[s] = mirrored[target.length - 1 - s];
                }
            }
        }

        private static void add(double[] source, int length, double[] target, int shift) {
            for (int s = 0; s < length; s++) {
                target[s + shift] += source[s];
            }
        }

        /** Turns the counts into running totals. */
        void accumulate() {
            for (double[] count : counts) {
                double running = 0;
                for (int s = 0; s < count.length; s++) {
                    running += count[s];
                    count[s] = running;
                }
            }
        }
    }
}
