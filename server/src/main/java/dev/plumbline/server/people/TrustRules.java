package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The CI jobs that the owners of projects trust. */
public final class TrustRules {
    private static final int MOST = 50;

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public TrustRules(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * Adds a rule.
     *
     * @throws IllegalArgumentException if such jobs must not be trusted; the message says why
     */
    public TrustRule add(Account account, Project project, String issuer, Map<String, String> claims, Duration life) {
        TrustRule.check(claims, life);
        if (of(project).size() >= MOST) {
            throw new IllegalArgumentException("a project has at most " + MOST + " rules; use a * in one of them");
        }
        TrustRule rule = new TrustRule(Secret.id(random), project.id(), account, issuer, claims, life, clock.instant());
        database.write(rows -> rows.update(
                "INSERT INTO trust_rule (id, project, account, issuer, claims, minutes, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                rule.id(),
                project.id(),
                account.id(),
                issuer,
                text(rule.claims()),
                life.toMinutes(),
                rule.createdAt()));
        return rule;
    }

    /** A line for each; neither name nor pattern has an end of line in it. */
    private static String text(Map<String, String> claims) {
        return claims.entrySet().stream()
                .map(claim -> claim.getKey() + "=" + claim.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static TrustRule rule(Rows.Row row) throws SQLException {
        Map<String, String> claims = new TreeMap<>();
        row.text("claims").lines().forEach(line -> {
            int equals = line.indexOf('=');
            claims.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return new TrustRule(
                row.text("rule_id"),
                row.text("project"),
                Accounts.account(row, ""),
                row.text("issuer"),
                claims,
                Duration.ofMinutes(row.number("minutes")),
                row.time("rule_created_at"));
    }

    /** The rules of a project, the oldest first. */
    public List<TrustRule> of(Project project) {
        return database.read(rows -> rows.list(
                "SELECT trust_rule.id AS rule_id, project, issuer, claims, minutes,"
                        + " trust_rule.created_at AS rule_created_at, " + Accounts.columns("account", "")
                        + " FROM trust_rule JOIN account ON account.id = trust_rule.account"
                        + " WHERE project = ? ORDER BY trust_rule.created_at, trust_rule.id",
                TrustRules::rule,
                project.id()));
    }

    /** Removes a rule of a project, and revokes the tokens of its jobs; returns whether there was one. */
    public boolean remove(Project project, String id) {
        return database.write(rows -> {
            rows.update(
                    "UPDATE token SET revoked_at = ? WHERE trust_rule = ? AND project = ? AND revoked_at IS NULL",
                    clock.instant(),
                    id,
                    project.id());
            return rows.update("DELETE FROM trust_rule WHERE id = ? AND project = ?", id, project.id()) > 0;
        });
    }
}
