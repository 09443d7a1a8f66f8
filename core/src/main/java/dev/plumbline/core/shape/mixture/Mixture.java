package dev.plumbline.core.shape.mixture;

import java.util.Arrays;

/**
 * Normal distributions with one deviation in common, fitted by expectation and maximisation (Dempster, Laird and Rubin
 * 1977) from the best cuts of the sorted values.
 *
 * @param means ascending
 * @param weights as many, their sum is 1
 * @param deviation of each
 * @param logLikelihood natural logarithm, without the constant
 */
public record Mixture(double[] means, double[] weights, double deviation, double logLikelihood) {
    private static final int ITERATIONS = 40;
    private static final double CONVERGED = 1e-3;

    /** A mixture of normals for groups of values. */
    public static Mixture of(Groups groups, int count, double floor) {
        double[] centres = groups.centres();
        double[] sizes = groups.counts();
        double total = 0;
        for (double size : sizes) {
            total += size;
        }
        double[] means = new double[count];
        double[] weights = new double[count];
        int[] cuts = cuts(groups, count);
        double squares = 0;
        for (int k = 0; k < count; k++) {
            int from = cuts[k];
            int to = cuts[k + 1];
            for (int i = from; i < to; i++) {
                weights[k] += sizes[i];
                means[k] += sizes[i] * centres[i];
            }
            means[k] /= weights[k];
            for (int i = from; i < to; i++) {
                squares += sizes[i] * (centres[i] - means[k]) * (centres[i] - means[k]);
            }
            weights[k] /= total;
        }
        double deviation = Math.max(floor, Math.sqrt(squares / total));
        double likelihood = Double.NEGATIVE_INFINITY;
        double[] shares = new double[count];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] counts = new double[count];
            double[] totals = new double[count];
            double spread = 0;
            double narrow = 1 / (2 * deviation * deviation);
            LogProduct product = new LogProduct();
            for (int i = 0; i < centres.length; i++) {
                double value = centres[i];
                double density = 0;
                for (int k = 0; k < count; k++) {
                    double off = value - means[k];
                    shares[k] = weights[k] * Decay.of(off * off * narrow);
                    density += shares[k];
                }
                density = Math.max(density, Double.MIN_NORMAL);
                product.times(density, sizes[i]);
                double size = sizes[i] / density;
                for (int k = 0; k < count; k++) {
                    double share = shares[k] * size;
                    double off = value - means[k];
                    counts[k] += share;
                    totals[k] += share * off;
                    spread += share * off * off;
                }
            }
            double now = product.value() - total * StrictMath.log(deviation);
            boolean done = now - likelihood < CONVERGED;
            likelihood = now;
            if (done) {
                break;
            }
            for (int k = 0; k < count; k++) {
                means[k] += counts[k] > 0 ? totals[k] / counts[k] : 0;
                weights[k] = counts[k] / total;
            }
            deviation = Math.max(floor, Math.sqrt(spread / total));
        }
        return new Mixture(means, weights, deviation, likelihood);
    }

    /** The groups of the best split into {@code parts}, each part cut out of the one with the largest rest. */
    private static int[] cuts(Groups groups, int count) {
        int size = groups.centres().length;
        double centre = groups.centres()[size / 2];
        double[] counts = new double[size + 1];
        double[] sums = new double[size + 1];
        double[] squares = new double[size + 1];
        for (int i = 0; i < size; i++) {
            double off = groups.centres()[i] - centre;
            double number = groups.counts()[i];
            counts[i + 1] = counts[i] + number;
            sums[i + 1] = sums[i] + number * off;
            squares[i + 1] = squares[i] + number * off * off;
        }
        int[] cuts = {0, size};
        while (cuts.length <= count) {
            int widest = 0;
            double most = -1;
            for (int k = 0; k + 1 < cuts.length; k++) {
                double left = around(counts, sums, squares, cuts[k], cuts[k + 1]);
                if (cuts[k + 1] - cuts[k] > 1 && left > most) {
                    most = left;
                    widest = k;
                }
            }
            int from = cuts[widest];
            int to = cuts[widest + 1];
            int best = from + 1;
            double least = Double.POSITIVE_INFINITY;
            for (int cut = from + 1; cut < to; cut++) {
                double left = around(counts, sums, squares, from, cut) + around(counts, sums, squares, cut, to);
                if (left < least) {
                    least = left;
                    best = cut;
                }
            }
            int[] more = Arrays.copyOf(cuts, cuts.length + 1);
            more[more.length - 1] = best;
            Arrays.sort(more);
            cuts = more;
        }
        return cuts;
    }

    /** The squares that one level leaves over, by running sums. */
    private static double around(double[] counts, double[] sums, double[] squares, int from, int to) {
        double sum = sums[to] - sums[from];
        return Math.max(0, squares[to] - squares[from] - sum * sum / (counts[to] - counts[from]));
    }

    /** The smallest distance between neighbouring means, in deviations. */
    public double separation() {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k < means.length; k++) {
            least = Math.min(least, (means[k] - means[k - 1]) / deviation);
        }
        return least;
    }

    public double smallestWeight() {
        return Arrays.stream(weights).min().orElse(0);
    }

    /**
     * The logarithm of the likelihood of one hump: the normal, the double exponential, or the log-normal with a shift
     * that fits its skew, whichever is likelier. A hump with heavy tails is not two, and neither is a skewed one.
     */
    public static double oneHump(double[] sorted, double floor) {
        int n = sorted.length;
        double normal = Math.max(normal(sorted, floor), doubleExponential(sorted, floor));
        double low = sorted[(int) (0.05 * (n - 1))];
        double middle = sorted[(n - 1) / 2];
        double high = sorted[(int) (0.95 * (n - 1))];
        double lean = low + high - 2 * middle;
        if (lean == 0) {
            return normal;
        }
        double shift = (low * high - middle * middle) / lean;
        double span = Math.max(sorted[n - 1] - sorted[0], floor);
        double[] logs = new double[n];
        double correction = 0;
        for (int i = 0; i < n; i++) {
            double distance = lean > 0
                    ? sorted[i] - Math.min(shift, sorted[0] - span / n)
                    : Math.max(shift, sorted[n - 1] + span / n) - sorted[i];
            logs[i] = StrictMath.log(distance);
            correction += logs[i];
        }
        return Math.max(normal, normal(logs, 1e-9) - correction);
    }

    private static double doubleExponential(double[] sorted, double floor) {
        double median = sorted[sorted.length / 2];
        double size = 0;
        for (double value : sorted) {
            size += Math.abs(value - median) / sorted.length;
        }
        return sorted.length * (StrictMath.log(2 * Math.PI) / 2 - StrictMath.log(2 * Math.max(floor, size)) - 1);
    }

    private static double normal(double[] values, double floor) {
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.max(floor, Math.sqrt(squares / values.length));
        return -values.length * (StrictMath.log(deviation) + squares / values.length / (2 * deviation * deviation));
    }
}
