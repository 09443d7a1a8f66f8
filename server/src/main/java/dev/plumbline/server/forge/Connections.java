package dev.plumbline.server.forge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.hook.Webhooks;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Project;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The connections of projects to repositories. Tokens and keys are stored in clear text, because the server
 * authenticates with them; they are never shown again.
 */
public final class Connections {
    /** For how long an event is known, so that it counts once. */
    private static final Duration KNOWN = Duration.ofDays(30);

    private static final Rows.Reader<Connection> READER = row -> new Connection(
            new Webhook(
                    row.text("webhook"),
                    URI.create(row.text("address")),
                    Set.of(EventKind.CHECK_FINISHED),
                    row.text("account"),
                    row.time("created_at")),
            new Repository(Forge.valueOf(row.text("kind")), URI.create(row.text("address"))),
            new Connection.Settings(row.text("name"), row.number("is_awaiting") > 0),
            row.optionalText("app"));

    private final ServerDatabase database;
    private final Webhooks webhooks;
    private final Clock clock;

    public Connections(ServerDatabase database, Webhooks webhooks, Clock clock) {
        this.database = requireNonNull(database, "database");
        this.webhooks = requireNonNull(webhooks, "webhooks");
        this.clock = requireNonNull(clock, "clock");
    }

    /** The connection of a project. */
    public Optional<Connection> of(Project project) {
        return database.read(rows -> rows.first(
                "SELECT forge.webhook, webhook.address, forge.kind, forge.name, forge.is_awaiting, forge.app,"
                        + " webhook.created_at, account.name AS account FROM forge"
                        + " JOIN webhook ON webhook.id = forge.webhook JOIN account ON account.id = webhook.account"
                        + " WHERE forge.project = ?",
                READER,
                project.id()));
    }

    /**
     * Connects a project that is not connected.
     *
     * @return the secret with which the forge signs its events
     */
    public String add(
            Project project, Repository repository, Connection.Settings settings, Credential credential, Account by) {
        return database.write(rows -> {
            Webhooks.Made made =
                    webhooks.addingQueue(project, repository.address(), by).on(rows);
            rows.update(
                    "INSERT INTO forge (webhook, project, kind, name, is_awaiting, token, app, private_key)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    made.webhook().id(),
                    project.id(),
                    repository.forge(),
                    settings.name(),
                    settings.isAwaiting() ? 1L : 0L,
                    token(credential),
                    app(credential),
                    privateKey(credential));
            return made.secret();
        });
    }

    private static Optional<String> token(Credential credential) {
        return credential instanceof Credential.AccessToken access ? Optional.of(access.token()) : Optional.empty();
    }

    private static Optional<String> app(Credential credential) {
        return credential instanceof Credential.App app ? Optional.of(app.id()) : Optional.empty();
    }

    private static Optional<String> privateKey(Credential credential) {
        return credential instanceof Credential.App app ? Optional.of(app.privateKey()) : Optional.empty();
    }

    /**
     * Changes the connection of a project, which keeps its queue and the secret of its events.
     *
     * @param credential the one that there is stays when empty
     */
    public void change(
            Connection connection,
            Repository repository,
            Connection.Settings settings,
            Optional<Credential> credential) {
        String id = connection.queue().id();
        database.write(rows -> {
            rows.update(
                    "UPDATE webhook SET address = ? WHERE id = ?",
                    repository.address().toString(),
                    id);
            rows.update(
                    "UPDATE forge SET kind = ?, name = ?, is_awaiting = ? WHERE webhook = ?",
                    repository.forge(),
                    settings.name(),
                    settings.isAwaiting() ? 1L : 0L,
                    id);
            if (credential.isPresent()) {
                rows.update(
                        "UPDATE forge SET token = ?, app = ?, private_key = ? WHERE webhook = ?",
                        token(credential.get()),
                        app(credential.get()),
                        privateKey(credential.get()),
                        id);
            }
            return null;
        });
    }

    /** Ends the connection of a project; returns whether there was one. */
    public boolean remove(Project project) {
        return webhooks.removeQueue(project);
    }

    /** Gives a connection a new secret for its events in place of the one that it had. */
    public String renewSecret(Connection connection) {
        String secret = webhooks.newSecret();
        database.write(rows -> rows.update(
                "UPDATE webhook SET secret = ? WHERE id = ?",
                secret,
                connection.queue().id()));
        return secret;
    }

    /** The proof at the forge of who the server is. */
    Credential credential(Connection connection) {
        return database.read(rows -> rows.first(
                        "SELECT token, app, private_key FROM forge WHERE webhook = ?",
                        row -> row.optionalText("token").isPresent()
                                ? new Credential.AccessToken(row.text("token"))
                                : new Credential.App(row.text("app"), row.text("private_key")),
                        connection.queue().id()))
                .orElseThrow(() -> new IllegalStateException("the connection is gone"));
    }

    /** The secret with which the forge signs its events. */
    Optional<String> secret(Connection connection) {
        return database.read(rows -> rows.first(
                "SELECT secret FROM webhook WHERE id = ?",
                row -> row.text("secret"),
                connection.queue().id()));
    }

    /** Notes that an event came; false where it came before. */
    boolean isNew(Connection connection, String event) {
        return database.write(rows -> rows.update(
                        "INSERT INTO forge_event (webhook, id, received_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        connection.queue().id(),
                        event,
                        clock.instant()))
                > 0;
    }

    /** Deletes the events of long ago. */
    public void forgetOld() {
        database.write(rows -> rows.update(
                "DELETE FROM forge_event WHERE received_at < ?", clock.instant().minus(KNOWN)));
    }
}
