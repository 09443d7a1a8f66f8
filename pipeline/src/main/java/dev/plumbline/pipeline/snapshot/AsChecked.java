package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Series;
import dev.plumbline.store.Mark;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Series as the check of some of their runs saw them. A check that detects a regression over several runs marks the
 * earlier ones as bad too; if the same run is judged again, they would no longer be part of the evidence.
 */
public final class AsChecked {
    /** The reason of points marked by a check. */
    public static final String REASON = "judged a regression by plumb check";

    private final RunStore store;

    AsChecked(RunStore store) {
        this.store = store;
    }

    /**
     * The same series, where the points just before those of the runs are bad only if they were before the check.
     *
     * @param all whole
     * @param ids of the runs
     */
    List<Series> of(List<Series> all, Set<String> ids) {
        Map<PointKey, Integer> called = called(ids);
        if (called.isEmpty()) {
            return all;
        }
        List<Stretch> stretches = new ArrayList<>();
        Set<String> runs = new HashSet<>(ids);
        for (Series series : all) {
            Stretch stretch = Stretch.before(series, ids);
            stretches.add(stretch);
            if (stretch.isFollowedByAny(called.keySet())) {
                stretch.points().forEach(point -> runs.add(point.run().id()));
            }
        }
        if (runs.size() == ids.size()) {
            return all;
        }
        Map<PointKey, Integer> order = called(runs);
        return stretches.stream().map(stretch -> stretch.seen(order)).toList();
    }

    /**
     * The order in which checks detected points of these runs that are still bad; a check detects its own runs first.
     */
    private Map<PointKey, Integer> called(Set<String> ids) {
        Map<PointKey, Integer> called = new HashMap<>();
        List<Mark> marks = store.marks(ids);
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            if (!mark.bad()) {
                called.remove(mark.point());
            } else if (mark.reason().equals(REASON)) {
                called.putIfAbsent(mark.point(), i);
            }
        }
        return called;
    }

    /**
     * The bad points of a series just before those of the runs.
     *
     * @param start index of the first of them
     * @param end index behind the last, which is that of the runs' first point
     */
    private record Stretch(Series series, int start, int end) {
        static Stretch before(Series series, Set<String> ids) {
            int end = first(series, ids);
            int start = end;
            while (start > 0 && series.points().get(start - 1).judgedBad()) {
                start--;
            }
            return new Stretch(series, start, end);
        }

        List<Point> points() {
            return series.points().subList(start, end);
        }

        boolean isFollowedByAny(Set<PointKey> called) {
            return end < series.points().size()
                    && called.contains(series.keyOf(series.points().get(end)));
        }

        /** The series in which the points are good that were detected with, or after, the runs' own point. */
        Series seen(Map<PointKey, Integer> order) {
            if (start == end || !isFollowedByAny(order.keySet())) {
                return series;
            }
            int own = order.get(series.keyOf(series.points().get(end)));
            List<Point> points = new ArrayList<>(series.points());
            for (int i = start; i < end; i++) {
                Integer place = order.get(series.keyOf(points.get(i)));
                if (place != null && place > own) {
                    points.set(i, points.get(i).asJudgedGood());
                }
            }
            return series.withPoints(points);
        }
    }

    private static int first(Series series, Set<String> ids) {
        int first = 0;
        while (first < series.points().size()
                && !ids.contains(series.points().get(first).run().id())) {
            first++;
        }
        return first;
    }
}
