package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One message to one address.
 *
 * @param id in the header {@code webhook-id}; the same however often it is sent
 * @param attempts how often it was sent
 * @param dueAt when it is sent next, where it waits
 * @param status that of the last answer
 * @param answer what came of the last attempt, in words
 */
public record Delivery(
        String id,
        EventKind kind,
        String body,
        State state,
        int attempts,
        Instant createdAt,
        Optional<Instant> dueAt,
        Optional<Instant> endedAt,
        OptionalInt status,
        Optional<String> answer) {
    /** The states of a delivery. */
    public enum State {
        WAITING,
        DELIVERED,
        /** It is not sent again by itself. */
        FAILED
    }

    public Delivery {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(body, "body");
        requireNonNull(state, "state");
    }
}
