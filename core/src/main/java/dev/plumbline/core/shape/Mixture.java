package dev.plumbline.core.shape;

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
record Mixture(double[] means, double[] weights, double deviation, double logLikelihood) {
    private static final int ITERATIONS = 40;
    private static final double CONVERGED = 1e-3;
    /** The product of two such numbers is still a normal one. */
    private static final double SMALL = 1e-150;

    /** So many normals for sorted values. */
    static Mixture of(double[] sorted, int count, double floor) {
        return fitted(sorted, count, floor, true);
    }

    /** The same to twelve digits or so, and sooner. */
    static Mixture about(double[] sorted, int count, double floor) {
        return fitted(sorted, count, floor, false);
    }

    private static Mixture fitted(double[] sorted, int count, double floor, boolean exact) {
        double[] means = new double[count];
        double[] weights = new double[count];
        int[] cuts = cuts(sorted, count);
        double squares = 0;
        for (int k = 0; k < count; k++) {
            int from = cuts[k];
            int to = cuts[k + 1];
            for (int i = from; i < to; i++) {
                means[k] += sorted[i] / (to - from);
            }
            for (int i = from; i < to; i++) {
                squares += (sorted[i] - means[k]) * (sorted[i] - means[k]);
            }
            weights[k] = (double) (to - from) / sorted.length;
        }
        double deviation = Math.max(floor, Math.sqrt(squares / sorted.length));
        double likelihood = Double.NEGATIVE_INFINITY;
        double[] shares = new double[count];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] counts = new double[count];
            double[] totals = new double[count];
            double spread = 0;
            double now = exact ? 0 : -sorted.length * StrictMath.log(deviation);
            double product = 1;
            for (double value : sorted) {
                double density = 0;
                for (int k = 0; k < count; k++) {
                    double z = (value - means[k]) / deviation;
                    shares[k] = weights[k] * (exact ? StrictMath.exp(-z * z / 2) : Decay.of(z * z / 2));
                    density += shares[k];
                }
                density = Math.max(density, Double.MIN_NORMAL);
                if (exact) {
                    now += StrictMath.log(density / deviation);
                } else {
                    // one logarithm of a product is cheaper than one of each
                    if (product < SMALL || density < SMALL) {
                        now += StrictMath.log(product);
                        product = 1;
                    }
                    product *= density;
                }
                for (int k = 0; k < count; k++) {
                    double share = shares[k] / density;
                    counts[k] += share;
                    totals[k] += share * value;
                    spread += share * (value - means[k]) * (value - means[k]);
                }
            }
            now += StrictMath.log(product);
            boolean done = now - likelihood < CONVERGED;
            likelihood = now;
            if (done) {
                break;
            }
            for (int k = 0; k < count; k++) {
                means[k] = counts[k] > 0 ? totals[k] / counts[k] : means[k];
                weights[k] = counts[k] / sorted.length;
            }
            deviation = Math.max(floor, Math.sqrt(spread / sorted.length));
        }
        return new Mixture(means, weights, deviation, likelihood);
    }

    /** The sorted values in so many parts that leave least over, each part cut out of the one that leaves most. */
    private static int[] cuts(double[] sorted, int count) {
        Ramps ramps = new Ramps(sorted, sorted[sorted.length / 2]);
        int[] cuts = {0, sorted.length};
        while (cuts.length <= count) {
            int widest = 0;
            double most = -1;
            for (int k = 0; k + 1 < cuts.length; k++) {
                double left = ramps.around(cuts[k], cuts[k + 1]);
                if (cuts[k + 1] - cuts[k] > 1 && left > most) {
                    most = left;
                    widest = k;
                }
            }
            int cut = Math.max(cuts[widest] + 1, ramps.cut(cuts[widest], cuts[widest + 1], 1));
            int[] more = Arrays.copyOf(cuts, cuts.length + 1);
            more[more.length - 1] = cut;
            Arrays.sort(more);
            cuts = more;
        }
        return cuts;
    }

    /** The smallest distance between neighbouring means, in deviations. */
    double separation() {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k < means.length; k++) {
            least = Math.min(least, (means[k] - means[k - 1]) / deviation);
        }
        return least;
    }

    double smallestWeight() {
        return Arrays.stream(weights).min().orElse(0);
    }

    /**
     * The logarithm of the likelihood of one hump: the normal, the double exponential, or the log-normal with a shift
     * that fits its skew, whichever is likelier. A hump with heavy tails is not two, and neither is a skewed one.
     */
    static double oneHump(double[] sorted, double floor) {
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
