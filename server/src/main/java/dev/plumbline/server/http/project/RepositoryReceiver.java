package dev.plumbline.server.http.project;

import dev.plumbline.server.forge.Connection;
import dev.plumbline.server.forge.Credential;
import dev.plumbline.server.forge.Forge;
import dev.plumbline.server.forge.Repository;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connection of a project to its repository, of which there is one at most. */
final class RepositoryReceiver extends Receivers<Connection> {
    private final Access access;

    RepositoryReceiver(Services services) {
        super(services, "forge", "disconnect");
        access = new Access(services);
    }

    @Override
    Connection of(Context context, Project project) {
        return of(project);
    }

    /** The connection of a project; a problem where there is none. */
    Connection of(Project project) {
        return services.forges()
                .connections()
                .of(project)
                .orElseThrow(() -> Problem.of(Problem.Kind.NOT_FOUND, "the project is not connected to a repository"));
    }

    @Override
    Webhook queue(Connection connection) {
        return connection.queue();
    }

    @Override
    String audited(Connection connection) {
        return connection.repository().address().toString();
    }

    @Override
    Optional<String> newSecret(Project project, Connection connection) {
        return Optional.of(services.forges().connections().renewSecret(connection));
    }

    @Override
    void delete(Project project, Connection connection) {
        services.forges().connections().remove(project);
    }

    /**
     * The requested connection.
     *
     * @param credential empty where the known one is kept
     */
    record Wanted(Repository repository, Connection.Settings settings, Optional<Credential> credential) {}

    /**
     * The connection that these values ask for.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says why
     */
    Wanted wanted(Map<String, String> values) {
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

    /**
     * Connects a project or changes its connection, with an entry in the audit log; the commits are read soon.
     *
     * @return the secret of events, where the connection is new
     * @throws IllegalArgumentException if there is no credential
     */
    Optional<String> connect(Context context, Project project, Wanted wanted) {
        Optional<Connection> known = services.forges().connections().of(project);
        Optional<String> secret = Optional.empty();
        if (known.isPresent()) {
            boolean isElsewhere = !known.get().repository().equals(wanted.repository());
            if (isElsewhere && wanted.credential().isEmpty()) {
                // the credential of one repository is never sent to another host on request
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
        Connection connection = of(project);
        audit(context, project, "connect", connection);
        services.forges().repositories().changed(connection);
        return secret;
    }

    /** The commits of the repository are read soon. */
    void read(Project project) {
        services.forges().repositories().changed(of(project));
    }
}
