package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a person said of a change, as it holds now.
 *
 * @param state what the change is since then
 * @param id of the statement: that of an acceptance, or of the incident or finding that was named
 * @param by who said so
 * @param at when
 * @param until when it ends; empty when it does not
 * @param fixedBy the revision that is said to mend it; empty text unless the state is {@link State#FIXED}
 * @param reason why; may be empty
 */
public record Statement(
        State state, String id, String by, Instant at, Optional<Instant> until, String fixedBy, String reason) {
    /** So much of a commit's name tells it. */
    private static final int COMMIT = 10;

    /** What a change is after somebody looked at it. Whatever the state, it does not close the gate again. */
    public enum State {
        /** It is real, and somebody knows. */
        ACKNOWLEDGED,
        /** It is intended: the new level is the normal one. */
        ACCEPTED,
        /** Nobody wants to hear of it until a time. */
        MUTED,
        /** A revision mends it; from that revision on it counts again, should it still be there. */
        FIXED,
        /** There is no such change. */
        FALSE_ALARM
    }

    public Statement {
        requireNonNull(state, "state");
        requireNonNull(id, "id");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(until, "until");
        requireNonNull(fixedBy, "fixedBy");
        requireNonNull(reason, "reason");
        if (fixedBy.isEmpty() == (state == State.FIXED)) {
            throw new IllegalArgumentException("exactly what is fixed has a revision that fixed it");
        }
    }

    /**
     * What there is to say of a promise to mend a change that runs with the commit show still: {@code was said to be
     * fixed by 575cc706f1 (by Ann, 2026-01-31), and is still there}. Names are in it as they came.
     *
     * @throws IllegalArgumentException if it is no such promise
     */
    public String asBroken() {
        if (state != State.FIXED) {
            throw new IllegalArgumentException("no promise to mend anything: " + state);
        }
        int length = fixedBy.codePointCount(0, fixedBy.length());
        String commit = fixedBy.substring(0, fixedBy.offsetByCodePoints(0, Math.min(COMMIT, length)));
        return "was said to be fixed by " + commit + " (by " + by + ", "
                + at.atZone(ZoneOffset.UTC).toLocalDate() + "), and is still there";
    }
}
