package dev.plumbline.server.people;

import java.time.Instant;
import java.util.Optional;

/**
 * An account that can sign in.
 *
 * @param isAdministrator whether the whole server is theirs: they make organisations, and are an owner of each
 * @param disabledAt since when they cannot, if so
 */
public record Account(String id, Name name, boolean isAdministrator, Instant createdAt, Optional<Instant> disabledAt) {}
