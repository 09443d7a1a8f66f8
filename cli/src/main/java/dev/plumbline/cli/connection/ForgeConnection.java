package dev.plumbline.cli.connection;

import static java.util.Objects.requireNonNull;

import dev.plumbline.cli.remote.ServerConnection;
import dev.plumbline.cli.remote.ServerRefusal;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The connection of a project to its repository, as the server has it. */
final class ForgeConnection {
    /** The schema of what the commands write as JSON. */
    static final String SCHEMA = "plumbline-connection/1";

    private static final String PATH = "forge";

    private final ServerConnection server;

    ForgeConnection(ServerConnection server) {
        this.server = requireNonNull(server, "server");
    }

    /** The connection; an error where the project is not connected. */
    JsonValue get() throws IOException {
        return server.get(PATH);
    }

    /** The same; empty where the project is not connected. */
    Optional<JsonValue> find() throws IOException {
        try {
            return Optional.of(get());
        } catch (ServerRefusal e) {
            if (e.isUnknown()) {
                return Optional.empty(); // whoever changes it next hears if there is no project
            }
            throw e;
        }
    }

    JsonValue put(String body) throws IOException {
        return server.put(PATH, body);
    }

    void remove() throws IOException {
        server.delete(PATH);
    }

    /** Gives the repository's webhook a new secret. */
    String renewSecret() throws IOException {
        return server.post(PATH + "/secret", "{}").get("secret").text().orElse("");
    }

    /** The commits are read soon. */
    void read() throws IOException {
        server.postNothing(PATH + "/read");
    }

    /** The deliveries to the repository, the newest first. */
    List<JsonValue> deliveries(int most) throws IOException {
        return server.get(PATH + "/deliveries?limit=" + most).get("items").elements();
    }

    /** The address to which the repository's webhook sends its events. */
    String events() {
        return server.address(PATH + "/events").toString();
    }

    /** Writes a connection, without the secret of a new one. */
    static void write(JsonValue connection, JsonText out) {
        for (String name : List.of("forge", "repository", "name", "app", "madeBy", "createdAt")) {
            out.text(name, connection.get(name).text());
        }
        out.truth("awaitsResults", connection.get("awaitsResults").isTrue());
    }

    /** Writes something that was done. */
    static void writeDelivery(JsonValue delivery, JsonText out) {
        for (String name : List.of("id", "event", "state", "createdAt", "dueAt", "endedAt", "answer")) {
            out.text(name, delivery.get(name).text());
        }
        delivery.get("attempts").integer().ifPresent(attempts -> out.integer("attempts", attempts));
    }
}
