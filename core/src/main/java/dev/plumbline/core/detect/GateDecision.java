package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whether the change may pass, and every reason against it.
 *
 * @param state the decision
 * @param reasons why it is not open, worst first; empty when it is
 */
public record GateDecision(State state, List<String> reasons) {
    /** Open, closed, or not to be decided with what there is. */
    public enum State {
        OPEN,
        CLOSED,
        UNDECIDED
    }

    public GateDecision {
        requireNonNull(state, "state");
        reasons = List.copyOf(reasons);
    }
}
