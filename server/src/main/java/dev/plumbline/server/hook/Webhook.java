package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/**
 * An address that receives the events of a project.
 *
 * @param events those it receives
 * @param madeBy the name of an account
 */
public record Webhook(String id, URI address, Set<EventKind> events, String madeBy, Instant createdAt) {
    public Webhook {
        requireNonNull(id, "id");
        requireNonNull(address, "address");
        requireNonNull(madeBy, "madeBy");
        requireNonNull(createdAt, "createdAt");
        events = Set.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a webhook needs at least one event");
        }
    }
}
