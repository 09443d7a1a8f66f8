package dev.plumbline.core.shape.mixture;

import dev.plumbline.core.stats.sample.SpreadSort;
import java.util.Arrays;

/**
 * Scores with running sums, from which the mean and variance of any stretch take a few operations.
 *
 * <p>The sums are taken around the median, which keeps digits; where a stretch scatters so little beside what lies
 * before it that too few are left, its scores are gone through. What takes more than sums goes through groups of
 * scores that are alike. {@linkplain #walked Walked} ones have neither: whatever is fitted to them goes through the
 * scores every time, by the plain formulas.
 */
public final class Sums {
    /** With a smaller share of the running squares left, too few of their digits are. */
    private static final double LEAST_SHARE = 1e-6;

    private final double[] x;
    private final boolean walked;
    /** The scores in ascending order; of walked ones in the order they have. */
    private final double[] sorted;

    private final double centre;
    private final double[] totals;
    private final double[] squares;
    private final double[] lowest;
    private final double[] highest;
    /** The least score of each group, ascending. */
    private final double[] starts;
    /** The group of each score. */
    private final int[] groups;

    private Sums(double[] x, boolean walked, boolean joined) {
        this.x = x;
        this.walked = walked;
        int n = walked ? 0 : x.length;
        sorted = walked ? x : SpreadSort.sorted(x);
        centre = walked ? 0 : sorted[n / 2];
        starts = Groups.starts(sorted, joined);
        groups = new int[n];
        totals = new double[n + 1];
        squares = new double[n + 1];
        lowest = new double[n + 1];
        highest = new double[n + 1];
        lowest[0] = Double.POSITIVE_INFINITY;
        highest[0] = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double score = x[i] - centre;
            totals[i + 1] = totals[i] + score;
            squares[i + 1] = squares[i] + score * score;
            lowest[i + 1] = Math.min(lowest[i], x[i]);
            highest[i + 1] = Math.max(highest[i], x[i]);
        }
        if (!walked) {
            group(sorted[0], sorted[n - 1]);
        }
    }

    /** Finds the group of each score, from one near by: that of the first score in its part of the range. */
    private void group(double least, double greatest) {
        int[] firsts = new int[starts.length * 2];
        double scale = (firsts.length - 1) / Math.max(Double.MIN_NORMAL, greatest - least);
        int filled = 0;
        for (int group = 0; group < starts.length; group++) {
            int part = (int) ((starts[group] - least) * scale);
            for (; filled <= part; filled++) {
                firsts[filled] = Math.max(0, group - 1);
            }
        }
        Arrays.fill(firsts, filled, firsts.length, starts.length - 1);
        for (int i = 0; i < x.length; i++) {
            int group = firsts[(int) ((x[i] - least) * scale)];
            while (group + 1 < starts.length && starts[group + 1] <= x[i]) {
                group++;
            }
            groups[i] = group;
        }
    }

    /**
     * Scores with groups of equal ones.
     *
     * @param x at least one finite score
     */
    public static Sums of(double[] x) {
        return new Sums(x, false, false);
    }

    /** The same with groups that are a small part of the deviation wide, each with the mean of its scores for all. */
    public static Sums joined(double[] x) {
        return new Sums(x, false, true);
    }

    /** The groups of {@code [from, to)}; not of walked ones. */
    public Groups groups(int from, int to) {
        double[] centres = new double[starts.length];
        double[] counts = new double[starts.length];
        for (int i = from; i < to; i++) {
            int group = groups[i];
            centres[group] += x[i];
            counts[group]++;
        }
        return Groups.of(centres, counts);
    }

    /** Scores without sums. */
    public static Sums walked(double[] x) {
        return new Sums(x, true, false);
    }

    /** The scores in ascending order. */
    public double[] sorted() {
        return walked ? SpreadSort.sorted(x) : sorted;
    }

    public boolean isWalked() {
        return walked;
    }

    public double[] scores() {
        return x;
    }

    public int size() {
        return x.length;
    }

    /** The mean of {@code [from, to)}. */
    public double mean(int from, int to) {
        return walked ? total(from, to) / (to - from) : centre + (totals[to] - totals[from]) / (to - from);
    }

    /** The sum of the squared distances of {@code [from, to)} from a level. */
    public double around(int from, int to, double level) {
        if (walked) {
            return walk(from, to, level);
        }
        double total = totals[to] - totals[from];
        double count = (double) to - from;
        double scatter = squares[to] - squares[from] - total * total / count;
        double off = centre + total / count - level;
        return scatter < LEAST_SHARE * squares[to] ? walk(from, to, level) : scatter + count * off * off;
    }

    /** The least of the first values; not of walked ones. */
    public double lowest(int count) {
        return lowest[count];
    }

    /** The greatest of the first values; not of walked ones. */
    public double highest(int count) {
        return highest[count];
    }

    private double total(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i];
        }
        return sum;
    }

    private double walk(int from, int to, double level) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (x[i] - level) * (x[i] - level);
        }
        return sum;
    }
}
