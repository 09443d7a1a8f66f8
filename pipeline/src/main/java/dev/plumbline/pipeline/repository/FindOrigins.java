package dev.plumbline.pipeline.repository;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.incident.Suspects;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.CommitAuthors.Origin;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the commit with which a change began, if the first measured commit with the change includes others, by a merge
 * or because not every commit is measured. They are ranked as those of an incident are, so that both name the same one.
 */
public final class FindOrigins {
    /** The number of commits that are read back to the last measured one. */
    private static final int MOST_COMMITS = 500;

    /** Changes that began with different commits; of more than these the first measured commits are named. */
    private static final int MOST = 20;

    private final Git git;
    private final RunStore store;
    private final Map<String, Set<Benchmark>> moved = new LinkedHashMap<>();
    private final Map<String, Set<String>> branches = new HashMap<>();
    private Optional<String> base = Optional.empty();

    public FindOrigins(Git git, RunStore store) {
        this.git = git;
        this.store = store;
    }

    /** The same with the regressions that checks have detected. */
    public static FindOrigins of(List<CalledRegression> called, Git git, RunStore store) {
        FindOrigins origins = new FindOrigins(git, store);
        called.forEach(one -> origins.add(
                one.since().header().revision().commit(),
                one.key(),
                Set.of(one.since().header().revision().branch())));
        return origins;
    }

    /** Counts which commits the branch to which others are merged has as well, of changes on others. */
    public FindOrigins besides(String baseBranch) {
        base = Optional.of(baseBranch);
        return this;
    }

    /**
     * Adds a change.
     *
     * @param since the first measured commit that shows it; empty text where none is known
     * @param key its series
     * @param on the branches beside that of the series whose runs are known not to show it before
     */
    public void add(String since, SeriesKey key, Set<String> on) {
        String commit = Revision.committed(since);
        if (!commit.isEmpty() && commit.equals(since)) {
            moved.computeIfAbsent(commit, none -> new LinkedHashSet<>()).add(key.benchmark());
            branches.computeIfAbsent(commit, none -> new HashSet<>(on)).add(key.branch());
        }
    }

    /** The origins found, by first measured commit; none of those that brought no others. */
    public Map<String, Origin> found() {
        Map<String, Origin> found = new HashMap<>();
        moved.keySet().stream().limit(MOST).forEach(commit -> origin(commit)
                .ifPresent(origin -> found.put(commit, origin)));
        return found;
    }

    private Optional<Origin> origin(String commit) {
        Set<String> measured = branches.get(commit).stream()
                .flatMap(branch -> store.runs(RunQuery.all().onBranch(branch)).stream())
                .map(run -> Revision.committed(run.header().revision().commit()))
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toSet());
        List<Commit> brought = CommitLog.of(git, commit, MOST_COMMITS).since(measured);
        boolean isAlone =
                brought.isEmpty() || brought.size() == 1 && brought.get(0).id().equals(commit);
        if (isAlone) {
            return Optional.empty();
        }
        List<Suspect> ranked = Suspects.among(brought, moved.get(commit));
        return Optional.of(new Origin(ranked.get(0), brought.size(), ofBase(commit, brought)));
    }

    private int ofBase(String commit, List<Commit> brought) {
        Set<String> shared = base.flatMap(name -> git.mergeBase(commit, name))
                .filter(fork -> !fork.equals(commit))
                .flatMap(git::ancestors)
                .orElse(Set.of());
        return (int) brought.stream().filter(one -> shared.contains(one.id())).count();
    }
}
