package dev.plumbline.server.people;

import java.time.Instant;

/** Projects that belong together, with people who have a role in all of them. */
public record Organisation(String id, Name name, Instant createdAt) {}
