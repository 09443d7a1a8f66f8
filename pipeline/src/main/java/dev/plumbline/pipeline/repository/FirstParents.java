package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.WrongRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The commits that were successive heads of a branch: its first-parent line.
 *
 * @param branch its name
 * @param newestFirst all of them
 * @param isCutOff whether older ones are missing here, as in a shallow clone
 */
public record FirstParents(String branch, List<Commit> newestFirst, boolean isCutOff) {
    /**
     * One of them.
     *
     * @param id the full one
     * @param time when it was committed
     * @param position how many lead to it, itself included; empty where the oldest are missing
     */
    public record Commit(String id, Instant time, OptionalLong position) {}

    public FirstParents {
        requireNonNull(branch, "branch");
        newestFirst = List.copyOf(newestFirst);
    }

    /** The first parents of a branch, here or on the remote {@code origin}. */
    public static FirstParents of(Git git, String branch) throws WrongRequest {
        boolean isCutOff = git.isShallow();
        List<Commit> commits = git.firstParents(branch, !isCutOff);
        if (commits.isEmpty()) {
            throw new WrongRequest("--commits-by-time: this is not a git repository with a branch " + branch
                    + "; choose another one with --branch");
        }
        return new FirstParents(branch, commits, isCutOff);
    }

    /** The head at a time: the newest that was committed by then; empty before the first. */
    public Optional<Commit> at(Instant time) {
        return newestFirst.stream()
                .filter(commit -> !commit.time().isAfter(time))
                .findFirst();
    }
}
