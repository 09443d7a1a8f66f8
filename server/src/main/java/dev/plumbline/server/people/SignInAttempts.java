package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.ServerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Sign-in attempts at a provider that are not completed. An attempt ends once, in the browser that began it, within
 * ten minutes. The values sent to the provider, and those it must return, are derived from the browser's secret, so
 * that nothing of them is stored here.
 */
public final class SignInAttempts {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public SignInAttempts(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * An attempt that has begun.
     *
     * @param state goes to the provider and comes back
     * @param browser stays in the browser
     */
    public record Begun(Secret state, Secret browser) {}

    /**
     * A completed attempt.
     *
     * @param back the page to come back to
     * @param accountId who wanted to connect their account; empty for signing in
     */
    public record Attempt(String back, Optional<String> accountId) {}

    /** The nonce that a provider has to repeat in its token. */
    public static String nonce(Secret browser) {
        return new Secret("nonce " + browser.text()).digest();
    }

    /**
     * The verifier that proves that an attempt is ended by the browser that began it; the provider sees its digest
     * before.
     */
    public static String verifier(Secret browser) {
        return new Secret("verifier " + browser.text()).digest();
    }

    /** Begins an attempt, and deletes abandoned ones. */
    public Begun begin(String provider, String back, Optional<Account> connecting) {
        Begun begun = new Begun(Secret.random(Secret.STATE, random), Secret.random(Secret.BROWSER, random));
        Instant now = clock.instant();
        database.write(rows -> {
            rows.update("DELETE FROM sign_in WHERE created_at < ?", now.minus(LIFE));
            return rows.update(
                    "INSERT INTO sign_in (state, browser, provider, back, account, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    begun.state().digest(),
                    begun.browser().digest(),
                    provider,
                    back,
                    connecting.map(Account::id),
                    now);
        });
        return begun;
    }

    /**
     * Ends an attempt; empty if it was completed before, is too old, or was begun by another user or in another
     * browser.
     */
    public Optional<Attempt> end(String provider, Secret state, Secret browser) {
        return database.write(rows -> {
            Optional<Attempt> attempt = rows.first(
                    "SELECT back, account FROM sign_in"
                            + " WHERE state = ? AND browser = ? AND provider = ? AND created_at > ?",
                    row -> new Attempt(row.text("back"), row.optionalText("account")),
                    state.digest(),
                    browser.digest(),
                    provider,
                    clock.instant().minus(LIFE));
            int ended = rows.update(
                    "DELETE FROM sign_in WHERE state = ? AND browser = ?", state.digest(), browser.digest());
            return attempt.filter(found -> ended == 1);
        });
    }
}
