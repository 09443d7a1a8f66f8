package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;

/**
 * The chance that a value of the candidate lies above one of the base, less the chance that it lies below: from −1 to
 * 1, and 0 when neither side tends to be above (Cliff 1993).
 */
public final class CliffsDelta {
    private CliffsDelta() {}

    /**
     * @param delta from −1, every candidate below every base value, to 1
     * @param interval of the population's delta, within [−1, 1]; for one value a side the whole range
     */
    public record Result(double delta, Interval interval) {}

    /**
     * The effect of the candidate against the base.
     *
     * <p>The interval is the asymmetric one of Feng and Cliff (2004), which keeps its confidence near the ends; at the
     * ends themselves it is the one-sided bound that the sizes allow.
     *
     * @param base at least one finite value
     * @param candidate at least one finite value
     */
    public static Result of(double[] base, double[] candidate, double confidence) {
        double[] a = Location.sorted(Require.finite(base, 1, "base"));
        double[] b = Location.sorted(Require.finite(candidate, 1, "candidate"));
        Require.fraction(confidence, "confidence");
        double[] ofBase = dominance(b, a);
        double[] ofCandidate = dominance(a, b);
        double delta = Location.mean(ofCandidate);
        int m = a.length;
        int n = b.length;
        if (m == 1 || n == 1) {
            return new Result(delta, new Interval(-1, 1, confidence));
        }
        double z = StudentT.upperQuantile((1 - confidence) / 2, m + n - 2.0);
        if (Math.abs(delta) == 1) {
            // complete separation has no variance; the score interval of the smallest overlap is used instead
            int least = Math.min(m, n);
            double bound = (least - z * z) / (least + z * z);
            return delta > 0
                    ? new Result(1, new Interval(Math.max(-1, bound), 1, confidence))
                    : new Result(-1, new Interval(-1, Math.min(1, -bound), confidence));
        }
        double squaresA = 0;
        for (double d : ofBase) {
            squaresA += (d + delta) * (d + delta);
        }
        double squaresB = 0;
        for (double d : ofCandidate) {
            squaresB += (d - delta) * (d - delta);
        }
        double product = (double) m * n;
        double cells = squaresOfCells(a, b, delta);
        double variance =
                ((double) n * n * squaresA + (double) m * m * squaresB - cells) / (product * (m - 1) * (n - 1));
        variance = Math.max(variance, (1 - delta * delta) / (product - 1));
        double d2 = delta * delta;
        double root = z * Math.sqrt(variance) * Math.sqrt((1 - d2) * (1 - d2) + z * z * variance);
        double denominator = 1 - d2 + z * z * variance;
        double centre = delta - delta * d2;
        return new Result(
                delta,
                new Interval(
                        Math.max(-1, (centre - root) / denominator),
                        Math.min(1, (centre + root) / denominator),
                        confidence));
    }

    /** For each of the values, the share of the others below it less the share above it. */
    private static double[] dominance(double[] others, double[] values) {
        double[] result = new double[values.length];
        int below = 0;
        int upTo = 0;
        for (int i = 0; i < values.length; i++) {
            while (below < others.length && others[below] < values[i]) {
                below++;
            }
            upTo = Math.max(upTo, below);
            while (upTo < others.length && others[upTo] <= values[i]) {
                upTo++;
            }
            result[i] = (below - (double) (others.length - upTo)) / others.length;
        }
        return result;
    }

    /** The sum over all pairs of (sign − delta)², from the counts of signs. */
    private static double squaresOfCells(double[] a, double[] b, double delta) {
        long above = 0;
        long below = 0;
        int i = 0;
        int equal = 0;
        for (double value : b) {
            while (i < a.length && a[i] < value) {
                i++;
            }
            equal = Math.max(equal, i);
            while (equal < a.length && a[equal] <= value) {
                equal++;
            }
            above += i;
            below += a.length - equal;
        }
        long ties = (long) a.length * b.length - above - below;
        return above * (1 - delta) * (1 - delta) + below * (1 + delta) * (1 + delta) + ties * delta * delta;
    }
}
