package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.snapshot.RecentRuns;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.DisturbedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the runs in which much of a suite was off at once. */
public final class FindDisturbedRuns {
    private final Workspace workspace;

    public FindDisturbedRuns(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /** The disturbed runs among the given series, oldest first. */
    public List<DisturbedRun> find(List<AnalyzedSeries> all) {
        return RecentRuns.of(
                        all.stream().map(FindDisturbedRuns::withoutAccepted).toList(),
                        true,
                        workspace.configuration().roles())
                .stream()
                .flatMap(table -> table.disturbed().stream())
                .sorted(Comparator.comparing(DisturbedRun::time))
                .toList();
    }

    /** A series without the steps that people accepted: these are of the code, and no sign of a disturbed machine. */
    private static Series withoutAccepted(AnalyzedSeries one) {
        SeriesAnalysis analysis = one.analysis();
        Map<Integer, Double> factors = new HashMap<>();
        analysis.called().stream()
                .filter(CalledRegression::isAccepted)
                .forEach(called -> factors.put(called.index(), 1 + called.relativeChange()));
        analysis.confirmed().stream()
                .filter(change -> analysis.saidOf(change)
                        .holding()
                        .filter(stated -> stated.kind() == Annotation.Kind.ACCEPTED)
                        .isPresent())
                .forEach(change -> factors.put(change.index(), 1 + change.relativeChange()));
        factors.values().removeIf(factor -> !Double.isFinite(factor) || factor <= 0);
        if (factors.isEmpty()) {
            return one.series();
        }
        List<Point> points = new ArrayList<>(one.series().points());
        factors.forEach((index, factor) -> points.subList(0, index).replaceAll(point -> point.times(factor)));
        return one.series().withPoints(points);
    }
}
