package dev.plumbline.core.stats.sample;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The ways to reduce the iterations of one fork to its one value. */
public enum ForkValue {
    /**
     * Their mean: what most tools report, and what adds up to the time spent. A few outlying iterations shift it.
     */
    MEAN,

    /** Their median: unmoved by outlying iterations, and less precise where there are none. */
    MEDIAN,

    /**
     * Their mean after those farther than three robust standard deviations from the median are pulled in to there: as
     * precise as the mean without outlying iterations, and hardly moved by a few.
     *
     * <p>The scale is one for all forks of both sides, relative to the fork's median where all medians are above zero.
     * A scale of its own for each side would move all forks of that side together, and pass for a difference. Where
     * there is no scale (more than half of all iterations equal their median) this is the mean.
     */
    WINSORISED_MEAN;

    private static final double CLIP = 3;

    /** The iterations of both sides, base first, as they count: as they are, or pulled in. */
    List<double[][]> counted(double[][] base, double[][] candidate) {
        if (this != WINSORISED_MEAN) {
            return List.of(base, candidate);
        }
        double[] medians = Stream.of(base, candidate)
                .flatMap(Arrays::stream)
                .mapToDouble(Location::median)
                .toArray();
        boolean relative = Arrays.stream(medians).allMatch(median -> median > 0);
        double[][] forks = Stream.of(base, candidate).flatMap(Arrays::stream).toArray(double[][]::new);
        double limit = CLIP * Spread.MAD_TO_SIGMA * typicalDistance(forks, medians, relative);
        if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
            return List.of(base, candidate);
        }
        double[][] counted = new double[forks.length][];
        for (int f = 0; f < forks.length; f++) {
            double reach = relative ? limit * medians[f] : limit;
            counted[f] = new double[forks[f].length];
            for (int i = 0; i < counted[f].length; i++) {
                counted[f][i] = Math.max(medians[f] - reach, Math.min(medians[f] + reach, forks[f][i]));
            }
        }
        return List.of(Arrays.copyOf(counted, base.length), Arrays.copyOfRange(counted, base.length, counted.length));
    }

    private static double typicalDistance(double[][] forks, double[] medians, boolean relative) {
        int total = 0;
        for (double[] fork : forks) {
            total += fork.length;
        }
        double[] distances = new double[total];
        int filled = 0;
        int spent = 0;
        for (int f = 0; f < forks.length; f++) {
            // the median of an odd number is one of the values, and its distance of zero carries no information
            spent += forks[f].length % 2;
            for (double value : forks[f]) {
                distances[filled++] = Math.abs(value - medians[f]) / (relative ? medians[f] : 1);
            }
        }
        Arrays.sort(distances);
        return Location.medianOfSorted(Arrays.copyOfRange(distances, Math.min(spent, total - 1), total));
    }

    /** The value of one fork from the iterations as they count. */
    double of(double[] counted) {
        return this == MEDIAN ? Location.median(counted) : Location.mean(counted);
    }
}
