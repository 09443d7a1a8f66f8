package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of the gate, with everything that it considered.
 *
 * @param state the decision
 * @param trace what was weighed, worst first: reasons that fail the gate, that hold it, and findings that passed
 * @param secondary the series whose metrics are secondary; all others are primary
 */
public record GateDecision(State state, List<GateReason> trace, Set<SeriesKey> secondary) {
    /** Open, closed, or undecided. */
    public enum State {
        OPEN,
        CLOSED,
        UNDECIDED;

        /** The effect of a reason for this state on the gate; an open gate has no reason. */
        GatePolicy.Effect effect() {
            return switch (this) {
                case OPEN -> GatePolicy.Effect.PASS;
                case CLOSED -> GatePolicy.Effect.CLOSE;
                case UNDECIDED -> GatePolicy.Effect.HOLD;
            };
        }
    }

    public GateDecision {
        requireNonNull(state, "state");
        trace = List.copyOf(trace);
        secondary = Set.copyOf(secondary);
    }

    /** A decision about primary metrics. */
    public GateDecision(State state, List<GateReason> trace) {
        this(state, trace, Set.of());
    }

    /** The same, for series of which these are secondary. */
    public GateDecision withSecondary(Set<SeriesKey> series) {
        return new GateDecision(state, trace, series);
    }

    /** The role of a judged metric for its benchmark. */
    public Role role(SeriesKey key) {
        return secondary.contains(key) ? Role.SECONDARY : Role.PRIMARY;
    }

    /** The decision that one more thing leads to; a gate never opens by it. */
    public GateDecision with(GateReason reason) {
        List<GateReason> longer = new ArrayList<>(List.of(reason));
        longer.addAll(trace);
        longer.sort(Comparator.comparing(GateReason::effect, Comparator.reverseOrder()));
        State next =
                switch (state.effect().or(reason.effect())) {
                    case PASS -> State.OPEN;
                    case HOLD -> State.UNDECIDED;
                    case CLOSE -> State.CLOSED;
                };
        return new GateDecision(next, longer, secondary);
    }

    /**
     * The decision of a comparison whose sides differ in more than the code: what got worse, or may have, does no more
     * than this to the gate.
     */
    public GateDecision ofOtherSides(GatePolicy.Effect most, Cause.OtherSide why) {
        List<GateReason> weaker = trace.stream()
                .map(reason -> reason.effect().compareTo(most) > 0
                                || reason.effect() == GatePolicy.Effect.HOLD && most == reason.effect()
                        ? weaker(reason, most, why)
                        : reason)
                .sorted(Comparator.comparing(GateReason::effect, Comparator.reverseOrder()))
                .toList();
        State next =
                switch (weaker.stream().map(GateReason::effect).reduce(GatePolicy.Effect.PASS, GatePolicy.Effect::or)) {
                    case PASS -> State.OPEN;
                    case HOLD -> State.UNDECIDED;
                    case CLOSE -> State.CLOSED;
                };
        return new GateDecision(next, weaker, secondary);
    }

    private static GateReason weaker(GateReason reason, GatePolicy.Effect most, Cause.OtherSide why) {
        boolean isOfChange = reason.kind() == GateReason.Kind.REGRESSION || reason.kind() == GateReason.Kind.SUSPECT;
        return isOfChange && reason.cause() instanceof Cause.OfSeries one
                ? new GateReason(
                        most,
                        reason.kind(),
                        reason.series(),
                        reason.id(),
                        new Cause.OfSeries(one.key(), one.fact(), Optional.of(why)))
                : reason;
    }

    /** The reasons of the trace that decided, worst first; none for an open gate. */
    public List<GateReason> deciding() {
        return state == State.OPEN
                ? List.of()
                : trace.stream()
                        .filter(reason -> reason.effect() == state.effect())
                        .toList();
    }

    /** The reasons against the change that do not fail the gate. */
    public List<GateReason> letPass() {
        return trace.stream()
                .filter(reason -> reason.effect() == GatePolicy.Effect.PASS)
                .toList();
    }
}
