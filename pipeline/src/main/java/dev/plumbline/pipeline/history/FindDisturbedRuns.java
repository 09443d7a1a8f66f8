package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.snapshot.RecentRuns;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.DisturbedRun;
import java.util.Comparator;
import java.util.List;

/** Finds the runs in which much of a suite was off at once. */
public final class FindDisturbedRuns {
    private final Workspace workspace;

    public FindDisturbedRuns(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /** Those of the series that were looked at, oldest first. */
    public List<DisturbedRun> find(List<AnalyzedSeries> all) {
        return RecentRuns.of(
                        all.stream().map(AnalyzedSeries::series).toList(),
                        true,
                        workspace.configuration().roles())
                .stream()
                .flatMap(table -> table.disturbed().stream())
                .sorted(Comparator.comparing(DisturbedRun::time))
                .toList();
    }
}
