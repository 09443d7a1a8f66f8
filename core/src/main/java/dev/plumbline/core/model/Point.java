package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.sample.Spread;

/**
 * One run's place in a series.
 *
 * @param run the run
 * @param value the sample's location in the series' unit
 * @param groupCount the number of independent groups (forks); for a share in percent the number of trials, if known
 * @param groupDeviation the standard deviation of the groups' logarithms (about their coefficient of variation),
 * excluding a disturbed group if that does not affect the location either; 0 with one group or a location that is not
 * positive
 * @param judgedBad whether a check once reported this point as a regression that is not accepted: such points are never
 *     part of a baseline
 */
public record Point(RunInfo run, double value, int groupCount, double groupDeviation, boolean judgedBad) {
    /** The fewest groups from which an outlier can be identified. */
    private static final int ENOUGH_TO_CLIP = 4;

    public Point {
        check(run, value, groupCount, groupDeviation);
    }

    /** Checks the invariants of every point. */
    static void check(RunInfo run, double value, int groupCount, double groupDeviation) {
        requireNonNull(run, "run");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a measured value is a finite number, not " + value);
        }
        if (groupCount < 1 || !(groupDeviation >= 0)) {
            throw new IllegalArgumentException(groupCount + " groups with deviation " + groupDeviation);
        }
    }

    /** The point of a sample in its own unit. */
    public static Point of(RunInfo run, Sample sample) {
        return new Point(run, sample.location(), groupCount(sample), groupDeviation(sample), false);
    }

    /** The number of independent groups of a sample, as {@link #groupCount} wants it. */
    public static int groupCount(Sample sample) {
        return sample instanceof Sample.Summary summary && summary.isShare()
                ? (int) Math.min(summary.count(), Integer.MAX_VALUE)
                : sample.groupCount();
    }

    /** The same in another unit; a value that overflows there is the largest double. */
    public Point times(double factor) {
        return new Point(
                run,
                Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value * factor)),
                groupCount,
                groupDeviation,
                judgedBad);
    }

    /** The same point, judged a regression. */
    public Point asJudgedBad() {
        return judgedBad ? this : new Point(run, value, groupCount, groupDeviation, true);
    }

    /** The same, not judged bad. */
    public Point asJudgedGood() {
        return new Point(run, value, groupCount, groupDeviation, false);
    }

    /** The standard deviation of the logarithms of the sample's groups, as defined by {@link #groupDeviation}. */
    public static double groupDeviation(Sample sample) {
        double[] groups = sample.groupLocations();
        if (groups.length < 2) {
            return 0;
        }
        for (int i = 0; i < groups.length; i++) {
            if (!(groups[i] > 0)) {
                return 0;
            }
            groups[i] = Math.log(groups[i]);
        }
        boolean isRobust = sample instanceof Sample.Values values && values.center() == Sample.Center.PSEUDOMEDIAN;
        return isRobust && groups.length >= ENOUGH_TO_CLIP
                ? Spread.winsorisedDeviation(groups)
                : Spread.standardDeviation(groups);
    }
}
