package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.role.Roles;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.SuiteOrigin;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * The series of one environment and branch, as the judge sees them: from the newest accepted level on, and without
 * their swings with the clock.
 *
 * @param origin which those are; empty where no run matches
 * @param next what their next runs stand on
 */
public record StoredSuite(Optional<SuiteOrigin> origin, List<Series> series, NextRuns next) {
    public StoredSuite {
        requireNonNull(origin, "origin");
        series = List.copyOf(series);
        requireNonNull(next, "next");
    }

    /**
     * Reads them.
     *
     * @param environment which one; when empty the configured one, else that of the newest run
     * @param branch which one; when empty, the main branch if it has runs, else that of the newest run
     * @throws NothingFound if there is no history
     */
    public static StoredSuite of(Workspace workspace, Optional<String> environment, Optional<String> branch)
            throws IOException {
        try (RunStore store = workspace.openExisting()) {
            RunQuery runs = RunQuery.all();
            Optional<String> where = environment.or(workspace.configuration().environment()::value);
            if (where.isPresent()) {
                runs = runs.inEnvironment(where.get());
            }
            // the newest run is often that of a pull request, which has no history of its own
            List<RunInfo> newest = store.runs(
                    runs.onBranch(branch.orElse(workspace.mainBranch())).newest(1));
            if (newest.isEmpty() && branch.isEmpty()) {
                newest = store.runs(runs.newest(1));
            }
            if (newest.isEmpty() && store.runs(RunQuery.all().newest(1)).isEmpty()) {
                throw NothingFound.emptyHistory();
            }
            return newest.isEmpty()
                    ? new StoredSuite(Optional.empty(), List.of(), NextRuns.NONE)
                    : of(
                            store,
                            newest.get(0).header(),
                            Snapshots.configured(workspace, store),
                            workspace.margins(),
                            workspace.configuration().roles());
        }
    }

    private static StoredSuite of(
            RunStore store,
            RunHeader newest,
            Snapshots snapshots,
            ToDoubleBiFunction<SeriesKey, Unit> margins,
            Roles roles)
            throws IOException {
        SuiteOrigin origin =
                new SuiteOrigin(newest.environment().key(), newest.revision().branch());
        List<Series> whole = roles.judged(
                store.series(
                        SeriesQuery.all().inEnvironment(origin.environment()).onBranch(origin.branch())),
                Series::key);
        return new StoredSuite(
                Optional.of(origin),
                whole.stream()
                        .map(series -> asJudged(series, snapshots.annotations(), margins))
                        .toList(),
                NextRuns.of(snapshots, whole, key -> true));
    }

    /** A series as the judge sees it. */
    private static Series asJudged(
            Series series, Annotations annotations, ToDoubleBiFunction<SeriesKey, Unit> margins) {
        return annotations.sinceAccepted(Swing.without(series, margins.applyAsDouble(series.key(), series.unit())));
    }
}
