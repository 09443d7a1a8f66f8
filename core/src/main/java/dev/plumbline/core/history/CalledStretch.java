package dev.plumbline.core.history;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.List;

/** The newest points of a series that were all judged bad, and the place where the lasting change began. */
public final class CalledStretch {
    /** The number of points that determine a level. */
    private static final int NEWEST = 5;

    /** The number of points behind the onset that fix its place. */
    private static final int LEAST_BEHIND = 2;

    private static final int BEFORE = 10;

    /** The fewest points from which noise is estimated. */
    private static final int LEAST_BEFORE = 4;

    /** The probability that chance moves points of the level before that far. */
    private static final double CHANCE = 0.001;

    private CalledStretch() {}

    /** The index of the first of the newest points that were all judged bad; the number of points where none was. */
    public static int begin(List<Point> points) {
        int begin = points.size();
        while (begin > 0 && points.get(begin - 1).judgedBad()) {
            begin--;
        }
        return begin;
    }

    /**
     * The index where the change of the newest points began: behind the points at the beginning of the stretch that
     * were detected by mistake. These lie nearer to the level before than to that of the points behind them and of the
     * newest ones, and no farther from it than chance takes them. A slope begins with its first called point.
     *
     * <p>Once two later points have shown that some were false alarms, they stay so: later points do not move the
     * beginning back, so that a change keeps its commit and its id.
     *
     * @param begin index of the first point of the stretch
     * @param points of the series up to the last one of the stretch
     */
    public static int onset(List<Point> points, int begin, Better better) {
        if (points.size() - begin < 2) {
            return begin;
        }
        double[] all = points.subList(0, begin).stream()
                .filter(point -> !point.judgedBad())
                .mapToDouble(Point::value)
                .toArray();
        double[] before = Arrays.copyOfRange(all, Math.max(0, all.length - BEFORE), all.length);
        if (before.length < LEAST_BEFORE) {
            return begin;
        }
        int sign = better.isWorse(1) ? 1 : -1;
        double good = Location.median(before);
        // distances for the worse
        double[] distances = points.subList(begin, points.size()).stream()
                .mapToDouble(point -> sign * (point.value() - good))
                .toArray();
        if (Arrays.stream(distances).skip(1).noneMatch(distance -> distance / 2 > distances[0])) {
            return begin; // as nearly always, and for no more than a look
        }
        int found = 0;
        for (int end = 2; end <= distances.length; end++) {
            found = Math.max(found, onset(Arrays.copyOf(distances, end), found, before, end < distances.length));
        }
        return begin + found;
    }

    /** @param isEarlier whether more points came since: a single one moved no position that is still valid */
    private static int onset(double[] distances, int known, double[] before, boolean isEarlier) {
        double farthest = Double.NEGATIVE_INFINITY;
        double most = Arrays.stream(distances).max().orElseThrow();
        int found = 0;
        for (int onset = 1; onset <= distances.length - (isEarlier ? LEAST_BEHIND : 1); onset++) {
            farthest = Math.max(farthest, distances[onset - 1]);
            if (farthest >= most / 2) {
                return found; // nothing behind it can lie far enough from it
            }
            if (onset <= known) {
                continue;
            }
            int newest = Math.max(onset, distances.length - NEWEST);
            double distance = level(distances, newest, distances.length);
            double first = level(distances, onset, Math.min(distances.length, onset + NEWEST));
            if (farthest < Math.min(first, distance) / 2
                    && isApart(distance, before, distances.length - newest)
                    && !isApart(level(distances, 0, onset), before, onset)) {
                found = onset;
            }
        }
        return found;
    }

    /**
     * Whether some runs lie farther from others than chance puts runs of one level, by Student's t test with the
     * scatter of the others.
     *
     * @param distance of the runs, positive for the worse
     * @param others their values, at least two
     * @param runs how many
     */
    static boolean isApart(double distance, double[] others, int runs) {
        double error = Spread.standardDeviation(others) * Math.sqrt(1.0 / others.length + 1.0 / runs);
        return distance > 0 && (error == 0 || StudentT.survival(distance / error, others.length - 1.0) < CHANCE);
    }

    /** The same for the newest points. */
    public static int onset(List<Point> points, Better better) {
        return onset(points, begin(points), better);
    }

    private static double level(double[] distances, int from, int to) {
        return Location.median(Arrays.copyOfRange(distances, from, to));
    }
}
