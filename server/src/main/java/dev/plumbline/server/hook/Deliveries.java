package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.people.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** The messages of all webhooks: pending ones, and the results of the others. */
public final class Deliveries {
    /** The duration for which a sender reserves a message: longer than sending takes. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** The same for what is done at a repository. */
    private static final Duration LEASE_OF_WORK = Duration.ofMinutes(10);

    /** After each attempt that fails; after one more, the message has failed. */
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12));

    private static final int GONE = 410;

    /** The most waiting messages of a webhook; more fail at once. */
    private static final int MOST_WAITING = 500;

    /** The most characters of what came of a message. */
    private static final int LONGEST = 900;

    /** The most messages of a round. */
    private static final int MOST_DUE = 1_000;

    /** The most finished messages of a webhook that are kept, and for how long. */
    private static final int MOST_KEPT = 500;

    private static final Duration KEPT = Duration.ofDays(30);

    private static final String COLUMNS =
            "webhook_delivery.id, event, body, state, attempts, webhook_delivery.created_at, due_at, ended_at, status,"
                    + " answer";

    private static final Rows.Reader<Delivery> READER = row -> {
        Delivery.State state = Delivery.State.valueOf(row.text("state"));
        int status = Math.toIntExact(row.number("status"));
        return new Delivery(
                row.text("id"),
                EventKind.valueOf(row.text("event")),
                row.text("body"),
                state,
                Math.toIntExact(row.number("attempts")),
                row.time("created_at"),
                state == Delivery.State.WAITING ? Optional.of(row.time("due_at")) : Optional.empty(),
                row.optionalTime("ended_at"),
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                row.optionalText("answer"));
    };

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public Deliveries(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * A message that is to be sent now.
     *
     * @param project whose webhook it is of
     * @param isWork whether it is done at a repository, and not sent
     */
    record Due(
            Delivery delivery, String project, URI address, String secret, String body, Instant dueAt, boolean isWork) {
        String id() {
            return delivery.id();
        }
    }

    /** Adds a message to those of a webhook. */
    public void add(Webhook webhook, Message message) {
        database.write(adding(webhook, message));
    }

    /** The same as a part of something else. */
    ServerDatabase.Work<Integer> adding(Webhook webhook, Message message) {
        return rows -> {
            long waiting = rows.first(
                            "SELECT count(*) AS n FROM webhook_delivery WHERE webhook = ? AND state = ?",
                            row -> row.number("n"),
                            webhook.id(),
                            Delivery.State.WAITING)
                    .orElse(0L);
            boolean isTooMany = waiting >= MOST_WAITING;
            Instant now = clock.instant();
            return rows.update(
                    "INSERT INTO webhook_delivery (id, webhook, event, body, state, attempts, created_at, due_at,"
                            + " ended_at, answer) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
                    "msg_" + Secret.id(random) + Secret.id(random),
                    webhook.id(),
                    message.kind(),
                    message.body(),
                    isTooMany ? Delivery.State.FAILED : Delivery.State.WAITING,
                    now,
                    now,
                    isTooMany ? Optional.of(now) : Optional.empty(),
                    isTooMany
                            ? Optional.of(MOST_WAITING + " messages for this address are already waiting")
                            : Optional.empty());
        };
    }

    /** The messages of a webhook, the newest first. */
    public List<Delivery> of(Webhook webhook, int most) {
        return database.read(rows -> rows.list(
                "SELECT " + COLUMNS + " FROM webhook_delivery WHERE webhook = ? ORDER BY created_at DESC, id LIMIT ?",
                READER,
                webhook.id(),
                most));
    }

    /** Sends a message again that is not waiting; returns whether there is one of that id. */
    public boolean again(Webhook webhook, String id) {
        return database.write(rows -> rows.update(
                        "UPDATE webhook_delivery SET state = ?, attempts = 0, due_at = ?, ended_at = NULL"
                                + " WHERE webhook = ? AND id = ?",
                        Delivery.State.WAITING,
                        clock.instant(),
                        webhook.id(),
                        id))
                > 0;
    }

    /** Whether a message of a kind waits for its first attempt. */
    public boolean isNew(Webhook webhook, EventKind kind) {
        return database.read(rows -> rows.first(
                        "SELECT id FROM webhook_delivery WHERE webhook = ? AND event = ? AND state = ?"
                                + " AND attempts = 0",
                        row -> row.text("id"),
                        webhook.id(),
                        kind,
                        Delivery.State.WAITING))
                .isPresent();
    }

    /**
     * The due messages, the oldest first, one of each project, and one piece of work: a project with many keeps no
     * other one waiting, and work no message.
     */
    List<Due> due() {
        Map<String, Due> first = new LinkedHashMap<>();
        database.read(rows -> rows.list(
                        "SELECT " + COLUMNS + ", webhook.project, webhook.address, webhook.secret,"
                                + " forge.webhook AS forge FROM webhook_delivery"
                                + " JOIN webhook ON webhook.id = webhook_delivery.webhook"
                                + " JOIN project ON project.id = webhook.project"
                                + " LEFT JOIN forge ON forge.webhook = webhook.id"
                                + " WHERE state = ? AND due_at <= ? AND project.deleted_at IS NULL"
                                + " ORDER BY due_at, webhook_delivery.id LIMIT ?",
                        row -> new Due(
                                READER.read(row),
                                row.text("project"),
                                URI.create(row.text("address")),
                                row.text("secret"),
                                row.text("body"),
                                row.time("due_at"),
                                row.optionalText("forge").isPresent()),
                        Delivery.State.WAITING,
                        clock.instant(),
                        MOST_DUE))
                .forEach(due -> first.putIfAbsent(due.project() + due.isWork(), due));
        return List.copyOf(first.values());
    }

    /** Takes a message upon oneself; false where another server was first. */
    boolean claim(Due due) {
        return database.write(rows -> rows.update(
                        "UPDATE webhook_delivery SET attempts = attempts + 1, due_at = ?"
                                + " WHERE id = ? AND state = ? AND due_at = ?",
                        clock.instant().plus(due.isWork() ? LEASE_OF_WORK : LEASE),
                        due.id(),
                        Delivery.State.WAITING,
                        due.dueAt()))
                > 0;
    }

    /**
     * Notes what came of sending a message.
     *
     * @param status of the answer; none came when empty
     * @param words what went wrong, where no answer came
     */
    void sent(Due due, OptionalInt status, String words) {
        boolean isDelivered = status.isPresent() && status.getAsInt() / 100 == 2;
        boolean isGone = status.isPresent() && status.getAsInt() == GONE;
        ended(due, isDelivered, isGone, status, status.isPresent() ? "HTTP " + status.getAsInt() : words);
    }

    /** Notes what came of work at a repository. */
    void worked(Due due, boolean isDone, String words) {
        ended(due, isDone, false, OptionalInt.empty(), words.length() > LONGEST ? words.substring(0, LONGEST) : words);
    }

    private void ended(Due due, boolean isDelivered, boolean isGone, OptionalInt status, String answer) {
        int attempts = due.delivery().attempts() + 1;
        boolean isOver = isDelivered || attempts > WAITS.size() || isGone;
        Instant now = clock.instant();
        Delivery.State state =
                !isOver ? Delivery.State.WAITING : isDelivered ? Delivery.State.DELIVERED : Delivery.State.FAILED;
        database.write(rows -> rows.update(
                "UPDATE webhook_delivery SET state = ?, due_at = ?, ended_at = ?, status = ?, answer = ? WHERE"
                        + " id = ?",
                state,
                isOver ? now : now.plus(WAITS.get(attempts - 1)),
                isOver ? Optional.of(now) : Optional.empty(),
                status.isPresent() ? Optional.of((long) status.getAsInt()) : Optional.empty(),
                answer,
                due.id()));
    }

    /** Deletes what ended long ago, and all but the newest of a webhook. */
    public void forgetOld() {
        database.write(rows -> {
            rows.update(
                    "DELETE FROM webhook_delivery WHERE ended_at < ?",
                    clock.instant().minus(KEPT));
            return rows.update(
                    "DELETE FROM webhook_delivery WHERE ended_at IS NOT NULL AND (SELECT count(*) FROM"
                            + " webhook_delivery"
                            + " AS newer WHERE newer.webhook = webhook_delivery.webhook"
                            + " AND newer.created_at > webhook_delivery.created_at) >= ?",
                    MOST_KEPT);
        });
    }
}
