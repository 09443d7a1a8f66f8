package dev.plumbline.server.forge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.repository.RemoteCommits;
import dev.plumbline.publish.HostedRepository;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.github.GitHubRepository;
import dev.plumbline.publish.gitlab.GitLabProject;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Token;
import dev.plumbline.publish.http.Transport;
import dev.plumbline.report.Report;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.hook.Deliveries;
import dev.plumbline.server.hook.Delivery;
import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Message;
import dev.plumbline.server.hook.PermittedTransport;
import dev.plumbline.server.hook.RepositoryWork;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.project.Histories;
import dev.plumbline.server.project.ReadAnswers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Reads commits from the repositories of projects, and posts checks and comments there. */
public final class Repositories implements RepositoryWork {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    /** All requests of one publication. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration REQUEST = Duration.ofSeconds(15);

    /** All commits of a repository for the first time. */
    private static final Duration LONGEST_READING = Duration.ofMinutes(4);

    /** The longest time that an upload waits for the commits. */
    private static final Duration SOON = Duration.ofSeconds(20);

    /** After reading failed, who sends results does not wait for it again within this time. */
    private static final Duration REST = Duration.ofMinutes(2);

    private static final long MOST_BYTES = 512L << 20;
    private static final int MOST_DELIVERIES = 500;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final Connections connections;
    private final Deliveries deliveries;
    private final Projects projects;
    private final Histories histories;
    private final ReadAnswers answers;
    private final PermittedTransport transport;
    private final InstallationTokens installations;
    private final Supplier<URI> address;
    private final Clock clock;
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    /** @param address the address that people use */
    public Repositories(
            Connections connections,
            Deliveries deliveries,
            Projects projects,
            Histories histories,
            ReadAnswers answers,
            PermittedTransport transport,
            Supplier<URI> address,
            Clock clock) {
        this.connections = requireNonNull(connections, "connections");
        this.deliveries = requireNonNull(deliveries, "deliveries");
        this.projects = requireNonNull(projects, "projects");
        this.histories = requireNonNull(histories, "histories");
        this.answers = requireNonNull(answers, "answers");
        this.transport = requireNonNull(transport, "transport");
        this.address = requireNonNull(address, "address");
        this.clock = requireNonNull(clock, "clock");
        installations = new InstallationTokens(clock);
    }

    /** The repository has other commits now: they are read soon, once for many changes. */
    public void changed(Connection connection) {
        if (!deliveries.isNew(connection.queue(), EventKind.COMMITS_CHANGED)) {
            deliveries.add(
                    connection.queue(),
                    Message.of(
                            EventKind.COMMITS_CHANGED,
                            clock.instant(),
                            json -> json.text(
                                    "repository", connection.repository().path())));
        }
    }

    /** A commit has no results yet, which is shown on it soon. */
    public void awaited(Connection connection, String commit) {
        deliveries.add(
                connection.queue(),
                Message.of(EventKind.COMMIT_AWAITED, clock.instant(), json -> json.text("commit", commit)));
    }

    @Override
    public String run(String id, Delivery delivery) throws IOException, InterruptedException {
        Project project = projects.withId(id).orElseThrow(() -> new IOException("the project is gone"));
        Connection connection =
                connections.of(project).orElseThrow(() -> new IOException("the project is connected no longer"));
        JsonValue data = JsonValue.read(new ByteArrayInputStream(delivery.body().getBytes(StandardCharsets.UTF_8)))
                .get("data");
        try {
            return switch (delivery.kind()) {
                case CHECK_FINISHED -> publish(project, connection, delivery, data.get("run"));
                case COMMIT_AWAITED ->
                    done(client(connection)
                            .await(
                                    data.get("commit").text().orElse(""),
                                    connection.settings().name(),
                                    Optional.of(page(project, ""))));
                case COMMITS_CHANGED -> read(project, connection, LONGEST_READING);
                case INCIDENT_OPENED, INCIDENT_CLOSED, ACCEPTANCE_RECORDED, ACCEPTANCE_REVOKED, TEST ->
                    throw new IllegalStateException("nothing is done at a repository about " + delivery.kind());
            };
        } catch (IOException e) {
            installations.forget(connection.repository()); // its token may be revoked
            throw e;
        }
    }

    private URI page(Project project, String page) {
        return address.get().resolve("/p/" + project.path() + "/" + page);
    }

    private String publish(Project project, Connection connection, Delivery delivery, JsonValue run)
            throws IOException, InterruptedException {
        String commit = run.get("commit").text().orElse("");
        String id = run.get("id").text().orElse("");
        if (!COMMIT.matcher(commit).matches()) {
            return "nothing is posted: the run has no whole id of a commit";
        }
        if (isReplaced(connection, delivery, commit)) {
            return "nothing is posted: a later check of the commit takes its place";
        }
        Optional<Report> report = answers.report(project, id);
        if (report.isEmpty()) {
            return "nothing is posted: the run is gone";
        }
        return done(client(connection)
                .publish(
                        commit,
                        new Publication(
                                report.get(),
                                connection.settings().name(),
                                Optional.of(page(project, "checks/" + id)),
                                Map.of())));
    }

    private boolean isReplaced(Connection connection, Delivery delivery, String commit) throws IOException {
        for (Delivery other : deliveries.of(connection.queue(), MOST_DELIVERIES)) {
            if (other.kind() == EventKind.CHECK_FINISHED
                    && other.createdAt().isAfter(delivery.createdAt())
                    && JsonValue.read(new ByteArrayInputStream(other.body().getBytes(StandardCharsets.UTF_8)))
                            .get("data")
                            .get("run")
                            .get("commit")
                            .text()
                            .equals(Optional.of(commit))) {
                return true;
            }
        }
        return false;
    }

    private static String done(dev.plumbline.publish.Delivery posted) throws IOException {
        if (!posted.isComplete()) {
            throw new IOException(String.join("; ", posted.failed()));
        }
        return String.join("; ", posted.done());
    }

    private HostedRepository client(Connection connection) throws PublishFailure, InterruptedException {
        Repository repository = connection.repository();
        Transport limited = limited();
        Token token = token(repository, connections.credential(connection), limited);
        return repository.forge() == Forge.GITHUB
                ? gitHub(repository, token, limited)
                : new GitLabProject(repository.api(), repository.path(), token, once(), limited);
    }

    private GitHubRepository gitHub(Repository repository, Token token, Transport limited) throws PublishFailure {
        return new GitHubRepository(repository.api(), repository.path(), token, once(), limited);
    }

    private Token token(Repository repository, Credential credential, Transport limited)
            throws PublishFailure, InterruptedException {
        return credential instanceof Credential.App app
                ? installations.of(repository, app, own -> gitHub(repository, own, limited))
                : Token.of("the token", ((Credential.AccessToken) credential).token());
    }

    /** The queue repeats what fails. */
    private Patience once() {
        return new Patience(1, Duration.ZERO, REQUEST, clock, length -> {});
    }

    private Transport limited() {
        long began = System.nanoTime();
        return request -> {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new PublishFailure("it takes longer than " + LONGEST.toSeconds() + " s");
            }
            return transport.send(request);
        };
    }

    /**
     * Reads the commits of a connected project, if it has not the one that was measured. What fails is logged, and the
     * results count without them.
     */
    public void readFor(Project project, String commit) {
        try {
            Optional<Connection> connection = COMMIT.matcher(commit).matches()
                            && !clock.instant().isBefore(resting.getOrDefault(project.id(), Instant.MIN))
                    ? connections.of(project)
                    : Optional.empty();
            if (connection.isPresent() && !isKnown(project, commit)) {
                // a commit that the repository has not is not asked for with every file of results
                resting.put(project.id(), clock.instant().plus(REST));
                read(project, connection.get(), SOON);
                if (isKnown(project, commit)) {
                    resting.remove(project.id());
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "reading commits for project " + project.id() + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isKnown(Project project, String commit) throws IOException {
        return !histories.commits(project).known(List.of(commit)).commits().isEmpty();
    }

    private String read(Project project, Connection connection, Duration longest)
            throws IOException, InterruptedException {
        Repository repository = connection.repository();
        String main = client(connection).mainBranch();
        Credential credential = connections.credential(connection);
        String secret = credential instanceof Credential.AccessToken access
                ? access.token()
                : installations.secret(repository, (Credential.App) credential);
        URI git = repository.git();
        RemoteCommits remote = new RemoteCommits(
                git,
                transport.permitted(git),
                PermittedTransport.port(git),
                repository.forge() == Forge.GITHUB ? "x-access-token" : "oauth2",
                secret);
        CommandExecution.Project known = histories.forCommands(project);
        Map<String, String> references;
        try {
            references = known.commits().fetch(remote, MOST_BYTES, longest);
        } catch (WrongRequest e) {
            throw new IOException(e.getMessage(), e);
        }
        known.copy().keepCommits(Checkout.ofRemote(references, main, repository.address()), known.commits());
        long branches = references.keySet().stream()
                .filter(name -> name.startsWith("refs/heads/"))
                .count();
        return "read the commits of " + branches + (branches == 1 ? " branch" : " branches");
    }
}
