package dev.plumbline.pipeline.history.renaming;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.NameSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.AliasLine;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.naming.Renaming;
import java.io.IOException;
import java.util.List;

/** Records that a benchmark, or a metric of every benchmark, was renamed. */
public final class RenameSeries {
    private final Workspace workspace;

    public RenameSeries(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Records that a benchmark, or a metric of every benchmark, was renamed.
     *
     * @param from a benchmark's name, for all its parameters, or its label with parameters, whole or as in tables
     * @param to the new name, with or without parameters: those of a label replace the ones that the old label shows;
     *     where the beginning of the old name was left out as in tables, behind that beginning
     * @throws NothingFound if the history has nothing of the first name
     */
    public RenamingOutcome rename(String from, String to, boolean isMetric, Author author) throws IOException {
        requireHistory(from, to, isMetric);
        try (RunStore store = workspace.openExisting()) {
            if (isMetric) {
                List<String> metrics = store.keys(SeriesQuery.all()).stream()
                        .map(SeriesKey::metric)
                        .distinct()
                        .toList();
                if (!metrics.contains(from)) {
                    throw new NothingFound("the history has no metric " + from + Suggestion.of(from, metrics));
                }
            }
            return StatedRenaming.state(
                    workspace, store, isMetric ? ofMetric(from, to) : renaming(store, from, to), author);
        }
    }

    /**
     * Requires a history with the name: where the history is elsewhere, as in a checkout beside a CI job that keeps it,
     * results would not bring it.
     */
    private void requireHistory(String from, String to, boolean isMetric) throws NothingFound {
        workspace.requireHistory("record a renaming where the history is kept; in CI, in the job that keeps it"
                + AliasLine.of(from, to, isMetric)
                        .map("; or share it in plumbline.yaml: "::concat)
                        .orElse(""));
    }

    private static Renaming ofMetric(String from, String to) throws WrongRequest {
        try {
            return new Renaming.OfMetric(from, to);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }

    private static Renaming renaming(RunStore store, String old, String typed) throws IOException {
        NameSelector meant = NameSelector.of(store, old);
        String from = new BenchmarkPattern(old).withoutMetric();
        String to = new BenchmarkPattern(typed).withoutMetric();
        try {
            if (!meant.isName()) {
                return new Renaming.OfBenchmark(meant.benchmarks().get(0), meant.renamedBenchmark(store, from, to));
            }
            if (!NameSelector.hasParameters(to) || isNameOfHistory(store, to)) {
                return new Renaming.OfName(meant.name(), meant.renamed(store, from, to));
            }
            if (meant.benchmarks().size() > 1) {
                throw new WrongRequest(from + " is " + meant.benchmarks().size() + " benchmarks and " + to
                        + " is one; give the old name with its parameters, as plumb history shows it, or the new one"
                        + " without");
            }
            return new Renaming.OfBenchmark(meant.benchmarks().get(0), meant.renamedBenchmark(store, from, to));
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }

    private static boolean isNameOfHistory(RunStore store, String name) {
        return store.keys(SeriesQuery.all()).stream()
                .anyMatch(key -> key.benchmark().name().equals(name));
    }
}
