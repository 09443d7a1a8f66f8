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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The series of a suite without what checks called in runs that were slow as a whole ({@link OffRuns}), once the runs
 * in question are back. It is decided once: what was withdrawn stays so, and what was kept, too.
 *
 * @param series the same series, in which these points are not bad
 * @param annotations with these runs
 * @param points those that are withdrawn now, bad ones and others of the same runs
 * @param before the runs right before the judged ones that are known as slow as a whole, now or since an earlier
 *     check; the oldest first
 */
public record WithdrawnRuns(
        List<Series> series, Annotations annotations, List<PointKey> points, Collection<SlowRun> before) {
    /** Values before a run, which tell the level. */
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
     * @param worse how many series were worse by the margin at least
     * @param series how many it has
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
        List<OffRuns.Course> courses = new ArrayList<>();
        Map<Series, OffRuns.Course> bySeries = new HashMap<>();
        for (Series series : all) {
            int end = end(series.points(), ids);
            if (end > 0) {
                int judged = first(series.points(), ids, end);
                OffRuns.Course course = new OffRuns.Course(
                        series.key(),
                        series.points().subList(0, end),
                        judged,
                        series.better(),
                        margins.applyAsDouble(series));
                courses.add(course);
                bySeries.put(series, course);
            }
        }
        OffRuns off = OffRuns.of(courses);
        Set<String> known = annotations.offRuns();
        Set<String> runs = new HashSet<>();
        List<PointKey> points = new ArrayList<>();
        List<Series> changed = new ArrayList<>(all);
        for (int i = 0; !off.areNone() && i < all.size(); i++) {
            OffRuns.Course course = bySeries.get(all.get(i));
            if (course != null) {
                Set<String> own = off.in(course);
                own.removeAll(known);
                runs.addAll(own);
                changed.set(i, without(all.get(i), own, points));
            }
        }
        Annotations withRuns = runs.isEmpty() ? annotations : annotations.withOff(runs);
        return new WithdrawnRuns(changed, withRuns, points, before(courses, withRuns.offRuns()));
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

    private static Collection<SlowRun> before(List<OffRuns.Course> courses, Set<String> off) {
        if (off.isEmpty()) {
            return List.of();
        }
        Map<String, List<Double>> changes = new HashMap<>();
        Map<String, Integer> worse = new HashMap<>();
        Map<String, RunInfo> runs = new LinkedHashMap<>();
        for (OffRuns.Course course : courses) {
            for (int i = course.judged() - 1; i >= 0 && off.contains(id(course, i)); i--) {
                double[] levels = course.points().subList(Math.max(0, i - BEFORE), i).stream()
                        .filter(point ->
                                !point.judgedBad() && !off.contains(point.run().id()))
                        .mapToDouble(Point::value)
                        .toArray();
                if (levels.length == 0) {
                    continue;
                }
                double change = course.factor(
                                Location.median(levels), course.points().get(i).value())
                        - 1;
                String id = id(course, i);
                runs.putIfAbsent(id, course.points().get(i).run());
                changes.computeIfAbsent(id, none -> new ArrayList<>()).add(change);
                worse.merge(id, change >= course.margin() ? 1 : 0, Integer::sum);
            }
        }
        return runs.values().stream()
                .map(run -> new SlowRun(
                        run,
                        worse.get(run.id()),
                        changes.get(run.id()).size(),
                        Location.median(changes.get(run.id()).stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())))
                .sorted(Comparator.comparing(one -> one.run().time()))
                .toList();
    }

    private static String id(OffRuns.Course course, int index) {
        return course.points().get(index).run().id();
    }
}
