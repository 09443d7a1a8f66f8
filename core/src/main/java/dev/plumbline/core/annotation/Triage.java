package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The triage of an incident or a finding; the latest applies. A change is accepted with a {@link Acceptance}.
 *
 * @param id which incident or finding
 * @param decision what was decided
 * @param until when it ends; empty when it does not
 * @param fixedBy the revision that fixes it; empty text unless the decision is {@link Decision#FIXED}
 * @param by who recorded it
 * @param at when
 * @param reason why; may be empty
 * @param subjects the changes that it is about, as they were known then
 */
public record Triage(
        String id,
        Decision decision,
        Optional<Instant> until,
        String fixedBy,
        String by,
        Instant at,
        String reason,
        List<Subject> subjects) {
    private static final int MAX_TEXT = 4096;

    /** The kinds of triage. */
    public enum Decision {
        ACKNOWLEDGED,
        MUTED,
        FIXED,
        FALSE_ALARM,
        /** No earlier triage applies any more. */
        REOPENED
    }

    /**
     * A change of one series.
     *
     * @param series which one
     * @param first the first revision with which it may have begun; empty text when unknown
     * @param since the likeliest
     * @param last the last
     * @param change how large it is, in relation to the level before
     */
    public record Subject(SeriesKey series, String first, String since, String last, double change) {
        public Subject {
            requireNonNull(series, "series");
            requireNonNull(first, "first");
            requireNonNull(since, "since");
            requireNonNull(last, "last");
            if (Double.isNaN(change)) {
                throw new IllegalArgumentException("a change is a number");
            }
        }

        /**
         * The same change as another branch has it.
         *
         * @param commit with which it began there
         * @param size how large it is there; the larger one of the two is kept
         */
        Subject in(SeriesKey other, String commit, double size) {
            return new Subject(other, commit, commit, commit, Math.abs(size) > Math.abs(change) ? size : change);
        }

        /**
         * Whether a change of this size is the triaged one, or a smaller one in its direction.
         *
         * @param tolerance what noise may add
         */
        public boolean reaches(double relativeChange, double tolerance) {
            return Math.signum(relativeChange) == Math.signum(change)
                    && Math.abs(relativeChange) <= Math.abs(change) + tolerance;
        }
    }

    public Triage {
        requireNonNull(id, "id");
        requireNonNull(decision, "decision");
        requireNonNull(until, "until");
        requireNonNull(fixedBy, "fixedBy");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(reason, "reason");
        subjects = List.copyOf(subjects);
        if (id.isBlank() || by.isBlank() || reason.length() > MAX_TEXT || by.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "a triage has an id and an author, and author and reason have at most " + MAX_TEXT + " characters");
        }
        if (until.isPresent() != (decision == Decision.MUTED)) {
            throw new IllegalArgumentException("exactly what is muted has an end");
        }
        if (fixedBy.isEmpty() == (decision == Decision.FIXED)) {
            throw new IllegalArgumentException("exactly what is fixed has a revision that fixed it");
        }
    }

    /** The same, about one more change. */
    Triage with(Subject more) {
        return new Triage(
                id,
                decision,
                until,
                fixedBy,
                by,
                at,
                reason,
                Stream.concat(subjects.stream(), Stream.of(more)).toList());
    }

    /** The annotation of the changes that it covers; empty when it has expired or was withdrawn. */
    public Optional<Annotation> annotation(Instant now) {
        Annotation.Origin origin = new Annotation.Origin(id, by, at, reason);
        return switch (decision) {
            case ACKNOWLEDGED -> Optional.of(new Annotation.Acknowledged(origin));
            case MUTED -> until.filter(now::isBefore).map(end -> new Annotation.Muted(origin, end));
            case FIXED -> Optional.of(new Annotation.Fixed(origin, fixedBy));
            case FALSE_ALARM -> Optional.of(new Annotation.FalseAlarm(origin));
            case REOPENED -> Optional.empty();
        };
    }
}
