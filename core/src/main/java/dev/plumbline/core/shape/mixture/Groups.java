package dev.plumbline.core.shape.mixture;

import java.util.Arrays;

/**
 * Similar values, treated as equal: mixtures are fitted to these groups in a fraction of the time for all values, with
 * likelihoods accurate to some hundredths.
 *
 * @param centres the mean of each group, ascending
 * @param counts the number of values in each group, as many
 */
public record Groups(double[] centres, double[] counts) {
    public static final Groups NONE = new Groups(new double[0], new double[0]);

    /** A quarter of normal values is within two thirds of a deviation; a group, within a tenth. */
    private static final double PARTS = 6;

    /** Groups of equal values. */
    public static Groups equal(double[] sorted) {
        return of(sorted, false);
    }

    /** Groups that are a small part of the deviation wide, that of the narrower level where there are two. */
    public static Groups joined(double[] sorted) {
        return of(sorted, true);
    }

    private static Groups of(double[] sorted, boolean joined) {
        double[] starts = starts(sorted, joined);
        double[] sums = new double[starts.length];
        double[] counts = new double[starts.length];
        int group = 0;
        for (double value : sorted) {
            if (group + 1 < starts.length && value >= starts[group + 1]) {
                group++;
            }
            sums[group] += value;
            counts[group]++;
        }
        return of(sums, counts);
    }

    /** The groups with these numbers of values and these sums; empty ones are left out. */
    static Groups of(double[] sums, double[] counts) {
        double[] centres = new double[sums.length];
        double[] filled = new double[sums.length];
        int size = 0;
        for (int group = 0; group < sums.length; group++) {
            double count = counts[group];
            if (count > 0) {
                centres[size] = count == 1 ? sums[group] : sums[group] / count;
                filled[size++] = count;
            }
        }
        return new Groups(Arrays.copyOf(centres, size), Arrays.copyOf(filled, size));
    }

    /** The least value of each group, ascending. */
    static double[] starts(double[] sorted, boolean joined) {
        double reach = joined ? shortestQuarter(sorted) / PARTS : 0;
        double[] starts = new double[sorted.length];
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] - starts[count - 1] > reach) {
                starts[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(starts, count);
    }

    /** The width of the shortest interval with a quarter of all values. */
    private static double shortestQuarter(double[] sorted) {
        int quarter = sorted.length / 4;
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i + quarter < sorted.length; i++) {
            shortest = Math.min(shortest, sorted[i + quarter] - sorted[i]);
        }
        return sorted.length == 0 ? 0 : shortest;
    }
}
