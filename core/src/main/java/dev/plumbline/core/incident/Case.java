package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.Statement;
import java.util.List;
import java.util.Optional;

/**
 * An incident with everything that is known of it.
 *
 * @param incident what happened
 * @param suspects what may have brought it about, the most suspicious first
 * @param statement what people said of it, if that holds now
 * @param state where it stands
 */
public record Case(Incident incident, List<Suspect> suspects, Optional<Statement> statement, State state) {
    /** Where an incident stands. */
    public enum State {
        /** Nobody has said anything of it. */
        NEW,
        /** Somebody knows of it. */
        ACKNOWLEDGED,
        /** It is intended. */
        ACCEPTED,
        /** Nobody wants to hear of it for a time. */
        MUTED,
        /** A commit is said to mend it. */
        FIXED,
        /** Every series is back where it was. */
        RECOVERED,
        /** There is no such change. */
        FALSE_ALARM
    }

    public Case {
        requireNonNull(incident, "incident");
        requireNonNull(statement, "statement");
        requireNonNull(state, "state");
        suspects = List.copyOf(suspects);
    }

    /** The case of an incident; that everything is back weighs more than what was said, unless that was final. */
    public static Case of(Incident incident, List<Suspect> suspects, Optional<Statement> statement) {
        return new Case(incident, suspects, statement, state(incident, statement));
    }

    private static State state(Incident incident, Optional<Statement> statement) {
        State said = statement
                .map(one -> switch (one.state()) {
                    case ACKNOWLEDGED -> State.ACKNOWLEDGED;
                    case ACCEPTED -> State.ACCEPTED;
                    case MUTED -> State.MUTED;
                    case FIXED -> State.FIXED;
                    case FALSE_ALARM -> State.FALSE_ALARM;
                })
                .orElse(State.NEW);
        boolean isFinal = said == State.FALSE_ALARM || said == State.ACCEPTED || said == State.FIXED;
        return incident.recovered() && !isFinal ? State.RECOVERED : said;
    }

    /** Whether it made things worse and waits for somebody; noise, or less than the margin, does not. */
    public boolean isOpen() {
        return incident.worse() && incident.kind() != Incident.Kind.NOISE && !incident.isSlight() && state == State.NEW;
    }

    /** Whether its loss is still there, whoever knows of it. */
    public boolean isLoss() {
        return incident.worse() && state != State.FALSE_ALARM && !incident.recovered();
    }
}
