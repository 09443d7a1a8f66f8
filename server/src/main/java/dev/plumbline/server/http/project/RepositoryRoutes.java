package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.forge.Connection;
import dev.plumbline.server.forge.IncomingEvents;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The connection of a project to its repository, and what was done there, for programs; the forge sends events, signed.
 */
public final class RepositoryRoutes extends ReceiverRoutes<Connection> {
    private static final String CONNECTION = PROJECT + "/forge";

    /** Pushes of a thousand commits are smaller. */
    private static final int LARGEST_EVENT = 2 << 20;

    private final RepositoryReceiver repository;

    public RepositoryRoutes(Services services) {
        this(new RepositoryReceiver(services));
    }

    private RepositoryRoutes(RepositoryReceiver repository) {
        super(repository, CONNECTION);
        this.repository = repository;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        super.addTo(routes);
        routes.get(CONNECTION, this::show);
        routes.put(CONNECTION, this::put);
        routes.post(CONNECTION + "/read", this::read);
        routes.post(CONNECTION + "/events", this::event);
    }

    private void show(Context context) {
        Connection connection = repository.of(access.project(context, Right.DECIDE));
        Answers.object(context, 200, json -> write(connection, json));
    }

    @Override
    void write(Connection connection, JsonText json) {
        json.text("forge", connection.repository().forge().text());
        json.text("repository", connection.repository().address().toString());
        json.text("name", connection.settings().name());
        json.truth("awaitsResults", connection.settings().isAwaiting());
        json.text("app", connection.app());
        json.text("madeBy", connection.queue().madeBy());
        Answers.time(json, "createdAt", connection.queue().createdAt());
    }

    private void put(Context context) {
        Project project = changed(context);
        JsonValue body = Requests.object(context);
        Map<String, String> values = new HashMap<>();
        body.members().forEach((name, value) -> {
            value.text().ifPresent(text -> values.put(name, text));
            if (value.isTrue() || value.isFalse()) {
                values.put(name, Boolean.toString(value.isTrue()));
            }
        });
        Optional<String> secret;
        try {
            secret = repository.connect(context, project, repository.wanted(values));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        answer(context, 200, repository.of(project), secret);
    }

    private void read(Context context) {
        repository.read(access.project(context, Right.DECIDE));
        context.status(204);
    }

    /** Whoever sends an event learns of nothing, not even whether there is such a project, before it is signed. */
    private void event(Context context) {
        Map<String, String> headers = new HashMap<>();
        context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        byte[] body = Requests.bytes(context, LARGEST_EVENT);
        boolean isSigned;
        try {
            isSigned = services.forges()
                    .incoming()
                    .take(
                            services.projects().find(context.pathParam("organisation"), context.pathParam("project")),
                            new IncomingEvents.Received(headers, body));
        } catch (IOException e) {
            throw Problem.invalid("the body " + e.getMessage());
        }
        if (!isSigned) {
            throw Problem.of(
                    Problem.Kind.UNAUTHENTICATED,
                    "the event is not signed with the secret of this project's connection");
        }
        context.status(204);
    }
}
