package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * From one commit to another, both among them. Commits are named by how they begin; empty text is no end.
 *
 * @param from the first commit
 * @param to the last one
 */
public record RevisionRange(String from, String to) {
    /** All of them. */
    public static final RevisionRange EVERYTHING = new RevisionRange("", "");

    public RevisionRange {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
    }

    boolean isEverything() {
        return from.isEmpty() && to.isEmpty();
    }

    /** The place of the first one in a history; its length where the history has no such commit. */
    int first(List<String> commits) {
        if (from.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < commits.size(); i++) {
            if (commits.get(i).startsWith(from)) {
                return i;
            }
        }
        return commits.size();
    }

    /** The place behind the last one, never before the first; that of the first where there is no such commit. */
    int end(List<String> commits) {
        if (to.isEmpty()) {
            return commits.size();
        }
        int first = first(commits);
        for (int i = commits.size(); i > first; i--) {
            if (commits.get(i - 1).startsWith(to)) {
                return i;
            }
        }
        return first;
    }
}
