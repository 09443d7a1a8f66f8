package dev.plumbline.core.detect;

import java.util.Arrays;
import java.util.Collection;

/**
 * How often runs of this suite surprise: the tail that the suite itself has shown, whatever its distribution.
 *
 * <p>A Student t tail believes that noise is well behaved; on shared machines it is not: one point in twelve is a
 * spike. So the surprises of all histories of the suite are put together, and a new one is as rare as the suite's past
 * says (a conformal p-value, Vovk, Gammerman and Shafer 2005, section 2.2). Beyond the largest surprise ever seen the
 * tail is continued as a power law with exponent 4, heavier than any noise that has a variance worth the name.
 */
final class SuiteTail {
    private static final double BEYOND_EXPONENT = 4;

    private final double[] sorted;

    private SuiteTail(double[] sorted) {
        this.sorted = sorted;
    }

    static SuiteTail of(Collection<double[]> surprises) {
        double[] all = surprises.stream().flatMapToDouble(Arrays::stream).toArray();
        Arrays.sort(all);
        return new SuiteTail(all);
    }

    int size() {
        return sorted.length;
    }

    /** The share of runs that surprise at least as much; 1 for an unknown tail, never 0. */
    double probability(double surprise) {
        int total = sorted.length;
        int below = lowerBound(surprise);
        double empirical = (1.0 + total - below) / (1.0 + total);
        if (total == 0 || below < total || sorted[total - 1] <= 0) {
            return empirical;
        }
        return empirical * Math.pow(sorted[total - 1] / surprise, BEYOND_EXPONENT);
    }

    /**
     * The probability that some runs surprise as these do: that nearly all of them are as far out, one in four
     * excepted, or that they lie as close together so far out. Spikes are far out, but each elsewhere; a new level is
     * one place. Every question asked is paid for (Bonferroni). 1 for no runs, {@link #probability} for a single one.
     *
     * @param surprises how far each lies in the direction in question, in deviations; 0 for the other direction
     */
    double probabilityOfAll(double[] surprises) {
        double[] ascending = surprises.clone();
        Arrays.sort(ascending);
        int count = ascending.length;
        int excepted = count / 4;
        if (count == 1) {
            return probability(ascending[0]);
        }
        double least = 1;
        for (int left = 0; left <= excepted && left < count; left++) {
            least = Math.min(least, atLeast(count - left, count, probability(ascending[left])));
        }
        // two questions are asked: are they all so far out, and do they lie so close together there
        return Math.min(1, 2 * Math.min(least * (1 + excepted), together(ascending)));
    }

    /** The probability that runs surprise as much as the least of these and lie within the range of these. */
    private double together(double[] ascending) {
        int count = ascending.length;
        if (count < 2 || !(ascending[0] > 0)) {
            return 1;
        }
        int inside = lowerBound(Math.nextUp(ascending[count - 1])) - lowerBound(ascending[0]);
        double near = (1.0 + inside) / (1.0 + sorted.length);
        return probability(ascending[0]) * count * Math.pow(near, count - 1);
    }

    /** The probability of {@code hits} or more of {@code count} independent trials. */
    private static double atLeast(int hits, int count, double probability) {
        double sum = 0;
        double ways = 1; // to choose the misses
        for (int misses = 0; misses <= count - hits; misses++) {
            sum += ways * Math.pow(probability, count - misses) * Math.pow(1 - probability, misses);
            ways = ways * (count - misses) / (misses + 1);
        }
        return Math.min(1, sum);
    }

    /**
     * The least surprise that at most a share of runs reach; infinite for an unknown tail.
     *
     * @param probability above 0, at most 1
     */
    double surpriseAt(double probability) {
        int total = sorted.length;
        if (total == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double rarest = 1.0 / (1 + total);
        if (probability < rarest) {
            return sorted[total - 1] * Math.pow(rarest / probability, 1 / BEYOND_EXPONENT);
        }
        int below = (int) Math.ceil((1.0 + total) * (1 - probability));
        return below == 0 ? 0 : Math.nextUp(sorted[Math.min(below, total) - 1]);
    }

    private int lowerBound(double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
