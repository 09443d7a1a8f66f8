package dev.plumbline.server.people;

import java.time.Instant;
import java.util.Optional;

/**
 * A token with which a program accesses one project. The secret itself is not kept.
 *
 * @param beginning the first characters of the secret, to recognise it by
 * @param name what it is for
 * @param account who issued it; it never has more rights than they have
 * @param projectId the only project that it opens
 * @param usedAt when it was last used, to the minute
 */
public record ApiToken(
        String id,
        String beginning,
        String name,
        Account account,
        String projectId,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> usedAt) {
    boolean isValid(Instant now) {
        return revokedAt.isEmpty()
                && now.isBefore(expiresAt)
                && account.disabledAt().isEmpty();
    }
}
