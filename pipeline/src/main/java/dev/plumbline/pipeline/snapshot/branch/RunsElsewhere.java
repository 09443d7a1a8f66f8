package dev.plumbline.pipeline.snapshot.branch;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The earlier runs of the judged commit that were measured for other branches in the same environment: a slow run stays
 * evidence if its branch is merged by fast-forward, or if the commit is checked under another name.
 */
public final class RunsElsewhere {
    private RunsElsewhere() {}

    /** A series without branch. */
    private record Name(Benchmark benchmark, String metric, String environment) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.metric(), key.environment());
        }
    }

    /**
     * The same series with these runs before the judged ones; unchanged where a commit is represented by one run.
     *
     * @param extended by the judged runs, whole, in their order
     * @param runs the judged ones, of one branch and one revision
     */
    public static List<Series> joined(List<Series> extended, List<RunInfo> runs, RunStore store) {
        Revision revision = runs.get(0).header().revision();
        if (!revision.isKnown() || revision.commit().endsWith(Revision.DIRTY) || store.reruns() != Reruns.POOL) {
            return extended;
        }
        Set<String> environments =
                runs.stream().map(run -> run.header().environment().key()).collect(Collectors.toSet());
        Set<String> ids = store.runs(RunQuery.all().ofCommit(revision.commit())).stream()
                .filter(run -> run.header().revision().commit().equals(revision.commit())
                        && !run.header().revision().branch().equals(revision.branch())
                        && environments.contains(run.header().environment().key()))
                .map(RunInfo::id)
                .collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            ids.removeAll(store.recordedAfter(runs.stream().map(RunInfo::id).toList()));
        }
        if (ids.isEmpty()) {
            return extended;
        }
        Map<Name, List<Series>> elsewhere = new HashMap<>();
        for (Series series : store.seriesOf(ids)) {
            if (!series.key().branch().equals(revision.branch())) {
                elsewhere
                        .computeIfAbsent(Name.of(series.key()), none -> new ArrayList<>())
                        .add(series);
            }
        }
        return extended.stream()
                .map(series -> joined(
                        series, elsewhere.getOrDefault(Name.of(series.key()), List.of()), ids, revision.commit()))
                .toList();
    }

    private static Series joined(Series own, List<Series> elsewhere, Set<String> ids, String commit) {
        List<Point> further = elsewhere.stream()
                .filter(series ->
                        series.better() == own.better() && series.unit().isComparableWith(own.unit()))
                .flatMap(series -> series.points().stream()
                        .filter(point -> ids.contains(point.run().id()))
                        .map(point ->
                                point.times(series.unit().factor() / own.unit().factor())))
                .toList();
        List<Point> points = own.points();
        int begin = points.size() - 1;
        while (begin >= 0 && !isOf(points.get(begin), commit)) {
            begin--;
        }
        while (begin > 0 && isOf(points.get(begin - 1), commit)) {
            begin--;
        }
        if (further.isEmpty() || begin < 0) {
            return own;
        }
        List<Point> joined = new ArrayList<>(points);
        joined.addAll(begin, further);
        return own.withPoints(joined);
    }

    private static boolean isOf(Point point, String commit) {
        return point.run().header().revision().commit().equals(commit);
    }
}
