package dev.plumbline.core.stats;

import java.util.Arrays;

/** How the iterations of one fork become its one value. */
public enum ForkValue {
    /** Their mean: what most tools report, and what adds up to the time spent. A few wild iterations carry it away. */
    MEAN,

    /** Their median: unmoved by wild iterations, and less precise where there are none. */
    MEDIAN,

    /**
     * Their mean after those farther than three robust standard deviations from the median are pulled in to there, with
     * one scale for all forks of a side: as precise as the mean without wild iterations, and hardly moved by a few. Where
     * a side has no scale (more than half of its iterations equal their median) this is the mean.
     */
    WINSORISED_MEAN;

    private static final double CLIP = 3;

    /** The iterations of one side's forks as they count: as they are, or pulled in. */
    double[][] counted(double[][] forks) {
        if (this != WINSORISED_MEAN) {
            return forks;
        }
        int total = 0;
        for (double[] fork : forks) {
            total += fork.length;
        }
        double[] distances = new double[total];
        double[] medians = new double[forks.length];
        int filled = 0;
        int spent = 0;
        for (int f = 0; f < forks.length; f++) {
            medians[f] = Location.median(forks[f]);
            // the median of an odd number is one of them, at a distance of zero that says nothing
            spent += forks[f].length % 2;
            for (double value : forks[f]) {
                distances[filled++] = Math.abs(value - medians[f]);
            }
        }
        Arrays.sort(distances);
        double[] free = Arrays.copyOfRange(distances, Math.min(spent, total - 1), total);
        double limit = CLIP * Spread.MAD_TO_SIGMA * Location.medianOfSorted(free);
        if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
            return forks;
        }
        double[][] counted = new double[forks.length][];
        for (int f = 0; f < forks.length; f++) {
            counted[f] = new double[forks[f].length];
            for (int i = 0; i < counted[f].length; i++) {
                counted[f][i] = Math.max(medians[f] - limit, Math.min(medians[f] + limit, forks[f][i]));
            }
        }
        return counted;
    }

    /** The value of one fork from the iterations as they count. */
    double of(double[] counted) {
        return this == MEDIAN ? Location.median(counted) : Location.mean(counted);
    }
}
