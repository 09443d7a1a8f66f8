package dev.plumbline.pipeline.repository;

import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.note.OrderNotes;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports commits that the repository does not have: a mistake, or results of another repository. */
public final class UnknownCommits {
    /** The number that is searched for one by one, where they are not among the newest. */
    private static final int MOST_ASKED = 20;

    private UnknownCommits() {}

    /**
     * One sentence about those of runs; empty where the repository has them all, and without a repository.
     *
     * @param here the commit that is checked out, which is known
     */
    public static Optional<String> of(List<RunInfo> runs, String here, Git git) {
        Map<String, Instant> unknown = new LinkedHashMap<>();
        for (RunInfo run : runs) {
            String commit = Revision.committed(run.header().revision().commit());
            if (!commit.isEmpty() && !commit.equals(Revision.committed(here))) {
                unknown.put(commit, run.time());
            }
        }
        if (unknown.isEmpty() || git.root().isEmpty()) {
            return Optional.empty();
        }
        Set<String> known = new HashSet<>(git.someCommits());
        unknown.keySet().removeAll(known);
        if (unknown.size() <= MOST_ASKED) {
            unknown.keySet().removeIf(commit -> git.commitOf(commit).isPresent());
        }
        return unknown.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(newest -> OrderNotes.unknownCommits(
                        start(newest.getKey()), unknown.size() - 1, nearest(newest.getValue(), git), git.isShallow()));
    }

    /** Words behind a commit that is not there: the one of the head's history nearest to its time. */
    public static String nearest(Instant time, Git git) {
        return git.nearest("HEAD", time)
                .map(commit -> OrderNotes.nearest(start(commit.id()), commit.time()))
                .orElse("");
    }

    /** The same where no time is known: the head. */
    public static String head(Git git) {
        return git.head()
                .map(head -> OrderNotes.head(start(head.commit()), Instant.ofEpochSecond(head.commitSecond())))
                .orElse("");
    }

    private static String start(String commit) {
        return commit.substring(0, Math.min(10, commit.length()));
    }
}
