package dev.plumbline.server;

import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.TestServer;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Those for whom others vouch, with people in PostgreSQL. */
class IdentityInPostgresTest extends IdentityContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.of(TestServer.project("server"));
    }

    @AfterEach
    void forget() throws SQLException {
        TestServer.forget("server");
    }
}
