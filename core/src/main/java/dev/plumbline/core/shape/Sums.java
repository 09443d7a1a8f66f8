package dev.plumbline.core.shape;

import dev.plumbline.core.stats.Location;

/**
 * Scores with their running sums, with which mean and scatter of a stretch take a few operations whatever its length.
 *
 * <p>The sums are taken around the median, which keeps digits; where a stretch scatters so little beside what lies
 * before it that too few are left, its scores are gone through. {@linkplain #walked Walked} ones have no sums: whatever
 * is fitted to them goes through the scores every time, by the plain formulas. Numbers of the two may differ in
 * their last digits, and so what is decided by them where two descriptions are alike but for rounding.
 */
final class Sums {
    /** With a smaller share of the running squares left, too few of their digits are. */
    private static final double LEAST_SHARE = 1e-6;

    private final double[] x;
    private final boolean walked;
    private final double centre;
    private final double[] totals;
    private final double[] squares;
    private final double[] lowest;
    private final double[] highest;

    private Sums(double[] x, boolean walked) {
        this.x = x;
        this.walked = walked;
        int n = walked ? 0 : x.length;
        centre = walked ? 0 : Location.median(x);
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
    }

    /** @param x at least one finite score */
    static Sums of(double[] x) {
        return new Sums(x, false);
    }

    /** Scores without sums. */
    static Sums walked(double[] x) {
        return new Sums(x, true);
    }

    boolean isWalked() {
        return walked;
    }

    double[] scores() {
        return x;
    }

    int size() {
        return x.length;
    }

    /** The mean of {@code [from, to)}. */
    double mean(int from, int to) {
        return walked ? total(from, to) / (to - from) : centre + (totals[to] - totals[from]) / (to - from);
    }

    /** The sum of the squared distances of {@code [from, to)} from a level. */
    double around(int from, int to, double level) {
        if (walked) {
            return walk(from, to, level);
        }
        double total = totals[to] - totals[from];
        double count = (double) to - from;
        double scatter = squares[to] - squares[from] - total * total / count;
        double off = centre + total / count - level;
        return scatter < LEAST_SHARE * squares[to] ? walk(from, to, level) : scatter + count * off * off;
    }

    /** The least of the first so many; not of walked ones. */
    double lowest(int count) {
        return lowest[count];
    }

    /** The greatest of the first so many; not of walked ones. */
    double highest(int count) {
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
