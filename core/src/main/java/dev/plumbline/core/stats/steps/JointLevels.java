package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.sample.Selection;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The levels of the newest values of a series that is known to have moved several times. A scan tests each step against
 * its neighbours and joins what has few values; all levels together are clear where each is far from the next.
 *
 * <p>Optimal partitioning (Jackson et al. 2005, An algorithm for optimal partitioning of data on an interval) with the
 * biweight loss (Fearnhead and Rigaill 2019, Changepoint detection in the presence of outliers), in which an odd value
 * costs no more than a bounded amount. A known place costs less than another.
 */
final class JointLevels {
    /** The most values that are looked at: earlier steps have enough values for a scan. */
    static final int MOST = 64;

    /** The fewest values before the first known place, and of differences of neighbours, that determine the noise. */
    private static final int LEAST = 6;

    /** The most values before the first known place that determine the noise. */
    private static final int BEFORE = 30;

    /** The loss of a value that is this number of deviations off, and of any farther one. */
    private static final double FAR = 3;

    /** The saving of one more level, in squared deviations: three values have to lie nearly three of them off. */
    private static final double PENALTY = 20;

    /** The same at a known place. */
    private static final double KNOWN_PENALTY = 3;

    /** The fewest values of a level that begins or ends at a place that is not known. */
    private static final int LEAST_UNSEEN = 3;

    private static final double MAD_TO_SIGMA = 1.4826;

    private final double[] x;
    private final int to;
    private final Set<Integer> known;
    private final double deviation;

    private JointLevels(double[] x, int to, Set<Integer> known, double deviation) {
        this.x = x;
        this.to = to;
        this.known = known;
        this.deviation = deviation;
    }

    /**
     * The positions at which levels begin.
     *
     * @param x scores
     * @param from position of the first value to look at
     * @param to position behind the last one
     * @param known positions at which levels are known to begin, ascending
     * @param floor the lower limit of the deviation
     * @return ascending, all behind {@code from}; empty where too few values show the noise
     */
    static List<Integer> of(double[] x, int from, int to, List<Integer> known, double floor) {
        List<Integer> inside =
                known.stream().filter(place -> place > from && place < to).toList();
        if (inside.isEmpty()) {
            return List.of();
        }
        Set<Integer> places = new TreeSet<>(inside);
        double[] steps = new double[to - from];
        int count = 0;
        for (int i = from + 1; i < to; i++) {
            if (!places.contains(i)) {
                steps[count++] = Math.abs(x[i] - x[i - 1]) / Math.sqrt(2);
            }
        }
        int first = inside.get(0);
        if (count < LEAST || first - from < LEAST) {
            return List.of();
        }
        double wide = Spread.medianAbsoluteDeviation(Arrays.copyOfRange(x, Math.max(from, first - BEFORE), first));
        // values of a slope or with a memory have small steps and a wide level
        double deviation = MAD_TO_SIGMA * Math.max(Selection.median(steps, count), wide);
        return new JointLevels(x, to, places, Math.max(deviation, floor)).partition(from);
    }

    private List<Integer> partition(int from) {
        int length = to - from;
        double[] best = new double[length + 1];
        int[] last = new int[length + 1];
        double[] scratch = new double[length];
        for (int end = 1; end <= length; end++) {
            best[end] = Double.POSITIVE_INFINITY;
            for (int start = 0; start < end; start++) {
                if (!isLevel(from, start, end)) {
                    continue;
                }
                double cost = best[start] + loss(from + start, from + end, scratch) + penalty(from, start);
                if (cost < best[end]) {
                    best[end] = cost;
                    last[end] = start;
                }
            }
        }
        List<Integer> places = new ArrayList<>();
        for (int end = length; last[end] > 0; end = last[end]) {
            places.add(0, from + last[end]);
        }
        return places;
    }

    /** Few values are a level where that is known at both ends; others may be odd. */
    private boolean isLevel(int from, int start, int end) {
        boolean isSeen =
                (start == 0 || known.contains(from + start)) && (from + end == to || known.contains(from + end));
        return isSeen || end - start >= LEAST_UNSEEN;
    }

    private double penalty(int from, int start) {
        return start == 0 ? 0 : known.contains(from + start) ? KNOWN_PENALTY : PENALTY;
    }

    private double loss(int start, int end, double[] scratch) {
        System.arraycopy(x, start, scratch, 0, end - start);
        double level = Selection.median(scratch, end - start);
        double loss = 0;
        for (int i = start; i < end; i++) {
            double distance = Math.min(FAR, Math.abs(x[i] - level) / deviation);
            loss += distance * distance;
        }
        return loss;
    }
}
