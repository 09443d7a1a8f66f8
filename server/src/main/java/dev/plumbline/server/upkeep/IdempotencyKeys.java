package dev.plumbline.server.upkeep;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.data.Taken;
import dev.plumbline.server.data.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Requests with an idempotency key and their responses: a repeated request gets the same response. */
public final class IdempotencyKeys {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    /** Longer answers are not kept; the request is then done again. */
    public static final int MOST_BYTES = 4 << 20;

    private static final Duration KEPT = Duration.ofHours(24);

    /** Whoever has not finished by then was killed: clients wait for ten minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(11);

    /** The most keys that wait to be released; more requests do not fail at once. */
    private static final int MOST_ENDED = 10_000;

    private final ServerDatabase database;
    private final Clock clock;

    /** The failed requests whose key could not be released because the database gave no answer. */
    private final Set<Request> ended = ConcurrentHashMap.newKeySet();

    public IdempotencyKeys(ServerDatabase database, Clock clock) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A request under a key.
     *
     * @param caller who makes it; keys of others are others
     * @param digest of the whole request
     */
    public record Request(String caller, String key, String digest) {
        public Request {
            requireNonNull(caller, "caller");
            requireNonNull(key, "key");
            requireNonNull(digest, "digest");
        }
    }

    /**
     * The stored answer.
     *
     * @param gate the value of the header of that name; empty if there is none
     */
    public record Answer(int status, String type, String gate, byte[] body) {
        public Answer {
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }
    }

    /** The state of a request. */
    public sealed interface Known {
        /** It is the first of its key: it is the caller's to do, and to {@link #finish} or {@link #release}. */
        record First() implements Known {}

        /** It is being done. */
        record UnderWay() implements Known {}

        /** The key was used for another request. */
        record Other() implements Known {}

        /** It was done. */
        record Done(Answer answer) implements Known {}
    }

    private record Row(String digest, Instant began, Optional<Answer> answer) {}

    /** Claims a key for a request, or returns the outcome of it. */
    public Known claim(Request request) {
        releaseEnded();
        Instant now = clock.instant();
        try {
            database.write(rows -> {
                rows.update(
                        "DELETE FROM idempotency_key WHERE caller = ? AND name = ? AND (began_at < ?"
                                + " OR status IS NULL AND began_at < ?)",
                        request.caller(),
                        request.key(),
                        now.minus(KEPT),
                        now.minus(LONGEST));
                return rows.update(
                        "INSERT INTO idempotency_key (caller, name, digest, began_at) VALUES (?, ?, ?, ?)",
                        request.caller(),
                        request.key(),
                        request.digest(),
                        now);
            });
            return new Known.First();
        } catch (Taken e) {
            return find(request)
                    .map(row -> known(row, request))
                    .orElseGet(Known.UnderWay::new); // it was released this moment
        }
    }

    private static Known known(Row row, Request request) {
        if (!row.digest().equals(request.digest())) {
            return new Known.Other();
        }
        return row.answer().<Known>map(Known.Done::new).orElseGet(Known.UnderWay::new);
    }

    private Optional<Row> find(Request request) {
        return database.read(rows -> rows.first(
                "SELECT digest, began_at, status, type, gate, body FROM idempotency_key"
                        + " WHERE caller = ? AND name = ?",
                row -> {
                    Optional<String> body = row.optionalText("body");
                    int status = (int) row.number("status");
                    String type = row.text("type");
                    String gate = row.text("gate");
                    return new Row(
                            row.text("digest"),
                            row.time("began_at"),
                            body.map(text -> new Answer(
                                    status, type, gate, Base64.getDecoder().decode(text))));
                },
                request.caller(),
                request.key()));
    }

    /** Keeps what is answered, before it is sent. */
    public void finish(Request request, Answer answer) {
        database.write(rows -> rows.update(
                "UPDATE idempotency_key SET status = ?, type = ?, gate = ?, body = ? WHERE caller = ? AND name = ?",
                answer.status(),
                answer.type(),
                answer.gate(),
                Base64.getEncoder().encodeToString(answer.body()),
                request.caller(),
                request.key()));
    }

    /** Lets the request be made again; where the database does not answer now, as soon as it does. */
    public void release(Request request) {
        try {
            database.write(rows -> rows.update(
                    "DELETE FROM idempotency_key WHERE caller = ? AND name = ? AND status IS NULL",
                    request.caller(),
                    request.key()));
        } catch (Unavailable e) {
            LOG.log(Level.FINE, "the key of a request is released later", e);
            if (ended.size() < MOST_ENDED) {
                ended.add(request);
            }
        }
    }

    private void releaseEnded() {
        for (Request request : List.copyOf(ended)) {
            if (ended.remove(request)) {
                release(request);
            }
        }
    }

    /** Deletes unfinished requests: those of the only server on the database ended when it was killed. */
    public void forgetUnfinished() {
        database.write(rows -> rows.update("DELETE FROM idempotency_key WHERE status IS NULL"));
    }

    /** Deletes what is older than a day. */
    public void forgetOld() {
        database.write(rows -> rows.update(
                "DELETE FROM idempotency_key WHERE began_at < ?",
                clock.instant().minus(KEPT)));
    }
}
