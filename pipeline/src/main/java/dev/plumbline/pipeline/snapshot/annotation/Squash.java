package dev.plumbline.pipeline.snapshot.annotation;

import dev.plumbline.pipeline.repository.Git;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether the commits that lead to one bring the difference that others bring: a branch whose commits were squashed, or
 * a commit that was rebased or picked.
 */
final class Squash {
    /** The number of commits that are looked at, the newest first. */
    private static final int MOST_COMMITS = 200;

    private final Git git;
    private final String commit;
    private final Map<String, Map<String, String>> patches = new HashMap<>();

    /** @param commit the newest of those that may have it */
    Squash(Git git, String commit) {
        this.git = git;
        this.commit = commit;
    }

    /** Whether one of the commits brings all that a branch brings that ends with another commit. */
    boolean hasBranch(String tip) {
        return git.forkOf(tip, commit).filter(fork -> has(fork, tip)).isPresent();
    }

    /**
     * Whether one of the commits that the other does not have brings the difference between two, alone or with more.
     */
    boolean has(String before, String after) {
        Map<String, String> wanted = git.patch(before, after).orElse(Map.of());
        return !wanted.isEmpty()
                && git.changesBehind(after, commit, MOST_COMMITS).stream()
                        .filter(one ->
                                one.moreFiles() > 0 || Set.copyOf(one.files()).containsAll(wanted.keySet()))
                        .anyMatch(one -> patch(one.id()).entrySet().containsAll(wanted.entrySet()));
    }

    private Map<String, String> patch(String id) {
        return patches.computeIfAbsent(
                id,
                one -> git.parent(one).flatMap(before -> git.patch(before, one)).orElse(Map.of()));
    }
}
