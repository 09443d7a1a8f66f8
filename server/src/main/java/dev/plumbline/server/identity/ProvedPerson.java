package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * A person authenticated by a provider.
 *
 * @param subject who it is at the provider, for ever
 * @param verifiedMail only displayed, never used to identify a person
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
