package dev.plumbline.core.stats;

/**
 * The number of ways to choose some of given whole ranks, by the sum of the chosen.
 *
 * <p>The ranks are split into a lower and an upper half. In each half the ways are counted by the number of ranks chosen
 * and their sum, one rank at a time: the "network" of Pagano and Tritchler (1983), whose counts are whole numbers below
 * 2^53 and so exact in doubles. Halves keep the sums in narrow bands, which makes this an order of magnitude cheaper than
 * one table over all ranks. The tail is then read off by pairing every choice of the lower half with a running total of
 * the upper.
 */
final class RankCounts {
    private RankCounts() {}

    /**
     * The probability of a sum at least as extreme as the observed one, every choice being equally likely.
     *
     * @param ranks in ascending order
     * @param chosen how many are chosen
     * @param sum the observed sum of the chosen
     */
    static double pValue(int[] ranks, int chosen, long sum, Alternative alternative) {
        int half = ranks.length / 2;
        Half lower = new Half(ranks, 0, half, chosen);
        Half upper = new Half(ranks, half, ranks.length, chosen);
        double total = 0;
        double atLeast = 0;
        double atMost = 0;
        for (int k = Math.max(0, chosen - upper.size); k <= Math.min(chosen, lower.size); k++) {
            double[] low = lower.counts[k];
            double[] high = upper.counts[chosen - k];
            int lowLength = lower.lengths[k];
            int highLength = upper.lengths[chosen - k];
            double[] running = new double[highLength + 1];
            double sumOfHigh = 0;
            for (int s = 0; s < highLength; s++) {
                sumOfHigh += high[s];
                running[s + 1] = sumOfHigh;
            }
            // the sum of the upper choice, from its least, that makes the observed sum with the lower choice at its
            // least
            long needed = sum - lower.least[k] - upper.least[chosen - k];
            double sumOfLow = 0;
            for (int s = 0; s < lowLength; s++) {
                double ways = low[s];
                if (ways == 0) {
                    continue;
                }
                sumOfLow += ways;
                long exactly = needed - s;
                int belowCount = (int) Math.max(0, Math.min(highLength, exactly));
                int upToCount = (int) Math.max(0, Math.min(highLength, exactly + 1));
                atLeast += ways * (sumOfHigh - running[belowCount]);
                atMost += ways * running[upToCount];
            }
            total += sumOfLow * sumOfHigh;
        }
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2 * Math.min(atLeast, atMost) / total);
            case GREATER -> atLeast / total;
            case LESS -> atMost / total;
        };
    }

    /** The ways to choose k of some of the ranks, for every k, by the excess of the sum over the least possible. */
    private static final class Half {
        private final int size;
        private final double[][] counts;
        private final int[] lengths;
        private final long[] least;

        Half(int[] ranks, int from, int to, int chosen) {
            size = to - from;
            int most = Math.min(size, chosen);
            counts = new double[most + 1][];
            lengths = new int[most + 1];
            least = new long[most + 1];
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
            for (int i = from; i < to; i++) {
                int rank = ranks[i];
                int seen = i - from;
                for (int k = Math.min(seen + 1, most); k >= 1; k--) {
                    // the ranks ascend, so the least sum of k is always that of the first k
                    int shift = (int) (least[k - 1] + rank - least[k]);
                    double[] source = counts[k - 1];
                    double[] target = counts[k];
                    int length = lengths[k - 1];
                    for (int s = 0; s < length; s++) {
                        target[s + shift] += source[s];
                    }
                    lengths[k] = Math.max(lengths[k], length + shift);
                }
            }
        }
    }
}
