package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An annotation of a change by a person, as it applies now. Whatever it is, the change does not fail the gate again.
 */
public sealed interface Annotation {
    /** The kinds of annotations. */
    enum Kind {
        ACKNOWLEDGED,
        ACCEPTED,
        MUTED,
        FIXED,
        FALSE_ALARM
    }

    /**
     * The origin of an annotation.
     *
     * @param id of the statement: that of an acceptance, or of the incident or finding that was named
     * @param by who recorded it
     * @param at when
     * @param reason why; may be empty
     */
    record Origin(String id, String by, Instant at, String reason) {
        public Origin {
            requireNonNull(id, "id");
            requireNonNull(by, "by");
            requireNonNull(at, "at");
            requireNonNull(reason, "reason");
        }
    }

    Origin origin();

    Kind kind();

    /**
     * One of any kind, as it is written down.
     *
     * @param until when it ends; for what is accepted, if it does, and for what is muted
     * @param revision that fixes it; empty text for all but what is fixed
     * @throws IllegalArgumentException if one of them is missing, or is there where it means nothing
     */
    static Annotation of(Kind kind, Origin origin, Optional<Instant> until, String revision) {
        if (!revision.isEmpty() && kind != Kind.FIXED) {
            throw new IllegalArgumentException("only what is fixed has a revision that fixed it, not " + kind);
        }
        return switch (kind) {
            case ACKNOWLEDGED -> new Acknowledged(origin);
            case ACCEPTED -> new Accepted(origin, until);
            case MUTED ->
                new Muted(origin, until.orElseThrow(() -> new IllegalArgumentException("what is muted has an end")));
            case FIXED -> new Fixed(origin, revision);
            case FALSE_ALARM -> new FalseAlarm(origin);
        };
    }

    /** When it ends; empty when it does not. */
    default Optional<Instant> until() {
        return Optional.empty();
    }

    default String id() {
        return origin().id();
    }

    default String by() {
        return origin().by();
    }

    default Instant at() {
        return origin().at();
    }

    default String reason() {
        return origin().reason();
    }

    /** The change is real, and someone works on it. */
    record Acknowledged(Origin origin) implements Annotation {
        public Acknowledged {
            requireNonNull(origin, "origin");
        }

        @Override
        public Kind kind() {
            return Kind.ACKNOWLEDGED;
        }
    }

    /** The change is intended: the new level is the normal one. */
    record Accepted(Origin origin, @Override Optional<Instant> until) implements Annotation {
        public Accepted {
            requireNonNull(origin, "origin");
            requireNonNull(until, "until");
        }

        @Override
        public Kind kind() {
            return Kind.ACCEPTED;
        }
    }

    /** Notifications are off until a time. */
    record Muted(Origin origin, Instant end) implements Annotation {
        public Muted {
            requireNonNull(origin, "origin");
            requireNonNull(end, "end");
        }

        @Override
        public Optional<Instant> until() {
            return Optional.of(end);
        }

        @Override
        public Kind kind() {
            return Kind.MUTED;
        }
    }

    /**
     * Fixed by a revision; from that revision on it counts again if it is still there.
     *
     * @param revision a commit or the beginning of one; never empty
     */
    record Fixed(Origin origin, String revision) implements Annotation {
        /** @throws IllegalArgumentException if there is no revision */
        public Fixed {
            requireNonNull(origin, "origin");
            if (revision.isEmpty()) {
                throw new IllegalArgumentException("what is fixed has a revision that fixed it");
            }
        }

        @Override
        public Kind kind() {
            return Kind.FIXED;
        }
    }

    /** There is no such change. */
    record FalseAlarm(Origin origin) implements Annotation {
        public FalseAlarm {
            requireNonNull(origin, "origin");
        }

        @Override
        public Kind kind() {
            return Kind.FALSE_ALARM;
        }
    }
}
