package dev.plumbline.core.stats.sample;

import java.util.Arrays;

/**
 * Sorts finite values, small numbers of them faster than the JDK does.
 *
 * <p>The values are dealt to as many buckets as there are values, evenly between the least and the greatest, and an
 * insertion sort finishes. The library's sort spends most of its time on mispredicted branches; here there are few.
 * When most values fall into one bucket this is a plain insertion sort, which small sizes can afford. More values than
 * these are for {@link SpreadSort}.
 */
public final class SmallSort {
    private static final int SMALL = 128;

    private SmallSort() {}

    /** A sorted copy of finite values; zeros of either sign are in any order. */
    public static double[] sorted(double[] values) {
        int n = values.length;
        if (n > SMALL || n < 4) {
            double[] copy = values.clone();
            Arrays.sort(copy);
            return copy;
        }
        double least = values[0];
        double greatest = values[0];
        for (double value : values) {
            if (value < least) {
                least = value;
            } else if (value > greatest) {
                greatest = value;
            }
        }
        double perUnit = (n - 1) / (greatest - least);
        if (!(perUnit > 0 && perUnit < Double.POSITIVE_INFINITY)) {
            double[] copy = values.clone();
            Arrays.sort(copy);
            return copy;
        }
        byte[] bucket = new byte[n];
        int[] start = new int[n + 1];
        for (int i = 0; i < n; i++) {
            int b = (int) ((values[i] - least) * perUnit);
            bucket[i] = (byte) b;
            start[b + 1]++;
        }
        for (int b = 1; b < n; b++) {
            start[b] += start[b - 1];
        }
        double[] sorted = new double[n];
        for (int i = 0; i < n; i++) {
            sorted[start[bucket[i]]++] = values[i];
        }
        for (int i = 1; i < n; i++) {
            double value = sorted[i];
            int j = i;
            while (j > 0 && sorted[j - 1] > value) {
                sorted[j] = sorted[j - 1];
                j--;
            }
            sorted[j] = value;
        }
        return sorted;
    }
}
