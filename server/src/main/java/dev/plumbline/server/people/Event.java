package dev.plumbline.server.people;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the audit log.
 *
 * @param number grows with time
 * @param actor the account's name, with the token's where one was used; {@code anonymous} without authentication
 * @param address of the network peer
 * @param organisation its name, where the action was about one
 * @param action such as {@code token.issue}
 * @param object what it was done to
 * @param outcome {@code done}, or why it was not
 */
public record Event(
        long number,
        Instant at,
        String actor,
        String address,
        Optional<String> organisation,
        String action,
        String object,
        String outcome) {}
