package dev.plumbline.core.history;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.KnownLevels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places of steps for which checks are more precise than a scan of all values, which joins a few values of a level with
 * their neighbours: a short regression that recovered, and the onset of one that lasts.
 */
final class CalledPlaces {
    /** The place of a step in a history may be this number of runs before the onset that checks report. */
    private static final int NEARBY = 5;

    /** One that went back begins and ends no farther from where the values put it. */
    private static final int NEAR = 3;

    /** The number of points that determine the level before. */
    private static final int BEFORE = 10;

    private CalledPlaces() {}

    /**
     * @param levels indices at which the levels of the newest points begin that checks detected; {@link CalledLevels}
     * @param accepted indices of the first points of accepted levels: a step to one of them is where it is
     * @param ended indices of the first points of levels that are over, and behind them: the same
     * @param off indices of points that determine no level
     */
    static List<KnownLevels.Place> of(
            Series series, List<Integer> levels, List<Integer> accepted, List<Integer> ended, List<Integer> off) {
        double[] values = series.values();
        boolean isUp = series.better().isWorse(1);
        List<KnownLevels.Place> places = new ArrayList<>();
        for (RecoveredRegression one : RecoveredRegression.of(series, values, accepted)) {
            places.add(new KnownLevels.Place(
                    between(Math.max(1, one.index() - NEAR + 1), one.end()),
                    between(one.index() + 1, one.end() + NEAR),
                    List.of(one.index(), one.end()),
                    isUp));
        }
        List<Point> points = series.points();
        int onset = CalledStretch.onset(points, series.better());
        if (onset < points.size()) {
            int level = accepted.stream().filter(index -> index < onset).reduce(0, Math::max);
            int begin = begin(points, values, off, level, onset);
            IntStream early = IntStream.rangeClosed(Math.max(1, onset - NEARBY), onset);
            IntStream late = IntStream.rangeClosed(onset + 1, Math.min(onset + NEAR, points.size() - 1))
                    .filter(step -> !isBefore(points, values, off, onset, step));
            List<Integer> others = IntStream.concat(early, late)
                    .filter(step -> step != begin)
                    .filter(step -> !ended.contains(step)
                            && accepted.stream().noneMatch(index -> Math.abs(index - step) <= NEAR))
                    .boxed()
                    .toList();
            if (!others.isEmpty()) {
                places.add(new KnownLevels.Place(others, List.of(), List.of(begin), isUp));
            }
        }
        for (int i = 1; i < levels.size(); i++) {
            places.add(further(levels, i, points.size(), isUp));
        }
        return places;
    }

    /** A further loss: the steps that are nearer to its beginning than to that of another level. */
    private static KnownLevels.Place further(List<Integer> levels, int place, int count, boolean isUp) {
        int begin = levels.get(place);
        int before = levels.get(place - 1);
        int next = place + 1 < levels.size() ? levels.get(place + 1) : count;
        List<Integer> others = IntStream.rangeClosed(begin - NEAR, begin + NEAR)
                .filter(step -> step != begin && begin - step < step - before && step - begin < next - step)
                .boxed()
                .toList();
        return new KnownLevels.Place(others, List.of(), List.of(begin), isUp);
    }

    /**
     * The index where a change began that checks detected from another on: with the runs right before that are nearer
     * to its first ones than to the level before, though they passed their checks. More runs of it do not move it.
     *
     * @param level index where that level begins, at least
     */
    private static int begin(List<Point> points, double[] values, List<Integer> off, int level, int onset) {
        double[] good = good(points, values, off, level, onset);
        if (good.length == 0) {
            return onset;
        }
        double before = Location.median(Arrays.copyOfRange(good, Math.max(0, good.length - BEFORE), good.length));
        double after = Location.median(Arrays.copyOfRange(values, onset, Math.min(values.length, onset + NEAR)));
        int begin = onset;
        while (begin > Math.max(level + 1, onset - NEARBY)
                && !off.contains(begin - 1)
                && Math.abs(values[begin - 1] - after) < Math.abs(values[begin - 1] - before)) {
            begin--;
        }
        return begin;
    }

    /** The values from one index to before another that no check detected. */
    private static double[] good(List<Point> points, double[] values, List<Integer> off, int from, int to) {
        return IntStream.range(from, to)
                .filter(i -> !points.get(i).judgedBad() && !off.contains(i))
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static List<Integer> between(int first, int end) {
        return IntStream.range(first, end).boxed().toList();
    }

    /** Whether the points from one place to another lie nearer to the level before than to that behind them. */
    private static boolean isBefore(List<Point> points, double[] values, List<Integer> off, int from, int to) {
        double[] before = good(points, values, off, 0, from);
        if (before.length == 0) {
            return false;
        }
        double good = Location.median(Arrays.copyOfRange(before, Math.max(0, before.length - BEFORE), before.length));
        double bad = Location.median(Arrays.copyOfRange(values, to, values.length));
        double[] between = IntStream.range(from, to)
                .filter(i -> !off.contains(i))
                .mapToDouble(i -> values[i])
                .toArray();
        return between.length == 0
                || Math.abs(Location.median(between) - good) < Math.abs(Location.median(between) - bad);
    }
}
