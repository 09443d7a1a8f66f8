package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.ServerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The sessions of signed-in browsers. */
public final class Sessions {
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Recording every request of a session would make reads wait for writes. */
    private static final Duration EXACT_TO = Duration.ofMinutes(1);

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public Sessions(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /** Begins a session with a new secret, and deletes expired ones. */
    public Secret begin(Account account) {
        Secret secret = Secret.random(Secret.SESSION, random);
        Instant now = clock.instant();
        database.write(rows -> {
            rows.update("DELETE FROM session WHERE used_at < ? OR created_at < ?", now.minus(IDLE), now.minus(LONGEST));
            return rows.update(
                    "INSERT INTO session (digest, account, created_at, used_at) VALUES (?, ?, ?, ?)",
                    secret.digest(),
                    account.id(),
                    now,
                    now);
        });
        return secret;
    }

    /** The account of a session; empty where it has expired. */
    public Optional<Account> account(Secret secret) {
        record Known(Account account, Instant usedAt) {}
        Instant now = clock.instant();
        String digest = secret.digest();
        Optional<Known> known = database.read(rows -> rows.first(
                "SELECT " + Accounts.columns("account", "")
                        + ", session.used_at FROM session JOIN account ON account.id = session.account"
                        + " WHERE digest = ? AND session.used_at >= ? AND session.created_at >= ?"
                        + " AND disabled_at IS NULL",
                row -> new Known(Accounts.account(row, ""), row.time("used_at")),
                digest,
                now.minus(IDLE),
                now.minus(LONGEST)));
        if (known.isPresent() && known.get().usedAt().isBefore(now.minus(EXACT_TO))) {
            database.write(rows -> rows.update("UPDATE session SET used_at = ? WHERE digest = ?", now, digest));
        }
        return known.map(Known::account);
    }

    public void end(Secret secret) {
        database.write(rows -> rows.update("DELETE FROM session WHERE digest = ?", secret.digest()));
    }

    /** Ends all sessions of an account. */
    public void endAll(Account account) {
        database.write(rows -> rows.update("DELETE FROM session WHERE account = ?", account.id()));
    }
}
