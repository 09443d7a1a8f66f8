package dev.plumbline.core.stats.classic;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * PELT, the pruned exact linear time search (Killick, Fearnhead and Eckley 2012): the answer of {@link
 * OptimalPartitioning}, to the bit.
 *
 * <p>Time is linear when changes come at a steady rate and O(n^2) at worst, without changes; memory is O(n).
 */
public final class Pelt {
    private Pelt() {}

    /** The best partition with the default settings. */
    public static Partition partition(double[] values) {
        return partition(values, Partition.Settings.DEFAULT);
    }

    /**
     * The best partition; the same edge cases as {@link OptimalPartitioning#partition(double[], Partition.Settings)}.
     *
     * @throws IllegalArgumentException naming the index of a value that is NaN or infinite
     */
    public static Partition partition(double[] values, Partition.Settings settings) {
        requireNonNull(settings, "settings");
        Scaled scaled = Scaled.of(values);
        double deviation = DifferenceNoise.deviation(scaled.values());
        SquaredLoss loss = new SquaredLoss(scaled.values());
        int n = values.length;
        int minimum = settings.minimumSegment();
        int[] last = new int[n + 1];
        if (deviation == 0 || n / 2 < minimum) {
            return Partition.of(scaled, deviation, last, n == 0 ? 0 : loss.of(0, n));
        }
        double penalty = settings.penalty() * Math.log(n) * deviation * deviation;
        double slack = loss.rounding();
        double[] costs = new double[n + 1];
        Arrays.fill(costs, Double.POSITIVE_INFINITY);
        costs[0] = -penalty;
        int[] starts = new int[n + 1];
        // A start that lost to a change at some end stays until a segment from that end on is long enough.
        int[] leaves = new int[n + 1];
        Arrays.fill(leaves, Integer.MAX_VALUE);
        double[] candidates = new double[n + 1];
        int count = 0;
        for (int end = minimum; end <= n; end++) {
            int newest = end - minimum;
            if (costs[newest] < Double.POSITIVE_INFINITY) {
                starts[count++] = newest;
            }
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int start = starts[i];
                if (leaves[start] <= end) {
                    continue;
                }
                double cost = costs[start] + loss.of(start, end) + penalty;
                if (cost <= costs[end]) {
                    costs[end] = cost;
                    last[end] = start;
                }
                candidates[kept] = cost;
                starts[kept++] = start;
            }
            count = kept;
            for (int i = 0; i < count; i++) {
                // without its penalty the candidate is a lower bound for every later end
                if (candidates[i] - penalty > costs[end] + slack && leaves[starts[i]] == Integer.MAX_VALUE) {
                    leaves[starts[i]] = end + minimum;
                }
            }
        }
        return Partition.of(scaled, deviation, last, costs[n]);
    }
}
