package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.Pruned;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deletes runs that should not have been recorded: of a wrong commit, a wrong machine, a broken measurement. */
public final class RemoveRuns {
    private final Workspace workspace;

    public RemoveRuns(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The selected runs, and the data that their removal deletes.
     *
     * @param runs all that were selected, also those that stay because a baseline or an acceptance needs them
     */
    public record Removal(List<RunInfo> runs, Pruned pruned) {}

    /**
     * Removes runs, or finds what would be removed.
     *
     * @param names a whole commit, which selects all runs of it; or the first characters of a run's id, which select
     *     that run; or a commit, by its first characters or any name that git knows
     * @param forReal false for a dry run
     * @throws NothingFound if there is no history, or a name selects no run; then nothing is removed
     */
    public Removal remove(List<String> names, boolean forReal) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            Map<String, RunInfo> selected = new LinkedHashMap<>();
            for (String name : names) {
                of(name, store).forEach(run -> selected.put(run.id(), run));
            }
            return new Removal(List.copyOf(selected.values()), store.remove(selected.keySet(), forReal));
        }
    }

    private List<RunInfo> of(String name, RunStore store) throws NothingFound {
        NothingFound.ifBlank(name, "run", "give the beginning of its id, or its commit");
        Git git = new Git(workspace.directory());
        List<RunInfo> byCommit = store.runs(RunQuery.all().ofCommit(name));
        if (RunSelector.isWholeCommit(name, byCommit)) {
            return byCommit;
        }
        List<RunInfo> byId = store.runs(RunQuery.all().withId(name));
        if (!byId.isEmpty() && !byCommit.isEmpty()) {
            throw new NothingFound(
                    "\"" + name + "\" is the beginning of a run id and of a commit id; give more characters");
        }
        if (!byId.isEmpty()) {
            return one(name, byId, byId.size(), "run");
        }
        if (byCommit.isEmpty()) {
            byCommit = git.commitOf(name)
                    .map(commit -> store.runs(RunQuery.all().ofCommit(commit)))
                    .orElse(List.of());
        }
        if (byCommit.isEmpty()) {
            throw new NothingFound(
                    "no run or commit \"" + name + "\" in the history" + RunSelector.hint(name, store, git));
        }
        long commits = byCommit.stream()
                .map(run -> run.header().revision().commit())
                .distinct()
                .count();
        return one(name, byCommit, commits, "commit");
    }

    private static List<RunInfo> one(String name, List<RunInfo> runs, long found, String what) throws NothingFound {
        if (found > 1) {
            throw new NothingFound(
                    "\"" + name + "\" is the beginning of " + found + " " + what + " ids; give more characters");
        }
        return runs;
    }
}
