package dev.plumbline.core.stats.classic;

import java.util.Arrays;

/**
 * The energy statistics of all splits of one segment, for its own order and for any other order of the same values.
 *
 * <p>A split with l values on the left and m on the right, n in all, has the statistic
 *
 * <pre>2 B / n - 2 m L / (n (l - 1)) - 2 l R / (n (m - 1))</pre>
 *
 * where B, L and R are the sums of |x - y| over the pairs between the sides, inside the left and inside the right; a
 * side of one value has no pairs and contributes nothing.
 */
final class EnergySegment {
    // A Fenwick tree over ranks gives v(t), the distances from value t to those before it, in O(log n). The distances
    // to
    // all others depend on the value alone, so that those to the later ones follow by subtraction, and
    // L = v(0) + ... + v(l-1), R = h(l) + ... + h(n-1), B = all - L - R.
    private final int from;
    private final int length;
    private final int minimum;
    private final int[] ranks;
    /** Distinct values less the median, by rank from 1. */
    private final double[] levels;
    /** Sum of the distances to all values of the segment, by rank from 1. */
    private final double[] distances;

    private final double all;
    /** 2/n + 2 (n - k) / (n (k - 1)) for a side of k values. */
    private final double[] weights;
    /** Count and sum of each node, alternating. */
    private final double[] tree;

    private final double[] earlier;
    private final double[] left;
    private final double statistic;
    private final int split;

    /** @param minimum the least number of values on either side of a split */
    EnergySegment(double[] values, int from, int to, int minimum) {
        this.from = from;
        this.length = to - from;
        this.minimum = minimum;
        double[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        int middle = length / 2;
        double median = length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
        double[] distinct = new double[length + 1];
        int[] counts = new int[length + 1];
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                distinct[++count] = sorted[i];
            }
            counts[count]++;
        }
        this.ranks = new int[length];
        for (int i = 0; i < length; i++) {
            ranks[i] = Arrays.binarySearch(distinct, 1, count + 1, values[from + i]);
        }
        this.levels = new double[count + 1];
        this.distances = new double[count + 1];
        double sum = 0;
        for (int r = 1; r <= count; r++) {
            levels[r] = distinct[r] - median;
            sum += counts[r] * levels[r];
        }
        double below = 0;
        int before = 0;
        double pairs = 0;
        for (int r = 1; r <= count; r++) {
            before += counts[r];
            below += counts[r] * levels[r];
            distances[r] = levels[r] * (2.0 * before - length) - 2 * below + sum;
            pairs += counts[r] * distances[r];
        }
        this.all = pairs / 2;
        this.weights = new double[length + 1];
        for (int k = 1; k < length; k++) {
            weights[k] = 2.0 / length + (k == 1 ? 0 : 2.0 * (length - k) / ((double) length * (k - 1)));
        }
        this.tree = new double[2 * (count + 1)];
        this.earlier = new double[length];
        this.left = new double[length];
        double[] statistics = statistics();
        double largest = Double.NEGATIVE_INFINITY;
        for (int l = minimum; l <= length - minimum; l++) {
            largest = Math.max(largest, statistics[l - 1]);
        }
        int best = minimum;
        while (best < length - minimum && statistics[best - 1] < largest - tie()) {
            best++;
        }
        this.statistic = largest;
        this.split = best;
    }

    int from() {
        return from;
    }

    int to() {
        return from + length;
    }

    int[] ranks() {
        return ranks;
    }

    /** The largest statistic of the values' own order; negative infinity when the segment is too short to split. */
    double statistic() {
        return statistic;
    }

    /** Index in the whole series of the first value after the best split, the earliest of equals. */
    int split() {
        return from + split;
    }

    /** The scale of rounding: statistics closer than this to each other differ by the order of additions only. */
    double tie() {
        return 1e-12 * all / length;
    }

    /** The statistics of all splits with 1, 2, ... values on the left, in the values' own order. */
    double[] statistics() {
        accumulate(ranks);
        double[] result = new double[Math.max(0, length - 1)];
        double right = 0;
        for (int l = length - 1; l >= 1; l--) {
            right += distances[ranks[l]] - earlier[l];
            result[l - 1] = 2.0 / length * all - weights[l] * left[l - 1] - weights[length - l] * right;
        }
        return result;
    }

    /** The largest statistic of the values in the given order, as ranks; negative infinity when too short to split. */
    double largest(int[] order) {
        accumulate(order);
        double base = 2.0 / length * all;
        double right = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int l = length - 1; l >= minimum; l--) {
            right += distances[order[l]] - earlier[l];
            double candidate = base - weights[l] * left[l - 1] - weights[length - l] * right;
            if (candidate > largest && l <= length - minimum) {
                largest = candidate;
            }
        }
        return largest;
    }

    private void accumulate(int[] order) {
        Arrays.fill(tree, 0);
        int end = tree.length;
        double sum = 0;
        double inside = 0;
        for (int t = 0; t < length; t++) {
            int rank = order[t];
            double level = levels[rank];
            double count = 0;
            double below = 0;
            for (int node = rank; node > 0; node &= node - 1) {
                count += tree[2 * node];
                below += tree[2 * node + 1];
            }
            double distance = level * (2 * count - t) - 2 * below + sum;
            earlier[t] = distance;
            inside += distance;
            left[t] = inside;
            sum += level;
            for (int node = 2 * rank; node < end; node += node & -node) {
                tree[node]++;
                tree[node + 1] += level;
            }
        }
    }
}
