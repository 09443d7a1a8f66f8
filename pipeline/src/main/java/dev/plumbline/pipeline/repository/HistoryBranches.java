package dev.plumbline.pipeline.repository;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The branches of a history's runs. */
public final class HistoryBranches {
    /** The number of branches that a message names. */
    private static final int NAMED = 5;

    private final Optional<RunStore> store;

    private HistoryBranches(Optional<RunStore> store) {
        this.store = store;
    }

    public static HistoryBranches of(RunStore store) {
        return new HistoryBranches(Optional.of(store));
    }

    /** The branches of a history that does not exist yet. */
    public static HistoryBranches none() {
        return new HistoryBranches(Optional.empty());
    }

    public boolean has(String branch) {
        return store.filter(open -> open.hasBranch(branch)).isPresent();
    }

    /** All of them, the one with the most runs first; of equally many the one that was measured last. */
    public List<String> all() {
        Map<String, List<RunInfo>> runs = store.map(open -> open.runs(RunQuery.all())).orElse(List.of()).stream()
                .collect(Collectors.groupingBy(run -> run.header().revision().branch()));
        return runs.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<RunInfo>> branch) ->
                                branch.getValue().size())
                        .thenComparing(branch -> branch.getValue().stream()
                                .map(run -> run.header().time())
                                .max(Comparator.naturalOrder())
                                .orElseThrow())
                        .reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The only branch, or the one with the most runs: the most recent would be the one that is just being checked.
     * Commits without a known branch are ignored.
     */
    public Optional<String> longest() {
        return all().stream().filter(branch -> !Place.isDetached(branch)).findFirst();
    }

    /**
     * Whether anything can be found on a branch.
     *
     * @throws NothingFound if the history has no run of it; those branches that it has are in the message
     */
    public void check(String branch) throws NothingFound {
        if (has(branch)) {
            return;
        }
        List<String> others = all();
        if (others.isEmpty()) {
            throw NothingFound.emptyHistory();
        }
        throw new NothingFound("nothing on " + branch + "; the history has "
                + others.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "")
                + ": --branch " + others.get(0));
    }
}
