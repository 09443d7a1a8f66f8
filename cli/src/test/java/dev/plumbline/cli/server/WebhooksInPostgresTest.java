package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.PostgresConnections;
import dev.plumbline.store.postgres.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Webhooks of histories in PostgreSQL. */
class WebhooksInPostgresTest extends WebhooksContract {
    private static PostgresAddress own() {
        return PostgresAddress.parse(TestServer.address(), Optional.of("server"));
    }

    @Override
    Optional<PostgresAddress> database() {
        return Optional.of(own());
    }

    @AfterEach
    void forget() throws SQLException {
        try (Connection connection = new PostgresConnections(own(), Map.of()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS plumbline_server CASCADE");
        }
    }
}
