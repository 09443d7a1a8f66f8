package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Revision;
import dev.plumbline.pipeline.NothingFound;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A range of revisions, both ends included. Commits are named by how they begin, unless one has exactly this id;
 * empty text is no end.
 *
 * @param from the first commit
 * @param to the last one
 * @param beforeFrom the commits up to the first one, itself included: for series that have no run of it
 * @param upTo the commits up to the last one, itself included: for series that have no run of it
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
     * @param measured the commits of the history in its order; what one of them begins with is that one
     * @throws NothingFound if an end is neither how a measured commit begins nor known to git
     */
    public RevisionRange resolved(List<String> measured, Git git) throws NothingFound {
        String first = commit("--from", from, measured, git);
        String last = commit("--to", to, measured, git);
        int start = place(first, measured, false);
        int end = place(last, measured, true);
        return new RevisionRange(
                start < 0 ? first : Revision.committed(measured.get(start)),
                end < 0 ? last : Revision.committed(measured.get(end)),
                upTo(first, start, measured, git),
                upTo(last, end, measured, git));
    }

    private static String commit(String option, String name, List<String> measured, Git git) throws NothingFound {
        if (place(name, measured, false) >= 0 || name.isEmpty()) {
            return name;
        }
        return git.commitOf(name)
                .orElseThrow(() -> new NothingFound(option + " " + name + " is not the start of a measured commit,"
                        + " nor a tag, branch or commit of this repository" + NearRevision.hint(name, git, measured)));
    }

    /** The place of the first or last commit with a name; negative where there is none. */
    private static int place(String name, List<String> commits, boolean last) {
        if (name.isEmpty()) {
            return -1;
        }
        boolean isWhole = isWhole(name, commits);
        int place = -1;
        for (int i = 0; i < commits.size() && (last || place < 0); i++) {
            place = isMeant(commits.get(i), name, isWhole) ? i : place;
        }
        return place;
    }

    /** In revisions that are numbers, 41 is how 412 begins and another one all the same. */
    private static boolean isWhole(String name, Collection<String> commits) {
        return commits.stream().anyMatch(commit -> isMeant(commit, name, true));
    }

    private static boolean isMeant(String commit, String name, boolean isWhole) {
        return isWhole ? Revision.committed(commit).equals(name) : commit.startsWith(name);
    }

    private static Set<String> upTo(String commit, int place, List<String> measured, Git git) {
        if (commit.isEmpty()) {
            return Set.of();
        }
        return place < 0
                ? git.ancestors(commit).orElse(Set.of())
                : measured.subList(0, place + 1).stream()
                        .map(Revision::committed)
                        .collect(Collectors.toSet());
    }

    /** The place of the first one in a history; its length where the history has no such commit. */
    public int first(List<String> commits) {
        if (from.isEmpty()) {
            return 0;
        }
        int place = beforeFrom.contains(from) && !isWhole(from, commits) ? -1 : place(from, commits, false);
        return place >= 0 ? place : beforeFrom.isEmpty() ? commits.size() : behindLast(commits, beforeFrom);
    }

    /** The place behind the last one, never before the first; that of the first where there is no such commit. */
    public int end(List<String> commits) {
        if (to.isEmpty()) {
            return commits.size();
        }
        int place = upTo.contains(to) && !isWhole(to, commits) ? -1 : place(to, commits, true);
        return Math.max(first(commits), place >= 0 ? place + 1 : behindLast(commits, upTo));
    }

    private static int behindLast(List<String> commits, Set<String> some) {
        int end = commits.size();
        while (end > 0 && !some.contains(Revision.committed(commits.get(end - 1)))) {
            end--;
        }
        return end;
    }
}
