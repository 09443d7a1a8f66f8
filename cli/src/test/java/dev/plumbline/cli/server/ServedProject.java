package dev.plumbline.cli.server;

import dev.plumbline.cli.Plumb;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server with one project, {@code acme/fast}. */
abstract class ServedProject {
    static final String FAST = "/api/v1/projects/acme/fast";

    @TempDir
    Path folder;

    RunningServer server;

    /** The administrator. */
    Client root;

    /** A job that may record. */
    Client ci;

    /** The database of people and histories; empty where they are kept in files. */
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }

    /** A database that is removed after the test. */
    static Optional<PostgresAddress> postgres() {
        return Optional.of(TestServer.project("server"));
    }

    int run(ConfinedCommand command) {
        return Plumb.answer(command);
    }

    @BeforeEach
    void startServer() throws IOException {
        server = new RunningServer(folder, database(), this::run);
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
        ci = server.token(root, "acme/fast", "recorder");
    }

    @AfterEach
    void stopServer() throws SQLException {
        server.close();
        if (database().isPresent()) {
            TestServer.forget("server");
        }
    }
}
