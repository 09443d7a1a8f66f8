package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Programs without a browser that request a token, and their approval by users (RFC 8628). The program
 * keeps a long secret, the person types a short code; both are kept as digests, and for ten minutes.
 */
public final class Devices {
    /** The time in which a person may let a program in. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    /** The interval between a program's requests. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Neither vowels, which make words, nor letters and digits that are mistaken for each other. */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int CODE = 8;

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public Devices(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * The response to a program that begins.
     *
     * @param secret for asking
     * @param code for the person, with a hyphen
     */
    public record Begun(Secret secret, String code) {}

    /**
     * The request that a user decides.
     *
     * @param projectPath the project that the program named
     * @param address of its network peer
     */
    public record Request(Optional<String> projectPath, String address, Instant createdAt) {}

    /** The rights that a person grants. */
    public record Grant(String accountId, String projectId, Role role, Duration life) {}

    /** The states of a request. */
    public enum State {
        WAITING,
        TOO_FAST,
        REFUSED,
        ALLOWED,
        /** Or never begun, or answered before. */
        EXPIRED
    }

    /** A decision, with the grant if there is one. */
    public record Answer(State state, Optional<Grant> grant) {
        private static Answer of(State state) {
            return new Answer(state, Optional.empty());
        }
    }

    /** Begins a request, and deletes expired ones. */
    public Begun begin(Optional<String> projectPath, String address) {
        Secret secret = Secret.random(Secret.DEVICE, random);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        Instant now = clock.instant();
        database.write(rows -> {
            rows.update("DELETE FROM device WHERE created_at < ?", now.minus(LIFE));
            return rows.update(
                    "INSERT INTO device (digest, code, project_path, address, state, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    secret.digest(),
                    digest(code.toString()),
                    projectPath,
                    address,
                    State.WAITING,
                    now);
        });
        return new Begun(secret, code.insert(CODE / 2, '-').toString());
    }

    /** The digest of a code, ignoring case and separators. */
    private static String digest(String code) {
        return new Secret(code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "")).digest();
    }

    /** The program of a code that waits for an answer. */
    public Optional<Request> waiting(String code) {
        return database.read(rows -> rows.first(
                "SELECT project_path, address, created_at FROM device"
                        + " WHERE code = ? AND state = ? AND created_at > ?",
                row -> new Request(row.optionalText("project_path"), row.text("address"), row.time("created_at")),
                digest(code),
                State.WAITING,
                clock.instant().minus(LIFE)));
    }

    /** Grants a program a token; returns whether it still waits. */
    public boolean allow(String code, Grant grant) {
        return database.write(rows -> rows.update(
                        "UPDATE device SET state = ?, account = ?, project = ?, role = ?, days = ?"
                                + " WHERE code = ? AND state = ? AND created_at > ?",
                        State.ALLOWED,
                        grant.accountId(),
                        grant.projectId(),
                        grant.role(),
                        grant.life().toDays(),
                        digest(code),
                        State.WAITING,
                        clock.instant().minus(LIFE)))
                > 0;
    }

    /** Refuses a program; returns whether it still waits. */
    public boolean refuse(String code) {
        return database.write(rows -> rows.update(
                        "UPDATE device SET state = ? WHERE code = ? AND state = ?",
                        State.REFUSED,
                        digest(code),
                        State.WAITING))
                > 0;
    }

    /** The answer to a program that asks. What was given is given once. */
    public Answer ask(Secret secret) {
        Instant now = clock.instant();
        return database.write(rows -> answer(rows, secret.digest(), now));
    }

    private static Answer answer(Rows rows, String digest, Instant now) throws SQLException {
        record Known(State state, Optional<Instant> polledAt, Optional<Grant> grant) {}
        Optional<Known> known = rows.first(
                "SELECT state, polled_at, account, project, role, days FROM device WHERE digest = ? AND created_at > ?",
                row -> new Known(State.valueOf(row.text("state")), row.optionalTime("polled_at"), grant(row)),
                digest,
                now.minus(LIFE));
        if (known.isEmpty()) {
            return Answer.of(State.EXPIRED);
        }
        State state = known.get().state();
        if (state == State.WAITING) {
            rows.update("UPDATE device SET polled_at = ? WHERE digest = ?", now, digest);
            boolean isTooFast = known.get()
                    .polledAt()
                    .filter(before -> now.isBefore(before.plus(INTERVAL)))
                    .isPresent();
            return Answer.of(isTooFast ? State.TOO_FAST : State.WAITING);
        }
        int ended = rows.update("DELETE FROM device WHERE digest = ?", digest);
        return ended == 1 ? new Answer(state, known.get().grant()) : Answer.of(State.EXPIRED);
    }

    private static Optional<Grant> grant(Rows.Row row) throws SQLException {
        Optional<String> account = row.optionalText("account");
        return account.isEmpty()
                ? Optional.empty()
                : Optional.of(new Grant(
                        account.get(),
                        row.text("project"),
                        Role.valueOf(row.text("role")),
                        Duration.ofDays(row.number("days"))));
    }
}
