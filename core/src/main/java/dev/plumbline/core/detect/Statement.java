package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
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
}
