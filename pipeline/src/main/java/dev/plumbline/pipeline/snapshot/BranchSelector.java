package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.CiVariables;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The branches that are read where none is named: the main one and the one that is checked out. Each pull request
 * leaves a branch with a run or two behind, and these are no histories of their own.
 *
 * @param queries the same question for each selected branch
 * @param series how many series of other branches the question finds too
 * @param others those branches, by their names
 */
public record BranchSelector(List<SeriesQuery> queries, int series, List<String> others) {
    private static final int MOST_TOLD = 3;

    public BranchSelector {
        queries = List.copyOf(queries);
        others = List.copyOf(others);
    }

    /** All branches, or the one that the question names. */
    public static BranchSelector all(SeriesQuery query) {
        return new BranchSelector(List.of(query), 0, List.of());
    }

    /**
     * Looks which of them have what is asked for; where none has, all branches are selected.
     *
     * @throws NothingFound if there is no history
     */
    public static BranchSelector of(Workspace workspace, SeriesQuery query) throws IOException {
        requireNonNull(query, "query");
        if (query.branch().isPresent()) {
            return all(query);
        }
        try (RunStore store = workspace.openExisting()) {
            List<SeriesKey> keys = store.keys(query);
            Set<String> having = keys.stream().map(SeriesKey::branch).collect(Collectors.toCollection(TreeSet::new));
            Set<String> meant = new LinkedHashSet<>(List.of(workspace.baseBranch(store)));
            checkedOut(workspace).ifPresent(meant::add);
            meant.retainAll(having);
            if (meant.isEmpty()) {
                return all(query);
            }
            having.removeAll(meant);
            return new BranchSelector(
                    meant.stream().map(query::onBranch).toList(),
                    Math.toIntExact(keys.stream()
                            .filter(key -> having.contains(key.branch()))
                            .count()),
                    List.copyOf(having));
        }
    }

    /**
     * The branch of a page where none is named: the one that is checked out where the history has runs of it, else the
     * base branch; empty where it has neither.
     */
    public static Optional<String> shown(Workspace workspace, RunStore store) {
        HistoryBranches branches = HistoryBranches.of(store);
        return Stream.concat(checkedOut(workspace).stream(), Stream.of(workspace.baseBranch(store)))
                .filter(branches::has)
                .findFirst();
    }

    /**
     * The same of a history that is not open.
     *
     * @throws NothingFound if there is none
     */
    public static Optional<String> shown(Workspace workspace) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return shown(workspace, store);
        }
    }

    /** As given by git or a CI service. */
    public static Optional<String> checkedOut(Workspace workspace) {
        return new Git(workspace.directory()).checkedOut().or(() -> CiVariables.of(workspace.variables())
                .flatMap(CiVariables::branch));
    }

    /**
     * {@code and 12 series on 4 other branches (--branch one, two, three, …)}; empty where all branches are selected.
     */
    public Optional<String> words() {
        if (others.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("and " + series + " series on "
                + (others.size() == 1 ? "another branch" : others.size() + " other branches") + ": --branch "
                + String.join(", ", others.subList(0, Math.min(MOST_TOLD, others.size())))
                + (others.size() > MOST_TOLD ? ", \u2026" : ""));
    }
}
