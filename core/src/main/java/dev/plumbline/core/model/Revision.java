package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of the code that was measured.
 *
 * @param commit the commit's id; empty text if unknown
 * @param branch the branch it was measured for; never empty
 * @param commitTime when it was committed
 * @param position the number of commits of the branch up to and including this one (first parents), so that the order
 *     does not depend on clocks
 */
public record Revision(String commit, String branch, Optional<Instant> commitTime, OptionalLong position) {
    /** The branch of results without one. */
    public static final String DEFAULT_BRANCH = "main";

    /** The suffix of the commit of a working copy with uncommitted changes. */
    public static final String DIRTY = "-dirty";

    private static final int SHORT = 10;

    public Revision {
        requireNonNull(commit, "commit");
        if (commit.length() > Names.MAX_LENGTH) {
            throw new IllegalArgumentException("a commit id has " + commit.length() + " characters");
        }
        Names.check("branch", branch);
        requireNonNull(commitTime, "commitTime");
        requireNonNull(position, "position");
    }

    /** An unknown revision. */
    public static Revision unknown() {
        return of("", DEFAULT_BRANCH);
    }

    public static Revision of(String commit, String branch) {
        return new Revision(commit, branch, Optional.empty(), OptionalLong.empty());
    }

    public boolean isKnown() {
        return !commit.isEmpty();
    }

    /** The first ten characters of the commit, with the suffix for uncommitted changes, or {@code unknown}. */
    public String shortCommit() {
        if (commit.isEmpty()) {
            return "unknown";
        }
        String clean = committed(commit);
        return clean.substring(0, Math.min(SHORT, clean.length())) + commit.substring(clean.length());
    }

    /** The commit without the suffix for uncommitted changes. */
    public static String committed(String commit) {
        return commit.endsWith(DIRTY) ? commit.substring(0, commit.length() - DIRTY.length()) : commit;
    }

    // equals and hashCode are written out because what the compiler makes for records is linked when first called,
    // which takes a cold process long, and these are called for every measurement.
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Revision that
                        && commit.equals(that.commit)
                        && branch.equals(that.branch)
                        && commitTime.equals(that.commitTime)
                        && position.equals(that.position);
    }

    @Override
    public int hashCode() {
        return ((31 * commit.hashCode() + branch.hashCode()) * 31 + commitTime.hashCode()) * 31 + position.hashCode();
    }
}
