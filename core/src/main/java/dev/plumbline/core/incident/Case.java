package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.model.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An incident with everything that is known of it.
 *
 * @param incident what happened
 * @param suspects what may have brought it about, the most suspicious first
 * @param statement what people recorded about it, if that applies now
 * @param broken a triage as fixed that no longer applies, for runs with the named commit show it still
 * @param state its state
 * @param stated the states of single series with a separate triage
 */
public record Case(
        Incident incident,
        List<Suspect> suspects,
        Optional<Annotation> statement,
        Optional<Annotation.Fixed> broken,
        State state,
        Map<SeriesKey, State> stated) {
    /** The states of an incident. */
    public enum State {
        /** Not triaged. */
        NEW,
        /** It is acknowledged. */
        ACKNOWLEDGED,
        /** It is intended. */
        ACCEPTED,
        /** Notifications are off for a time. */
        MUTED,
        /** A person recorded the commit that fixes it. */
        FIXED,
        /** Every series is back where it was. */
        RECOVERED,
        /** There is no such change. */
        FALSE_ALARM
    }

    public Case {
        requireNonNull(incident, "incident");
        requireNonNull(statement, "statement");
        requireNonNull(broken, "broken");
        requireNonNull(state, "state");
        suspects = List.copyOf(suspects);
        stated = Map.copyOf(stated);
    }

    /** The case of an incident; that everything is back weighs more than a triage, unless that was final. */
    public static Case of(Incident incident, List<Suspect> suspects, Optional<Annotation> statement) {
        return of(incident, suspects, new Annotated(statement, Optional.empty()), Map.of());
    }

    /** The same where single series have a triage of their own, or a promised fix did not hold. */
    public static Case of(
            Incident incident, List<Suspect> suspects, Annotated statements, Map<SeriesKey, Annotation> ofSeries) {
        Map<SeriesKey, State> stated = new HashMap<>();
        ofSeries.forEach((key, one) -> stated.put(key, stated(one)));
        return new Case(
                incident,
                suspects,
                statements.holding(),
                statements.broken(),
                state(incident, statements.holding()),
                stated);
    }

    /** The same with suspects. */
    public Case suspecting(List<Suspect> others) {
        return new Case(incident, others, statement, broken, state, stated);
    }

    /** The state of a series of it: from its own triage, else from that of the whole. */
    public State stateOf(SeriesKey key) {
        return stated.getOrDefault(key, state);
    }

    /** The state of one of its changes: one that went back has recovered, one for the better needs no triage. */
    public State stateOf(Shift shift) {
        return shift.recovery().isPresent() && stateOf(shift.key()) == State.NEW
                ? State.RECOVERED
                : stateOf(shift.key());
    }

    /**
     * The changes that its state is about: the open ones if some of its changes are triaged, else all.
     * At least one.
     */
    public List<Shift> undecided() {
        List<Shift> waiting = state == State.NEW
                ? incident.shifts().stream()
                        .filter(shift -> !stated.containsKey(shift.key()))
                        .toList()
                : List.of();
        return waiting.isEmpty() ? incident.shifts() : waiting;
    }

    private static State stated(Annotation statement) {
        return switch (statement.kind()) {
            case ACKNOWLEDGED -> State.ACKNOWLEDGED;
            case ACCEPTED -> State.ACCEPTED;
            case MUTED -> State.MUTED;
            case FIXED -> State.FIXED;
            case FALSE_ALARM -> State.FALSE_ALARM;
        };
    }

    private static State state(Incident incident, Optional<Annotation> statement) {
        State stated = statement.map(Case::stated).orElse(State.NEW);
        boolean isFinal = stated == State.FALSE_ALARM || stated == State.ACCEPTED || stated == State.FIXED;
        return incident.recovered() && !isFinal ? State.RECOVERED : stated;
    }

    /** Whether it is an open regression; noise, and changes below the margin, are not. */
    public boolean isOpen() {
        return incident.worse() && incident.kind() != Incident.Kind.NOISE && !incident.isSlight() && state == State.NEW;
    }

    /** Whether its loss is still there, triaged or not. */
    public boolean isLoss() {
        return incident.worse() && state != State.FALSE_ALARM && !incident.recovered();
    }
}
