package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.KnownLevels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A regression that checks detected in several runs and that recovered: the runs after it are at the earlier level. It
 * is often too short to be a level of its own in the whole history.
 *
 * @param index of its first point
 * @param end index of the first point that is back
 * @param before the level around it
 * @param after the level of its points
 */
public record RecoveredRegression(int index, int end, double before, double after) {
    /** One run alone may be an odd one. */
    private static final int LEAST = 2;

    /** The number of runs before it, and half of that behind it, that determine the level around it. */
    private static final int AROUND = 10;

    /** A run with at most this share of a change is back. */
    private static final double BACK = 0.25;

    /** The fewest runs from which noise is estimated. */
    private static final int LEAST_AROUND = 4;

    /**
     * Finds them.
     *
     * @param values of the series, without its seasonality
     * @param accepted indices of the first points of accepted levels; points before one are no evidence about the level
     *     after it
     * @return the oldest first; what the newest run still shows is not among them
     */
    public static List<RecoveredRegression> of(Series series, double[] values, List<Integer> accepted) {
        List<Point> points = series.points();
        if (!PackedPoints.haveJudgedBad(points)) {
            return List.of(); // as of nearly all
        }
        int sign = series.better().isWorse(1) ? 1 : -1;
        List<RecoveredRegression> found = new ArrayList<>();
        int from = 0;
        while (from < points.size()) {
            int end = end(points, values, from);
            if (end - from >= LEAST && end < points.size()) {
                stretch(points, values, sign, new Stretch(levelBefore(accepted, from), from, end), found);
            }
            from = end + 1;
        }
        return found;
    }

    /**
     * The one that runs end which are judged now: of a single run too, where these are of another commit. Checks
     * detected that run, and what is over needs no action.
     *
     * @param end index of the first of these runs
     * @param accepted the ids of the runs with which the series took accepted levels
     */
    public static Optional<RecoveredRegression> at(Series series, double[] values, int end, Set<String> accepted) {
        List<Point> points = series.points();
        int from = end;
        while (from > 0 && points.get(from - 1).judgedBad()) {
            from--;
        }
        boolean isOtherCommit = from < end
                && end < points.size()
                && !points.get(end - 1)
                        .run()
                        .header()
                        .revision()
                        .equals(points.get(end).run().header().revision());
        List<RecoveredRegression> found = new ArrayList<>();
        if (end - from >= LEAST && end < points.size() || isOtherCommit) {
            stretch(
                    points,
                    values,
                    series.better().isWorse(1) ? 1 : -1,
                    new Stretch(levelBefore(CalledRegression.accepted(series, accepted), from), from, end),
                    found);
        }
        return found.stream().findFirst();
    }

    /**
     * The newest level that was accepted, where all runs behind some of it are back at the level before, as after a
     * revert: each is nearer to its own level. Checks detect nothing of it, and few runs are not a step of their own.
     */
    static Optional<RecoveredRegression> ofAccepted(Series series, KnownLevels known) {
        return known.called().isPresent()
                ? Optional.empty()
                : known.newest().stream()
                        .boxed()
                        .flatMap(from -> ofAccepted(
                                series, known.accepted(), from, series.points().size())
                                .stream())
                        .findFirst();
    }

    /** The same of every accepted level: the runs behind it are those before the next accepted one. */
    static List<RecoveredRegression> ofAccepted(Series series, List<Integer> accepted) {
        List<RecoveredRegression> ended = new ArrayList<>();
        for (int i = 0; i < accepted.size(); i++) {
            int to = i + 1 < accepted.size()
                    ? accepted.get(i + 1)
                    : series.points().size();
            ofAccepted(series, accepted, accepted.get(i), to).ifPresent(ended::add);
        }
        return ended;
    }

    /** @param to index after the runs that may be back; runs in which a check detected the regression do not count */
    private static Optional<RecoveredRegression> ofAccepted(Series series, List<Integer> accepted, int from, int to) {
        double[] values = series.values();
        double[] before = around(series.points(), values, accepted, from);
        if (before.length < LEAST_AROUND) {
            return Optional.empty();
        }
        double old = Location.median(before);
        List<Integer> detected = IntStream.range(from, to)
                .filter(i -> !series.points().get(i).judgedBad())
                .boxed()
                .toList();
        for (int end : detected.subList(Math.min(1, detected.size()), detected.size())) {
            double during = Location.median(good(series.points(), values, from, end));
            double middle = (old + during) / 2;
            boolean isUp = during > old;
            boolean isBack =
                    detected.stream().allMatch(i -> i < end == (isUp ? values[i] > middle : values[i] < middle));
            if (isBack && CalledStretch.isApart(Math.abs(during - old), before, end - from)) {
                return Optional.of(new RecoveredRegression(from, end, old, during));
            }
        }
        return Optional.empty();
    }

    /** The good values of the level before an index; where it has few, those of the one before come to it. */
    private static double[] around(List<Point> points, double[] values, List<Integer> accepted, int index) {
        int start = levelBefore(accepted, index - 1);
        double[] own = good(points, values, Math.max(start, index - AROUND), index);
        double[] earlier = own.length >= LEAST_AROUND || own.length == 0
                ? new double[0]
                : good(points, values, Math.max(levelBefore(accepted, start - 1), start - AROUND), start);
        if (earlier.length == 0) {
            return own;
        }
        double factor = Location.median(own) / Location.median(earlier);
        return Double.isFinite(factor)
                ? DoubleStream.concat(Arrays.stream(earlier).map(value -> value * factor), Arrays.stream(own))
                        .toArray()
                : own;
    }

    /**
     * The recovered regression in an odd stretch of a series: checks detected all of its runs, and a run of another
     * commit behind it does not show it. A run alone may be a disturbed one all the same; but what a check detected is
     * no longer odd.
     */
    static Optional<RecoveredRegression> of(Series series, Anomaly odd) {
        List<Point> points = series.points();
        if (odd.first() == 0 || odd.end() >= points.size()) {
            return Optional.empty();
        }
        List<Point> during = points.subList(odd.first(), odd.end());
        Point back = points.get(odd.end());
        String commit = back.run().header().revision().commit();
        boolean isReverted = during.stream().allMatch(Point::judgedBad)
                && !back.judgedBad()
                && during.stream()
                        .noneMatch(point ->
                                point.run().header().revision().commit().equals(commit))
                && series.better().isWorse(Math.signum(odd.deviations()));
        return isReverted
                ? Optional.of(new RecoveredRegression(odd.first(), odd.end(), odd.expected(), odd.value()))
                : Optional.empty();
    }

    /**
     * The index behind the points from an index on that checks detected. A single run between them that passed its
     * check and is no more than nearly back does not end them.
     */
    private static int end(List<Point> points, double[] values, int from) {
        int end = from;
        while (end < points.size() && (points.get(end).judgedBad() || isBetween(points, values, from, end))) {
            end++;
        }
        return end;
    }

    private static boolean isBetween(List<Point> points, double[] values, int from, int index) {
        if (index == from
                || index + 1 >= points.size()
                || !points.get(index + 1).judgedBad()) {
            return false;
        }
        double[] before = good(points, values, Math.max(0, from - AROUND), from);
        if (before.length == 0) {
            return false;
        }
        double good = Location.median(before);
        return (values[index] - good) / (median(values, from, index) - good) > BACK;
    }

    /**
     * Detected points.
     *
     * @param level index of the first point that may be used for the level before
     * @param from index of the first one
     * @param end index behind the last one
     */
    private record Stretch(int level, int from, int end) {}

    private static int levelBefore(List<Integer> accepted, int from) {
        return accepted.stream().filter(index -> index <= from).reduce(0, Math::max);
    }

    private static void stretch(
            List<Point> points, double[] values, int sign, Stretch stretch, List<RecoveredRegression> found) {
        int from = stretch.from;
        int end = stretch.end;
        double[] before = good(points, values, Math.max(stretch.level, from - AROUND), from);
        double[] behind = good(points, values, end, Math.min(points.size(), end + AROUND / 2));
        if (before.length == 0 || behind.length == 0) {
            return;
        }
        double good = Location.median(before);
        double bad = median(values, from, end);
        // what is far better than the level before is another level, and no noise of this one
        double[] around = DoubleStream.concat(
                        Arrays.stream(before),
                        Arrays.stream(behind).filter(value -> sign * (good - value) < sign * (bad - good) / 2))
                .toArray();
        if (isBack(sign * (bad - good), sign * (Location.median(behind) - good))
                && around.length >= LEAST_AROUND
                && CalledStretch.isApart(sign * (bad - good), around, end - from)) {
            found.add(new RecoveredRegression(from, end, good, bad));
        }
    }

    /** @param bad how far the called runs are from the level before, positive for the worse; {@code behind} likewise */
    private static boolean isBack(double bad, double behind) {
        return bad > 0 && behind < bad / 2;
    }

    private static double median(double[] values, int from, int end) {
        return Location.median(
                IntStream.range(from, end).mapToDouble(i -> values[i]).toArray());
    }

    /**
     * The index where the runs of a series have recovered from a detected regression, even of one run alone.
     *
     * @param commit with which it began
     * @param accepted the ids of the runs with which the series took accepted levels
     * @return index of the first point that is back; empty if the newest runs still show it, or no check detected it
     */
    public static OptionalInt end(Series series, String commit, Set<String> accepted) {
        List<Point> points = series.points();
        int from = 0;
        while (from < points.size()
                && !(points.get(from).judgedBad()
                        && points.get(from).run().header().revision().commit().equals(commit))) {
            from++;
        }
        double[] values = series.values();
        int end = end(points, values, from);
        int level = levelBefore(CalledRegression.accepted(series, accepted), from);
        double[] before = good(points, values, Math.max(level, from - AROUND), from);
        if (end == points.size() || before.length == 0) {
            return OptionalInt.empty();
        }
        int sign = series.better().isWorse(1) ? 1 : -1;
        double good = Location.median(before);
        double behind = Location.median(good(points, values, end, Math.min(points.size(), end + AROUND / 2)));
        return isBack(sign * (median(values, from, end) - good), sign * (behind - good))
                ? OptionalInt.of(end)
                : OptionalInt.empty();
    }

    private static double[] good(List<Point> points, double[] values, int from, int to) {
        return IntStream.range(from, to)
                .filter(i -> !points.get(i).judgedBad())
                .mapToDouble(i -> values[i])
                .toArray();
    }

    /**
     * The newest one, where too few runs follow for the course of the series to show them, and lie at the level before:
     * nearer to it than to half of the change, on either side.
     */
    static Optional<RecoveredRegression> newest(List<RecoveredRegression> all, double[] values) {
        return all.stream()
                .reduce((earlier, later) -> later)
                .filter(one -> values.length - one.end <= AROUND / 2)
                .filter(one -> Math.abs(median(values, one.end, values.length) - one.before)
                        < Math.abs(one.after - one.before) / 2);
    }

    /** As the shape of a series has it. */
    Excursion excursion() {
        return new Excursion(index, end, before, after, before, relativeChange());
    }

    /** The relative distance of its points from the level around it. */
    public double relativeChange() {
        return Effect.relativeChange(before, after);
    }
}
