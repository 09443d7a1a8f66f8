package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.TestServer;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Fuzzed requests to a server on PostgreSQL. */
class ApiFuzzInPostgresTest extends ApiFuzzContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.of(TestServer.project("server"));
    }

    @AfterEach
    void forget() throws SQLException {
        TestServer.forget("server");
    }
}
