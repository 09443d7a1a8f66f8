package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

/**
 * Runs that a baseline leaves out.
 *
 * @param why they are left out
 * @param runs how many, at least one
 */
public record LeftOut(Why why, int runs) {
    /** The reasons to leave a run out. */
    public enum Why {
        /** A check judged it a regression that is not accepted. */
        JUDGED_BAD,
        /** It is older than a change that was accepted. */
        BEFORE_ACCEPTANCE,
        /** It is older than the newest change of level. */
        BEFORE_STEP,
        /** It may be the first on a new level. */
        MAYBE_NEW_LEVEL,
        /** It is older than the window. */
        BEFORE_WINDOW
    }

    public LeftOut {
        requireNonNull(why, "why");
        if (runs < 1) {
            throw new IllegalArgumentException(runs + " runs left out");
        }
    }
}
