package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.forge.Connection;
import dev.plumbline.server.forge.Credential;
import dev.plumbline.server.forge.Forge;
import dev.plumbline.server.forge.IncomingEvents;
import dev.plumbline.server.forge.Repository;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connection of a project to its repository, for programs. Members who can decide see it and its deliveries;
 * administrators change it; the forge sends signed events.
 */
public final class RepositoryRoutes implements Routes {
    private static final String CONNECTION = PROJECT + "/forge";
    private static final String DELIVERIES = CONNECTION + "/deliveries";

    /** Pushes of a thousand commits are smaller. */
    private static final int LARGEST_EVENT = 2 << 20;

    private final Services services;
    private final Access access;

    public RepositoryRoutes(Services services) {
        this.services = services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(CONNECTION, this::show);
        routes.put(CONNECTION, this::put);
        routes.delete(CONNECTION, this::remove);
        routes.post(CONNECTION + "/secret", this::renew);
        routes.post(CONNECTION + "/read", this::read);
        routes.get(DELIVERIES, this::deliveries);
        routes.post(DELIVERIES + "/{delivery}/redeliver", this::again);
        routes.post(CONNECTION + "/events", this::event);
    }

    static Connection found(Services services, Project project) {
        return services.forges().connections().of(project).orElseThrow(Problem::notFound);
    }

    private void show(Context context) {
        Connection connection = found(services, access.project(context, Right.DECIDE));
        Answers.object(context, 200, json -> write(connection, json));
    }

    private static void write(Connection connection, JsonText json) {
        json.text("forge", connection.repository().forge().text());
        json.text("repository", connection.repository().address().toString());
        json.text("name", connection.settings().name());
        json.truth("awaitsResults", connection.settings().isAwaiting());
        json.text("app", connection.app());
        json.text("madeBy", connection.queue().madeBy());
        Answers.time(json, "createdAt", connection.queue().createdAt());
    }

    /**
     * The requested connection.
     *
     * @param credential empty where the known one is kept
     */
    record Wanted(Repository repository, Connection.Settings settings, Optional<Credential> credential) {
        /** @throws IllegalArgumentException if it is invalid; the message says why */
        static Wanted of(Services services, Map<String, String> values) {
            Forge forge = Forge.of(values.getOrDefault("forge", ""))
                    .orElseThrow(() -> new IllegalArgumentException("the forge must be one of "
                            + Stream.of(Forge.values()).map(Forge::text).collect(Collectors.joining(", "))));
            String token = values.getOrDefault("token", "").strip();
            String app = values.getOrDefault("app", "").strip();
            String key = values.getOrDefault("privateKey", "").strip();
            boolean isApp = !app.isEmpty() || !key.isEmpty();
            if (isApp && (!token.isEmpty() || forge != Forge.GITHUB)) {
                throw new IllegalArgumentException("give a token, or the id and the private key of an app of GitHub");
            }
            Optional<Credential> credential = isApp
                    ? Optional.of(new Credential.App(app, key))
                    : token.isEmpty() ? Optional.empty() : Optional.of(new Credential.AccessToken(token));
            return new Wanted(
                    Repository.checked(
                            forge,
                            values.getOrDefault("repository", "").strip(),
                            services.messages().destinations()),
                    new Connection.Settings(
                            values.getOrDefault("name", Connection.Settings.DEFAULT.name())
                                    .strip(),
                            !values.getOrDefault("awaitsResults", "true").equals("false")),
                    credential);
        }
    }

    private void put(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        access.person(context); // a connection outlives a token
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
            secret = connect(services, access, context, project, Wanted.of(services, values));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        Connection connection = found(services, project);
        Answers.object(context, 200, json -> {
            write(connection, json);
            json.text("secret", secret);
        });
    }

    /**
     * Connects a project or changes its connection, with an entry in the audit log; the commits are read soon.
     *
     * @return the secret of events, where the connection is new
     * @throws IllegalArgumentException if there is no credential
     */
    static Optional<String> connect(Services services, Access access, Context context, Project project, Wanted wanted) {
        Optional<Connection> known = services.forges().connections().of(project);
        Optional<String> secret = Optional.empty();
        if (known.isPresent()) {
            boolean isElsewhere = !known.get().repository().equals(wanted.repository());
            if (isElsewhere && wanted.credential().isEmpty()) {
                // a token for one repository is never sent to another host, even on request
                throw new IllegalArgumentException("another repository needs its own token or app");
            }
            services.forges()
                    .connections()
                    .change(known.get(), wanted.repository(), wanted.settings(), wanted.credential());
        } else {
            Credential credential = wanted.credential()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "give a token, or the id and the private key of an app of GitHub"));
            secret = Optional.of(services.forges()
                    .connections()
                    .add(project, wanted.repository(), wanted.settings(), credential, access.person(context)));
        }
        audit(services, context, project, "forge.connect", wanted.repository());
        services.forges().repositories().changed(found(services, project));
        return secret;
    }

    private static void audit(
            Services services, Context context, Project project, String action, Repository repository) {
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        action,
                        project.path() + ": " + repository.address());
    }

    private void remove(Context context) {
        remove(services, context, access.project(context, Right.ADMINISTER));
        context.status(204);
    }

    static void remove(Services services, Context context, Project project) {
        Connection connection = found(services, project);
        services.forges().connections().remove(project);
        audit(services, context, project, "forge.disconnect", connection.repository());
    }

    private void renew(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        access.person(context);
        String secret = renew(services, context, project);
        Answers.object(context, 200, json -> json.text("secret", secret));
    }

    static String renew(Services services, Context context, Project project) {
        Connection connection = found(services, project);
        String secret = services.forges().connections().renewSecret(connection);
        audit(services, context, project, "forge.secret", connection.repository());
        return secret;
    }

    private void read(Context context) {
        services.forges().repositories().changed(found(services, access.project(context, Right.DECIDE)));
        context.status(204);
    }

    private void deliveries(Context context) {
        Connection connection = found(services, access.project(context, Right.DECIDE));
        int limit = Requests.limit(context);
        Answers.list(context, services.messages().deliveries().of(connection.queue(), limit), WebhookRoutes::write);
    }

    private void again(Context context) {
        again(services, context, access.project(context, Right.DECIDE), context.pathParam("delivery"));
        context.status(204);
    }

    static void again(Services services, Context context, Project project, String delivery) {
        Connection connection = found(services, project);
        if (!services.messages().deliveries().again(connection.queue(), delivery)) {
            throw Problem.notFound();
        }
        audit(services, context, project, "forge.redeliver", connection.repository());
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
