package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.NothingFound;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * From one revision to another, both among them. Commits are named by how they begin; empty text is no end.
 *
 * @param from the first commit
 * @param to the last one
 * @param beforeFrom the commits up to the first one, where that was not measured itself
 * @param upTo the commits up to the last one, where that was not measured itself
 */
public record RevisionRange(String from, String to, Set<String> beforeFrom, Set<String> upTo) {
    /** All of them. */
    public static final RevisionRange EVERYTHING = new RevisionRange("", "");

    public RevisionRange {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        beforeFrom = Set.copyOf(beforeFrom);
        upTo = Set.copyOf(upTo);
    }

    /** Between commits that were measured. */
    public RevisionRange(String from, String to) {
        this(from, to, Set.of(), Set.of());
    }

    public boolean isEverything() {
        return from.isEmpty() && to.isEmpty();
    }

    /**
     * The same with tags, branches and whatever else git understands in place of commits that were measured.
     *
     * @param measured the commits of the history; what one of them begins with is that one
     * @throws NothingFound if an end is neither how a measured commit begins nor known to git
     */
    public RevisionRange resolved(Collection<String> measured, Git git) throws NothingFound {
        String first = commit("--from", from, measured, git);
        String last = commit("--to", to, measured, git);
        return new RevisionRange(first, last, behind(first, measured, git), behind(last, measured, git));
    }

    private static String commit(String option, String name, Collection<String> measured, Git git) throws NothingFound {
        if (name.isEmpty() || isMeasured(name, measured)) {
            return name;
        }
        return git.commitOf(name)
                .orElseThrow(() -> new NothingFound(option + " " + name + " is not the start of a measured commit,"
                        + " nor a tag, branch or commit of this repository" + NearRevision.hint(name, git, measured)));
    }

    private static boolean isMeasured(String name, Collection<String> measured) {
        return measured.stream().anyMatch(commit -> commit.startsWith(name));
    }

    private static Set<String> behind(String commit, Collection<String> measured, Git git) {
        return commit.isEmpty() || isMeasured(commit, measured)
                ? Set.of()
                : git.ancestors(commit).orElse(Set.of());
    }

    /** The place of the first one in a history; its length where the history has no such commit. */
    public int first(List<String> commits) {
        if (from.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < commits.size(); i++) {
            if (commits.get(i).startsWith(from)) {
                return i;
            }
        }
        return beforeFrom.isEmpty() ? commits.size() : behindLast(commits, beforeFrom);
    }

    /** The place behind the last one, never before the first; that of the first where there is no such commit. */
    public int end(List<String> commits) {
        if (to.isEmpty()) {
            return commits.size();
        }
        int first = first(commits);
        for (int i = commits.size(); i > first; i--) {
            if (commits.get(i - 1).startsWith(to)) {
                return i;
            }
        }
        return Math.max(first, behindLast(commits, upTo));
    }

    private static int behindLast(List<String> commits, Set<String> some) {
        int end = commits.size();
        while (end > 0 && !some.contains(commits.get(end - 1))) {
            end--;
        }
        return end;
    }
}
