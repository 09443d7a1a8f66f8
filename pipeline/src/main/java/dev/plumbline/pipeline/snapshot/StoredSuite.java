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
import dev.plumbline.pipeline.workspace.DefaultEnvironment;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.EnvironmentChoice;
import dev.plumbline.report.content.SuiteOrigin;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;

/**
 * The series of one environment and branch, as the judge sees them: from the newest accepted level on, and without
 * seasonality.
 *
 * @param origin which those are; empty where no run matches
 * @param next the input of the next judgement
 * @param choice how the environment was chosen; empty if it was given, and if no run matches
 */
public record StoredSuite(
        Optional<SuiteOrigin> origin, List<Series> series, NextRuns next, Optional<EnvironmentChoice> choice) {
    public StoredSuite {
        requireNonNull(origin, "origin");
        series = List.copyOf(series);
        requireNonNull(next, "next");
        requireNonNull(choice, "choice");
    }

    /**
     * Reads them.
     *
     * @param environment which one; when empty, the one that {@link DefaultEnvironment} chooses
     * @param branch which one; when empty, the main branch if it has runs, else that of the newest run
     * @throws NothingFound if there is no history
     */
    public static StoredSuite of(Workspace workspace, Optional<String> environment, Optional<String> branch)
            throws IOException {
        return of(workspace, environment, branch, run -> true);
    }

    /** The same, of the environment that is chosen among those that measured such a benchmark. */
    public static StoredSuite measuring(BenchmarkPattern pattern, Workspace workspace, Optional<String> branch)
            throws IOException {
        Set<String> ids;
        try (RunStore store = workspace.openExisting()) {
            ids = new RunSelector(store).having(SeriesQuery.all().ofBenchmark(pattern));
        }
        return of(workspace, Optional.empty(), branch, run -> ids.contains(run.id()));
    }

    private static StoredSuite of(
            Workspace workspace, Optional<String> environment, Optional<String> branch, Predicate<RunInfo> counts)
            throws IOException {
        try (RunStore store = workspace.openExisting()) {
            String main = branch.orElse(workspace.mainBranch());
            Optional<EnvironmentChoice> choice = environment.isPresent()
                    ? Optional.empty()
                    : DefaultEnvironment.of(
                            store.runs(RunQuery.all()).stream().filter(counts).toList(),
                            workspace.configuration().environment().value(),
                            main);
            RunQuery runs = environment
                    .or(() -> choice.map(EnvironmentChoice::environment))
                    .map(RunQuery.all()::inEnvironment)
                    .orElse(RunQuery.all());
            // the newest run is often that of a pull request, which has no history of its own
            List<RunInfo> newest = store.runs(runs.onBranch(main).newest(1));
            if (newest.isEmpty() && branch.isEmpty()) {
                newest = store.runs(runs.newest(1));
            }
            if (newest.isEmpty() && store.runs(RunQuery.all().newest(1)).isEmpty()) {
                throw NothingFound.emptyHistory();
            }
            return newest.isEmpty()
                    ? new StoredSuite(Optional.empty(), List.of(), NextRuns.NONE, Optional.empty())
                    : of(
                            store,
                            newest.get(0).header(),
                            choice,
                            Snapshots.configured(workspace, store),
                            workspace.margins(),
                            workspace.configuration().roles());
        }
    }

    private static StoredSuite of(
            RunStore store,
            RunHeader newest,
            Optional<EnvironmentChoice> choice,
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
                NextRuns.of(snapshots, whole, key -> true),
                choice);
    }

    /** A series as the judge sees it. */
    private static Series asJudged(
            Series series, Annotations annotations, ToDoubleBiFunction<SeriesKey, Unit> margins) {
        return annotations.sinceAccepted(Swing.without(series, margins.applyAsDouble(series.key(), series.unit())));
    }
}
