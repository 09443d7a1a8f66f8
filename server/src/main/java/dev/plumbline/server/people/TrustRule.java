package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Jobs of a CI service that may record to a project without a secret: those whose token has all these claims.
 *
 * @param account who made it; a job never has more rights than they have
 * @param claims patterns by the name of the claim; in a pattern {@code *} matches any characters
 */
public record TrustRule(
        String id,
        String projectId,
        Account account,
        String issuer,
        Map<String, String> claims,
        Duration life,
        Instant createdAt) {
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_CLAIMS = 10;
    private static final int LONGEST_PATTERN = 300;

    /** The claims that name the owner of a job. Without one of them, every user of the service would be trusted. */
    private static final Set<String> OWNERS = Set.of(
            "repository",
            "repository_id",
            "repository_owner",
            "repository_owner_id",
            "project_path",
            "project_id",
            "namespace_path",
            "namespace_id",
            "sub");

    public TrustRule {
        requireNonNull(id, "id");
        requireNonNull(projectId, "projectId");
        requireNonNull(account, "account");
        requireNonNull(issuer, "issuer");
        requireNonNull(life, "life");
        requireNonNull(createdAt, "createdAt");
        claims = Collections.unmodifiableMap(new TreeMap<>(claims));
    }

    /** @throws IllegalArgumentException if such jobs must not be trusted; the message says why */
    static void check(Map<String, String> claims, Duration life) {
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a token of a job must be valid for " + SHORTEST.toMinutes() + " to "
                    + LONGEST.toMinutes() + " minutes");
        }
        if (claims.isEmpty() || claims.size() > MOST_CLAIMS) {
            throw new IllegalArgumentException("a rule must have 1 to " + MOST_CLAIMS + " claims");
        }
        claims.forEach((name, pattern) -> {
            if (!name.matches("[A-Za-z0-9_.:/-]{1,100}")) {
                throw new IllegalArgumentException(
                        "the name of a claim must have 1 to 100 letters, digits and" + " _.:/-");
            }
            if (pattern.isEmpty()
                    || pattern.length() > LONGEST_PATTERN
                    || pattern.codePoints().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "the pattern of a claim must have 1 to " + LONGEST_PATTERN + " printable characters");
            }
        });
        if (claims.entrySet().stream().noneMatch(claim -> namesOwner(claim.getKey(), claim.getValue()))) {
            throw new IllegalArgumentException("a rule must name whose jobs it trusts: repository: OWNER/NAME"
                    + " for GitHub,"
                    + " project_path: GROUP/NAME for GitLab, or sub; a * only after the first /");
        }
    }

    private static boolean namesOwner(String name, String pattern) {
        int star = pattern.indexOf('*');
        int slash = pattern.indexOf('/');
        return OWNERS.contains(name) && (star < 0 || slash > 0 && slash < star);
    }

    /** Whether a verified token is of such a job. A claim that is a list or an object matches nothing. */
    public boolean matches(Map<String, Object> token) {
        return claims.entrySet().stream().allMatch(claim -> Optional.ofNullable(token.get(claim.getKey()))
                .filter(value -> value instanceof String || value instanceof Number || value instanceof Boolean)
                .filter(value -> matches(claim.getValue(), value.toString()))
                .isPresent());
    }

    /** In time that grows with the length of the text alone. */
    static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(text);
        }
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0]) || text.length() < parts[0].length() + last.length() || !text.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        int end = text.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }

    /** The claims in a line. */
    public String words() {
        StringBuilder words = new StringBuilder();
        claims.forEach((name, pattern) -> words.append(words.isEmpty() ? "" : ", ")
                .append(name)
                .append(": ")
                .append(pattern));
        return words.toString();
    }
}
