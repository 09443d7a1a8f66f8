package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The commit and branches of an acceptance or a triage, as known when it was made.
 *
 * @param id of the statement
 * @param commit with which the change came; empty text where it is not known
 * @param branches that are known to have taken it, or on which it was found, the first one first; may be empty
 */
public record StatedCommit(String id, String commit, List<String> branches) {
    public StatedCommit {
        requireNonNull(id, "id");
        requireNonNull(commit, "commit");
        branches = List.copyOf(branches);
    }
}
