package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

/**
 * One finding that the gate considered.
 *
 * @param effect what it does to the gate
 * @param kind of the reason
 * @param series the id of its series; empty for a reason of the run as a whole
 * @param id stays the same as long as the reason is about the same change: the finding's id, else the series'; may be
 *     empty
 * @param cause what was weighed
 */
public record GateReason(GatePolicy.Effect effect, Kind kind, String series, String id, Cause cause) {
    /** The kinds of reason, worst first. */
    public enum Kind {
        /** The run measured nothing. */
        NOTHING,
        /** The run has the numbers of an earlier one. */
        COPIED,
        /** A regression. */
        REGRESSION,
        /** A value beyond an absolute limit. */
        BUDGET,
        /** A benchmark or metric that earlier runs measured and this one did not. */
        MISSING,
        /** A result too good to be true. */
        TOO_GOOD,
        /** A possible regression that another run has to confirm. */
        SUSPECT,
        /** A benchmark whose history is too short. */
        NEW,
        /** An inconclusive benchmark. */
        UNKNOWN
    }

    public GateReason {
        requireNonNull(effect, "effect");
        requireNonNull(kind, "kind");
        requireNonNull(series, "series");
        requireNonNull(id, "id");
        requireNonNull(cause, "cause");
    }
}
