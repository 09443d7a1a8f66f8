package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.TestServer;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Result files of a server with PostgreSQL. */
class OriginalsInPostgresTest extends OriginalsContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.of(TestServer.project("server"));
    }

    @AfterEach
    void forget() throws SQLException {
        TestServer.forget("server");
    }
}
