package dev.plumbline.server.forge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.people.Project;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies the events of a forge, and decides what to do about them. */
public final class IncomingEvents {
    /** Checked against where there is no connection, so that it takes as long. */
    private static final String NOBODYS = "whsec_none";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Set<String> OPENED = Set.of("opened", "synchronize", "reopened");

    private final Connections connections;
    private final Repositories repositories;

    public IncomingEvents(Connections connections, Repositories repositories) {
        this.connections = requireNonNull(connections, "connections");
        this.repositories = requireNonNull(repositories, "repositories");
    }

    /**
     * A request as it came.
     *
     * @param headers by their names in lower case
     */
    public record Received(Map<String, String> headers, byte[] body) {
        public Received {
            headers = Map.copyOf(headers);
            requireNonNull(body, "body");
        }

        private String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /**
     * Takes an event.
     *
     * @param project empty where there is none of the name
     * @return false unless the event is signed by the forge that the project is connected to
     * @throws IOException if it is signed and no JSON
     */
    public boolean take(Optional<Project> project, Received received) throws IOException {
        Optional<Connection> connection = project.flatMap(connections::of);
        Optional<String> secret = connection.flatMap(connections::secret);
        boolean isSigned = isSigned(received, secret.orElse(NOBODYS));
        boolean isSame = same(received.header("x-gitlab-token"), secret.orElse(NOBODYS));
        if (secret.isEmpty() || !(connection.get().repository().forge() == Forge.GITHUB ? isSigned : isSame)) {
            return false;
        }
        JsonValue event = JsonValue.read(new ByteArrayInputStream(received.body()));
        Optional<Runnable> work = connection.get().repository().forge() == Forge.GITHUB
                ? ofGitHub(connection.get(), received.header("x-github-event"), event)
                : ofGitLab(connection.get(), event);
        if (work.isPresent() && connections.isNew(connection.get(), id(received))) {
            work.get().run();
        }
        return true;
    }

    private static boolean isSigned(Received received, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return same(
                    received.header("x-hub-signature-256"),
                    PREFIX + HexFormat.of().formatHex(mac.doFinal(received.body())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** In the same time wherever they differ. */
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** The id under which the forge sends it again; its digest where it has none. */
    private static String id(Received received) {
        return Stream.of("x-github-delivery", "idempotency-key", "x-gitlab-event-uuid")
                .map(received::header)
                .filter(id -> ID.matcher(id).matches())
                .findFirst()
                .orElseGet(() -> {
                    try {
                        return HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(received.body()));
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException("every Java has SHA-256", e);
                    }
                });
    }

    private Optional<Runnable> ofGitHub(Connection connection, String kind, JsonValue event) {
        if (!isOf(connection, event.get("repository").get("full_name"))) {
            return Optional.empty();
        }
        return switch (kind) {
            case "push" -> Optional.of(() -> repositories.changed(connection));
            case "pull_request" ->
                event.get("action").text().filter(OPENED::contains).isPresent()
                        ? awaited(
                                connection,
                                event.get("pull_request").get("head").get("sha"))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Runnable> ofGitLab(Connection connection, JsonValue event) {
        if (!isOf(connection, event.get("project").get("path_with_namespace"))) {
            return Optional.empty();
        }
        JsonValue request = event.get("object_attributes");
        return switch (event.get("object_kind").text().orElse("")) {
            case "push", "tag_push" -> Optional.of(() -> repositories.changed(connection));
            case "merge_request" -> {
                String action = request.get("action").text().orElse("");
                // an update without an older commit changes words only
                boolean isWanted = Set.of("open", "reopen").contains(action)
                        || action.equals("update")
                                && request.get("oldrev").text().isPresent();
                yield isWanted ? awaited(connection, request.get("last_commit").get("id")) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static boolean isOf(Connection connection, JsonValue name) {
        return name.text()
                .filter(connection.repository().path()::equalsIgnoreCase)
                .isPresent();
    }

    private Optional<Runnable> awaited(Connection connection, JsonValue commit) {
        return commit.text()
                .filter(id ->
                        connection.settings().isAwaiting() && COMMIT.matcher(id).matches())
                .map(id -> () -> repositories.awaited(connection, id));
    }
}
