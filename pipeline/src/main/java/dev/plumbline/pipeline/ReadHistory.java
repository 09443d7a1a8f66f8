package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.ChangeMethod;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.report.AnalyzedSeries;
import dev.plumbline.report.DisturbedRun;
import dev.plumbline.report.MainMetricFirst;
import dev.plumbline.store.SeriesQuery;
import java.util.Comparator;
import java.util.List;

/** Looks up series in the history and at what each of them shows. */
public final class ReadHistory {
    private final Workspace workspace;
    private final ChangeMethod method;

    public ReadHistory(Workspace workspace, ChangeMethod method) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.method = requireNonNull(method, "method");
    }

    /**
     * The series that the query finds, those first that need a person most.
     *
     * @param revisions which points of them
     */
    public List<AnalyzedSeries> worstFirst(SeriesQuery query, RevisionRange revisions) {
        return read(query, revisions, Comparator.comparing(AnalyzedSeries::analysis, AnalyzedSeries.WORST_FIRST));
    }

    /** The same in the order of their names. */
    public List<AnalyzedSeries> byName(SeriesQuery query, RevisionRange revisions) {
        return read(query, revisions, Comparator.comparing(one -> one.series().key(), MainMetricFirst.ORDER));
    }

    /** The runs in which much of a suite was off at once, oldest first. */
    public static List<DisturbedRun> disturbed(List<AnalyzedSeries> all) {
        return RunTable.of(all.stream().map(AnalyzedSeries::series).toList(), true).stream()
                .flatMap(table -> table.disturbed().stream())
                .sorted(Comparator.comparing(run -> run.run().header().time()))
                .toList();
    }

    private List<AnalyzedSeries> read(SeriesQuery query, RevisionRange revisions, Comparator<AnalyzedSeries> order) {
        return new ListHistory(workspace)
                .list(query).parallelStream()
                        .map(series -> within(series, revisions))
                        .filter(series ->
                                revisions.isEverything() || !series.points().isEmpty())
                        .map(series -> AnalyzedSeries.of(series, method))
                        .sorted(order)
                        .toList();
    }

    private static Series within(Series series, RevisionRange revisions) {
        if (revisions.isEverything()) {
            return series;
        }
        List<String> commits = series.points().stream()
                .map(point -> point.run().header().revision().commit())
                .toList();
        List<Point> points = series.points();
        return series.withPoints(points.subList(revisions.first(commits), revisions.end(commits)));
    }
}
