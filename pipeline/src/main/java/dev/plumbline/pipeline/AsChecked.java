package dev.plumbline.pipeline;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Series;
import dev.plumbline.store.Mark;
import dev.plumbline.store.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Series as the check of some of their runs saw them. A check that calls a regression over several runs calls the earlier
 * ones bad with it; held against the same run once more, they would no longer be part of what shows the change.
 */
final class AsChecked {
    /** Why a check marks points. */
    static final String REASON = "judged a regression by plumb check";

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
        Map<PointKey, Instant> called = called(ids);
        if (called.isEmpty()) {
            return all;
        }
        Map<PointKey, Instant> earlier = called(earlierRuns(all, ids, called));
        List<Series> seen = new ArrayList<>();
        for (Series series : all) {
            int first = first(series, ids);
            int start = start(series, first);
            boolean isCalled = first < series.points().size()
                    && start < first
                    && called.containsKey(series.keyOf(series.points().get(first)));
            seen.add(isCalled ? seen(series, start, first, called, earlier) : series);
        }
        return seen;
    }

    private static Series seen(
            Series series, int start, int first, Map<PointKey, Instant> called, Map<PointKey, Instant> earlier) {
        Instant check = called.get(series.keyOf(series.points().get(first)));
        List<Point> points = new ArrayList<>(series.points());
        for (int i = start; i < first; i++) {
            Instant at = earlier.get(series.keyOf(points.get(i)));
            if (at != null && !at.isBefore(check)) {
                points.set(i, points.get(i).asJudgedGood());
            }
        }
        return series.withPoints(points);
    }

    /** When checks called points of these runs. */
    private Map<PointKey, Instant> called(Set<String> ids) {
        Map<PointKey, Instant> called = new HashMap<>();
        for (Mark mark : store.marks(ids)) {
            if (mark.bad() && mark.reason().equals(REASON)) {
                called.putIfAbsent(mark.point(), mark.at());
            }
        }
        return called;
    }

    /** The runs of the bad points just before those that were called. */
    private static Set<String> earlierRuns(List<Series> all, Set<String> ids, Map<PointKey, Instant> called) {
        Set<String> runs = new HashSet<>();
        for (Series series : all) {
            int first = first(series, ids);
            if (first < series.points().size()
                    && called.containsKey(series.keyOf(series.points().get(first)))) {
                series.points()
                        .subList(start(series, first), first)
                        .forEach(point -> runs.add(point.run().id()));
            }
        }
        return runs;
    }

    private static int first(Series series, Set<String> ids) {
        int first = 0;
        while (first < series.points().size()
                && !ids.contains(series.points().get(first).run().id())) {
            first++;
        }
        return first;
    }

    private static int start(Series series, int first) {
        int start = first;
        while (start > 0 && series.points().get(start - 1).judgedBad()) {
            start--;
        }
        return start;
    }
}
