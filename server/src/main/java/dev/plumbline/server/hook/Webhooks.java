package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.http.Signature;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Secret;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The webhooks of projects. Their secrets are kept as they are, because the server signs with them; they are shown when
 * they are made and never again.
 */
public final class Webhooks {
    private static final int MOST = 10;
    private static final String SELECT =
            "SELECT webhook.id, address, events, webhook.created_at, account.name AS account"
                    + " FROM webhook JOIN account ON account.id = webhook.account WHERE webhook.project = ?";

    /** The queue of what is done at a repository is no webhook of people's. */
    private static final String OF_PEOPLE = " AND NOT EXISTS (SELECT 1 FROM forge WHERE forge.webhook = webhook.id)";

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public Webhooks(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /** A webhook with its secret, when it is made. */
    public record Made(Webhook webhook, String secret) {}

    /** The webhooks of a project, the oldest first. */
    public List<Webhook> of(Project project) {
        return list(project, OF_PEOPLE);
    }

    /** All receivers of the events of a project, including the connection to its repository. */
    List<Webhook> listeners(Project project) {
        return list(project, "");
    }

    private List<Webhook> list(Project project, String which) {
        return database.read(rows -> rows.list(
                SELECT + which + " ORDER BY webhook.created_at, webhook.id",
                row -> new Webhook(
                        row.text("id"),
                        URI.create(row.text("address")),
                        events(row.text("events")),
                        row.text("account"),
                        row.time("created_at")),
                project.id()));
    }

    private static Set<EventKind> events(String text) {
        return Stream.of(text.split(",")).map(EventKind::valueOf).collect(Collectors.toSet());
    }

    /** One of a project. */
    public Optional<Webhook> find(Project project, String id) {
        return of(project).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /**
     * Makes one. What is known of the project when it is looked at next is where its messages begin.
     *
     * @param address as {@link Destinations#checked} answers it
     * @throws IllegalArgumentException if the project has too many, or no event is chosen
     */
    public Made add(Project project, URI address, Set<EventKind> events, Account by) {
        Webhook webhook =
                new Webhook(Secret.id(random), address, events, by.name().text(), clock.instant());
        String secret = Signature.secret(random);
        if (of(project).size() >= MOST) {
            throw new IllegalArgumentException("a project has " + MOST + " webhooks at most; remove one first");
        }
        database.write(adding(project, webhook, secret, by));
        return new Made(webhook, secret);
    }

    private static ServerDatabase.Work<Integer> adding(Project project, Webhook webhook, String secret, Account by) {
        return rows -> {
            rows.update(
                    "INSERT INTO webhook (id, project, address, events, secret, account, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    webhook.id(),
                    project.id(),
                    webhook.address().toString(),
                    webhook.events().stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
                    secret,
                    by.id(),
                    webhook.createdAt());
            return rows.update(
                    "INSERT INTO project_watch (project, looks, changed_at) VALUES (?, 0, ?) ON CONFLICT DO NOTHING",
                    project.id(),
                    webhook.createdAt());
        };
    }

    /**
     * Makes the queue of what is done at a project's repository, as a part of something else.
     *
     * @param address of the repository
     */
    public ServerDatabase.Work<Made> addingQueue(Project project, URI address, Account by) {
        Made made = new Made(
                new Webhook(
                        Secret.id(random),
                        address,
                        Set.of(EventKind.CHECK_FINISHED),
                        by.name().text(),
                        clock.instant()),
                Signature.secret(random));
        return rows -> {
            adding(project, made.webhook(), made.secret(), by).on(rows);
            return made;
        };
    }

    /** A new secret, for who replaces one. */
    public String newSecret() {
        return Signature.secret(random);
    }

    /** Removes the queue of a project's repository, with all that it holds. */
    public boolean removeQueue(Project project) {
        return database.write(rows -> {
            int removed = rows.update(
                    "DELETE FROM webhook WHERE id IN (SELECT webhook FROM forge WHERE project = ?)", project.id());
            forgetUnwatched(project).on(rows);
            return removed > 0;
        });
    }

    /** Deletes the known state of a project without webhooks. */
    private static ServerDatabase.Work<Integer> forgetUnwatched(Project project) {
        return rows -> rows.update(
                "DELETE FROM project_watch WHERE project = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM webhook WHERE webhook.project = project_watch.project)",
                project.id());
    }

    /** Gives one a new secret in place of the one that it had; empty where there is none of that id. */
    public Optional<String> renewSecret(Project project, String id) {
        String secret = Signature.secret(random);
        int changed = database.write(rows ->
                rows.update("UPDATE webhook SET secret = ? WHERE project = ? AND id = ?", secret, project.id(), id));
        return changed > 0 ? Optional.of(secret) : Optional.empty();
    }

    /** Removes one with all its messages; returns whether there was one. */
    public boolean remove(Project project, String id) {
        return database.write(rows -> {
            int removed = rows.update("DELETE FROM webhook WHERE project = ? AND id = ?", project.id(), id);
            forgetUnwatched(project).on(rows);
            return removed > 0;
        });
    }
}
