package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The tokens of projects. */
public final class Tokens {
    /** Longer ones would be forgotten, and stay valid. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Duration EXACT_TO = Duration.ofMinutes(1);
    private static final int LONGEST_NAME = 100;

    /** Tokens of jobs that have expired, to look something up. */
    private static final Duration JOBS_KEPT = Duration.ofDays(1);

    private static final String SELECT = "SELECT token.id, beginning, token.name, project, role, token.created_at,"
            + " expires_at, revoked_at, used_at, " + Accounts.columns("account", "account_")
            + " FROM token JOIN account ON account.id = token.account ";

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public Tokens(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /** @param secret what the program sends; it is never shown again */
    public record Issued(ApiToken token, Secret secret) {}

    /**
     * Issues a token.
     *
     * @param name what it is for, of 1 to 100 printable characters
     * @param life how long it is valid, at most {@link #LONGEST}
     * @throws IllegalArgumentException if one of them is invalid; the message says why
     */
    public Issued issue(Account account, Project project, Role role, String name, Duration life) {
        return issue(account, project, role, name, life, Optional.empty());
    }

    /** Issues a token to a job that a rule trusts, and deletes those of jobs that ended long ago. */
    public Issued issue(TrustRule rule, Project project, String name) {
        database.write(rows -> rows.update(
                "DELETE FROM token WHERE trust_rule IS NOT NULL AND expires_at < ?",
                clock.instant().minus(JOBS_KEPT)));
        String printable = name.replaceAll("\\p{Cntrl}", "");
        return issue(
                rule.account(),
                project,
                Role.RECORDER,
                printable.substring(0, Math.min(printable.length(), LONGEST_NAME)),
                rule.life(),
                Optional.of(rule.id()));
    }

    private Issued issue(
            Account account, Project project, Role role, String name, Duration life, Optional<String> rule) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of a token must have 1 to 100 printable characters");
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a token must be valid for 1 to " + LONGEST.toDays() + " days");
        }
        Secret secret = Secret.random(Secret.TOKEN, random);
        Instant now = clock.instant();
        ApiToken token = new ApiToken(
                Secret.id(random),
                secret.beginning(),
                name,
                account,
                project.id(),
                role,
                now,
                now.plus(life),
                Optional.empty(),
                Optional.empty());
        database.write(rows -> rows.update(
                "INSERT INTO token (id, digest, beginning, name, account, project, role, created_at, expires_at,"
                        + " trust_rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                secret.digest(),
                token.beginning(),
                name,
                account.id(),
                project.id(),
                role,
                now,
                token.expiresAt(),
                rule));
        return new Issued(token, secret);
    }

    private static ApiToken token(Rows.Row row) throws SQLException {
        return new ApiToken(
                row.text("id"),
                row.text("beginning"),
                row.text("name"),
                Accounts.account(row, "account_"),
                row.text("project"),
                Role.valueOf(row.text("role")),
                row.time("created_at"),
                row.time("expires_at"),
                row.optionalTime("revoked_at"),
                row.optionalTime("used_at"));
    }

    /** The token of a secret; empty where it has expired, was revoked, or never was. */
    public Optional<ApiToken> find(Secret secret) {
        Instant now = clock.instant();
        Optional<ApiToken> found = database.read(
                        rows -> rows.first(SELECT + "WHERE digest = ?", Tokens::token, secret.digest()))
                .filter(token -> token.isValid(now));
        found.filter(token -> token.usedAt()
                        .filter(used -> !used.isBefore(now.minus(EXACT_TO)))
                        .isEmpty())
                .ifPresent(token -> database.write(
                        rows -> rows.update("UPDATE token SET used_at = ? WHERE id = ?", now, token.id())));
        return found;
    }

    /**
     * The tokens of a project, the newest first, with those that have expired or were revoked; of the tokens of trusted
     * jobs only those that are valid.
     */
    public List<ApiToken> of(Project project) {
        return database.read(rows -> rows.list(
                SELECT + "WHERE project = ? AND (trust_rule IS NULL OR revoked_at IS NULL AND expires_at > ?)"
                        + " ORDER BY token.created_at DESC, token.id",
                Tokens::token,
                project.id(),
                clock.instant()));
    }

    /** Revokes a token of a project; returns whether there was one. */
    public boolean revoke(Project project, String id) {
        return database.write(rows -> rows.update(
                        "UPDATE token SET revoked_at = ? WHERE id = ? AND project = ? AND revoked_at IS NULL",
                        clock.instant(),
                        id,
                        project.id()))
                > 0;
    }
}
