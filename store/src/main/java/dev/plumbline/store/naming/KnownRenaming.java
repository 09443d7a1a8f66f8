package dev.plumbline.store.naming;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A renaming that is in force.
 *
 * @param number counted from 1 in each history, those that were undone included
 * @param renaming what has become what
 * @param by who recorded it
 * @param reason why; may be empty
 * @param at when
 */
public record KnownRenaming(long number, Renaming renaming, String by, String reason, Instant at) {
    public KnownRenaming {
        requireNonNull(renaming, "renaming");
        requireNonNull(by, "by");
        requireNonNull(reason, "reason");
        requireNonNull(at, "at");
    }
}
