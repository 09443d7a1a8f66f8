package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.ServerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Links for creating an account, each usable once. */
public final class Invitations {
    private static final Duration LIFE = Duration.ofDays(3);

    private final ServerDatabase database;
    private final Accounts accounts;
    private final Clock clock;
    private final RandomGenerator random;

    public Invitations(ServerDatabase database, Accounts accounts, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.accounts = requireNonNull(accounts, "accounts");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /** The first account, which is an administrator; earlier invitations of this kind become invalid. */
    public Secret ofAdministrator() {
        return invite(Optional.empty(), Optional.empty(), true);
    }

    /** An invitation to a role in an organisation. */
    public Secret of(Organisation organisation, Role role) {
        return invite(Optional.of(organisation), Optional.of(role), false);
    }

    private Secret invite(Optional<Organisation> organisation, Optional<Role> role, boolean isAdministrator) {
        Secret secret = Secret.random(Secret.INVITATION, random);
        Instant now = clock.instant();
        database.write(rows -> {
            if (isAdministrator) {
                rows.update("DELETE FROM invitation WHERE is_administrator = 1 AND used_at IS NULL");
            }
            return rows.update(
                    "INSERT INTO invitation (digest, organisation, role, is_administrator, created_at, expires_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    secret.digest(),
                    organisation.map(Organisation::id),
                    role,
                    isAdministrator ? 1L : 0L,
                    now,
                    now.plus(LIFE));
        });
        return secret;
    }

    /**
     * An unused invitation.
     *
     * @param id names it and opens nothing
     */
    public record Open(String id, Role role, Instant createdAt, Instant expiresAt) {}

    /** The length of an invitation's name in the list: the beginning of the digest of its secret. */
    private static final int ID = 12;

    /** The open invitations to an organisation, the newest first. */
    public List<Open> open(Organisation organisation) {
        return database.read(rows -> rows.list(
                "SELECT substr(digest, 1, " + ID + ") AS id, role, created_at, expires_at FROM invitation"
                        + " WHERE organisation = ? AND used_at IS NULL AND expires_at > ?"
                        + " ORDER BY created_at DESC, digest",
                row -> new Open(
                        row.text("id"), Role.valueOf(row.text("role")), row.time("created_at"), row.time("expires_at")),
                organisation.id(),
                clock.instant()));
    }

    /** Withdraws an open invitation; returns whether there was one. */
    public boolean withdraw(Organisation organisation, String id) {
        return database.write(rows -> rows.update(
                        "DELETE FROM invitation WHERE organisation = ? AND substr(digest, 1, " + ID
                                + ") = ? AND used_at IS NULL",
                        organisation.id(),
                        id))
                > 0;
    }

    /** The organisation that an invitation is to, whether it was used or not. */
    public Optional<Organisation> organisation(Secret secret) {
        return database.read(rows -> rows.first(
                "SELECT organisation.id, organisation.name, organisation.created_at FROM invitation"
                        + " JOIN organisation ON organisation.id = invitation.organisation WHERE digest = ?",
                row -> new Organisation(row.text("id"), new Name(row.text("name")), row.time("created_at")),
                secret.digest()));
    }

    /** Whether an account can still be created with it. */
    public boolean isValid(Secret secret) {
        return database.read(rows -> rows.first(
                        "SELECT 1 AS one FROM invitation WHERE digest = ? AND used_at IS NULL AND expires_at > ?",
                        row -> row.number("one"),
                        secret.digest(),
                        clock.instant()))
                .isPresent();
    }

    /**
     * Creates the account of an invitation.
     *
     * @return empty where the invitation was used, has expired or never was
     * @throws IllegalArgumentException if the password is not acceptable; the message says why
     * @throws dev.plumbline.server.data.Taken if there is an account of that name
     */
    public Optional<Account> accept(Secret secret, Name name, String password) {
        if (!isValid(secret)) {
            return Optional.empty();
        }
        record Known(Optional<String> organisation, Optional<String> role, boolean isAdministrator) {}
        String hash = accounts.hash(password);
        Instant now = clock.instant();
        return database.write(rows -> {
            int used = rows.update(
                    "UPDATE invitation SET used_at = ? WHERE digest = ? AND used_at IS NULL AND expires_at > ?",
                    now,
                    secret.digest(),
                    now);
            if (used == 0) {
                return Optional.<Account>empty();
            }
            Known known = rows.first(
                            "SELECT organisation, role, is_administrator FROM invitation WHERE digest = ?",
                            row -> new Known(
                                    row.optionalText("organisation"),
                                    row.optionalText("role"),
                                    row.number("is_administrator") != 0),
                            secret.digest())
                    .orElseThrow();
            Account account = accounts.create(rows, name, Optional.of(hash), known.isAdministrator());
            if (known.organisation().isPresent()) {
                rows.update(
                        "INSERT INTO member (organisation, account, role) VALUES (?, ?, ?)",
                        known.organisation(),
                        account.id(),
                        known.role());
            }
            return Optional.of(account);
        });
    }
}
