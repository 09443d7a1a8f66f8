package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An acceptance and whether a person took it back.
 *
 * @param acceptance what was accepted
 * @param source where it comes from: {@code command} or a file
 * @param revocation the withdrawal; empty when there is none
 */
public record KnownAcceptance(Acceptance acceptance, String source, Optional<Revocation> revocation) {
    /** The withdrawal of an acceptance. */
    public record Revocation(Instant at, String by, String reason) {
        public Revocation {
            requireNonNull(at, "at");
            requireNonNull(by, "by");
            requireNonNull(reason, "reason");
        }
    }

    /** Whether it applies, expired, or was revoked. */
    public enum State {
        HOLDS,
        EXPIRED,
        REVOKED
    }

    public KnownAcceptance {
        requireNonNull(acceptance, "acceptance");
        requireNonNull(source, "source");
        requireNonNull(revocation, "revocation");
    }

    public State stateAt(Instant time) {
        if (revocation.isPresent()) {
            return State.REVOKED;
        }
        return acceptance.holdsAt(time) ? State.HOLDS : State.EXPIRED;
    }
}
