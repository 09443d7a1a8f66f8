package dev.plumbline.core.judge.level;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The series of a suite without the regressions that checks detected in runs that were slow as a whole ({@link
 * OffRuns}), once the judged runs are back at their levels. It is decided once: what was withdrawn stays so, and what
 * was kept, too.
 *
 * @param series the same series, in which these points are not bad
 * @param annotations with these runs
 * @param points those that are withdrawn now, bad ones and others of the same runs
 * @param before the runs right before the judged ones that are known as slow as a whole, now or since an earlier
 *     check; the oldest first
 */
public record WithdrawnRuns(
        List<Series> series, Annotations annotations, List<PointKey> points, Collection<SlowRun> before) {
    /** The number of values before a run that determine the level. */
    private static final int BEFORE = 10;

    public WithdrawnRuns {
        series = List.copyOf(series);
        requireNonNull(annotations, "annotations");
        points = List.copyOf(points);
        before = List.copyOf(before);
    }

    /**
     * A run that was slow as a whole.
     *
     * @param run which one
     * @param worse how many series of the metric that shows it best were worse by the margin at least
     * @param series how many of this metric it has
     * @param change the median relative change of these, for the worse
     */
    public record SlowRun(RunInfo run, int worse, int series, double change) {
        public SlowRun {
            requireNonNull(run, "run");
        }
    }

    /**
     * Withdraws.
     *
     * @param all series of a branch that is held against itself, whole
     * @param ids of the judged runs
     * @param margins the smallest relative change that matters of each
     */
    public static WithdrawnRuns of(
            List<Series> all, Set<String> ids, Annotations annotations, ToDoubleFunction<Series> margins) {
        List<Optional<OffRuns.Course>> asked =
                all.stream().map(series -> course(series, ids, margins)).toList();
        List<OffRuns.Course> courses = asked.stream().flatMap(Optional::stream).toList();
        OffRuns off = OffRuns.of(courses);
        Set<String> known = annotations.offRuns();
        Set<String> runs = new HashSet<>();
        List<PointKey> points = new ArrayList<>();
        List<Series> changed = new ArrayList<>(all);
        for (int i = 0; !off.areNone() && i < all.size(); i++) {
            Set<String> own = asked.get(i).map(off::in).orElse(Set.of()).stream()
                    .filter(run -> !known.contains(run))
                    .collect(Collectors.toSet());
            runs.addAll(own);
            changed.set(i, without(all.get(i), own, points));
        }
        Annotations withRuns = runs.isEmpty() ? annotations : annotations.withOff(runs);
        return new WithdrawnRuns(changed, withRuns, points, before(courses, withRuns.offRuns()));
    }

    /** Empty where a series has none of the judged runs. */
    private static Optional<OffRuns.Course> course(Series series, Set<String> ids, ToDoubleFunction<Series> margins) {
        int end = end(series.points(), ids);
        return end == 0
                ? Optional.empty()
                : Optional.of(new OffRuns.Course(
                        series.key(),
                        series.points().subList(0, end),
                        first(series.points(), ids, end),
                        series.better(),
                        margins.applyAsDouble(series)));
    }

    /** Index behind the newest judged point; 0 where there is none. */
    private static int end(List<Point> points, Set<String> ids) {
        int end = points.size();
        while (end > 0 && !ids.contains(points.get(end - 1).run().id())) {
            end--;
        }
        return end;
    }

    /** Index of the first point of the judged commit. */
    private static int first(List<Point> points, Set<String> ids, int end) {
        String commit = points.get(end - 1).run().header().revision().commit();
        int first = end - 1;
        while (first > 0 && isJudged(points.get(first - 1), ids, commit)) {
            first--;
        }
        return first;
    }

    private static boolean isJudged(Point point, Set<String> ids, String commit) {
        return ids.contains(point.run().id())
                || !commit.isEmpty() && point.run().header().revision().commit().equals(commit);
    }

    private static Series without(Series series, Set<String> runs, List<PointKey> withdrawn) {
        if (runs.isEmpty()) {
            return series;
        }
        return series.withPoints(series.points().stream()
                .map(point -> {
                    if (!runs.contains(point.run().id())) {
                        return point;
                    }
                    withdrawn.add(series.keyOf(point));
                    return point.judgedBad() ? point.asJudgedGood() : point;
                })
                .toList());
    }

    /** The evidence of one metric about a run. */
    private static final class Shown {
        private final List<Double> changes = new ArrayList<>();
        private int worse;

        SlowRun of(RunInfo run) {
            return new SlowRun(
                    run,
                    worse,
                    changes.size(),
                    Location.median(
                            changes.stream().mapToDouble(Double::doubleValue).toArray()));
        }
    }

    /**
     * The evidence about each run from the metric in which most series are worse: others do not depend on the machine.
     */
    private static Collection<SlowRun> before(List<OffRuns.Course> courses, Set<String> off) {
        if (off.isEmpty()) {
            return List.of();
        }
        Map<RunInfo, Map<String, Shown>> shown = new LinkedHashMap<>();
        for (OffRuns.Course course : courses) {
            List<Point> points = course.points();
            for (int i = course.judged() - 1;
                    i >= 0 && off.contains(points.get(i).run().id());
                    i--) {
                double[] levels = points.subList(Math.max(0, i - BEFORE), i).stream()
                        .filter(point ->
                                !point.judgedBad() && !off.contains(point.run().id()))
                        .mapToDouble(Point::value)
                        .toArray();
                if (levels.length > 0) {
                    double change =
                            course.factor(Location.median(levels), points.get(i).value()) - 1;
                    Shown one = shown.computeIfAbsent(points.get(i).run(), none -> new LinkedHashMap<>())
                            .computeIfAbsent(course.key().metric(), none -> new Shown());
                    one.changes.add(change);
                    one.worse += change >= course.margin() ? 1 : 0;
                }
            }
        }
        return shown.entrySet().stream()
                .flatMap(run -> run.getValue().values().stream()
                        .max(Comparator.comparingInt(one -> one.worse))
                        .map(one -> one.of(run.getKey()))
                        .stream())
                .sorted(Comparator.comparing(one -> one.run().time()))
                .toList();
    }
}
