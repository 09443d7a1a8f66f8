package dev.plumbline.core.stats.classic;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Optimal partitioning (Jackson et al. 2005): the exact minimum of squared loss plus a penalty for each change, in
 * O(n^2) time and O(n) memory. {@link Pelt} gives the same answer, sooner.
 */
public final class OptimalPartitioning {
    private OptimalPartitioning() {}

    /** The best partition with the default settings. */
    public static Partition partition(double[] values) {
        return partition(values, Partition.Settings.DEFAULT);
    }

    /**
     * The best partition; of equally good ones that whose last change is latest. Fewer values than two segments need
     * have no changes, nor has a constant series.
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
        double[] costs = new double[n + 1];
        Arrays.fill(costs, Double.POSITIVE_INFINITY);
        costs[0] = -penalty;
        for (int end = minimum; end <= n; end++) {
            for (int start = 0; start <= end - minimum; start++) {
                double cost = costs[start] + loss.of(start, end) + penalty;
                if (cost <= costs[end]) {
                    costs[end] = cost;
                    last[end] = start;
                }
            }
        }
        return Partition.of(scaled, deviation, last, costs[n]);
    }
}
