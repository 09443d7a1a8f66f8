package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

/**
 * The reason why a statement about one commit applies to another, judged commit.
 *
 * @param way how
 * @param branch of the commit that the statement is about; empty text where it is not known
 */
public record Reach(Way way, String branch) {
    /** The commits are unknown. */
    public static final Reach UNKNOWN = new Reach(Way.ASSUMED, "");

    /** The reasons, certain ones first. */
    public enum Way {
        /** The judged commit is the one that the statement is about, or has it among its ancestors. */
        ANCESTOR,
        /** The file of acceptances has the statement, as it is in the judged commit. */
        LISTED,
        /** The branch was merged in other commits, as by a squash. */
        SQUASHED,
        /** It is the same branch, which was amended, rebased or reset since. */
        REWRITTEN,
        /** The repository has neither the commit nor its branch: the branch is assumed to be merged and deleted. */
        GONE,
        /** Unknown: the branch counts as merged. */
        ASSUMED,
        /** It does not: the branch is there, and is not merged. */
        UNMERGED,
        /** It does not: it was on this branch, to which others are merged, and was taken away from there. */
        DROPPED
    }

    public Reach {
        requireNonNull(way, "way");
        requireNonNull(branch, "branch");
    }

    /** Whether the statement may hold of the judged commit. */
    public boolean isReached() {
        return way != Way.UNMERGED && way != Way.DROPPED;
    }

    /** Whether it may although git does not have its commit before the judged one: a reader should know that. */
    public boolean isLenient() {
        return isReached() && way != Way.ANCESTOR;
    }
}
