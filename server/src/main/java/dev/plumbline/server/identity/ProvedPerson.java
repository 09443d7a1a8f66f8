package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * Somebody for whom a provider vouches.
 *
 * @param subject who it is at the provider, for ever
 * @param verifiedMail shown, and never a reason to take them for somebody
 * @param preferredName what they like to be called
 */
public record ProvedPerson(
        String subject, Optional<String> verifiedMail, Optional<String> preferredName, Set<String> groups) {
    public ProvedPerson {
        requireNonNull(subject, "subject");
        requireNonNull(verifiedMail, "verifiedMail");
        requireNonNull(preferredName, "preferredName");
        groups = Set.copyOf(groups);
    }
}
