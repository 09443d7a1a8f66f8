package dev.plumbline.core.stats.sample;

import dev.plumbline.core.stats.distribution.Require;
import java.util.List;

/**
 * Computes the number of iterations of a fork beyond which another fork is worth more in the same time.
 *
 * <p>With a deviation between forks and one between the iterations of a fork, the mean of all is known best for the
 * time spent when each fork makes √(cost of a fork / cost of an iteration · variance inside / variance between)
 * iterations (Kalibera and Jones, Rigorous benchmarking in reasonable time, 2013, section 6).
 */
public final class ForkBalance {
    private static final int MOST = 50;

    private ForkBalance() {}

    /**
     * Iterations for each of the next forks, from 1 to 50.
     *
     * @param forks the values of each fork so far, at least two with at least two finite values each
     * @param forkCost the time that a fork takes before its first iteration counts, warm-up included; positive
     * @param iterationCost the time of one iteration, in the same unit; positive
     */
    public static int iterations(List<double[]> forks, double forkCost, double iterationCost) {
        if (forks.size() < 2 || !(forkCost > 0) || !(iterationCost > 0)) {
            throw new IllegalArgumentException(
                    forks.size() + " forks at " + forkCost + ", iterations at " + iterationCost);
        }
        double[] means = new double[forks.size()];
        double within = 0;
        double inverse = 0;
        for (int i = 0; i < means.length; i++) {
            double[] values = Require.finite(forks.get(i), 2, "forks");
            means[i] = Location.mean(values);
            double deviation = Spread.standardDeviation(values);
            within += deviation * deviation / means.length;
            inverse += 1.0 / values.length / means.length;
        }
        double ofMeans = Spread.standardDeviation(means);
        return iterations(within, Math.max(0, ofMeans * ofMeans - within * inverse), forkCost, iterationCost);
    }

    /**
     * The same where the noise is known.
     *
     * @param within variance of the iterations of a fork, from 0
     * @param between variance of forks beyond what their iterations explain, from 0
     */
    public static int iterations(double within, double between, double forkCost, double iterationCost) {
        if (!(within >= 0) || !(between >= 0) || !(forkCost > 0) || !(iterationCost > 0)) {
            throw new IllegalArgumentException("variances " + within + " within, " + between + " between, forks at "
                    + forkCost + ", iterations at " + iterationCost);
        }
        if (within == 0) {
            return 1;
        }
        // forks that do not differ ask for iterations without end, and forks without noise inside for none
        double best = Math.ceil(Math.sqrt(forkCost / iterationCost * within / between));
        return (int) Math.max(1, Math.min(MOST, best));
    }
}
