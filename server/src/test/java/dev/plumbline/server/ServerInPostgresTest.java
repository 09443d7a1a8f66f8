package dev.plumbline.server;

import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.PostgresConnections;
import dev.plumbline.store.postgres.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A server that keeps people in PostgreSQL. */
class ServerInPostgresTest extends ServerContract {
    private static final List<String> TABLES = List.of(
            "account",
            "organisation",
            "project",
            "member",
            "token",
            "session",
            "invitation",
            "audit",
            "login",
            "sign_in",
            "group_member",
            "trust_rule",
            "device");

    @Override
    Optional<PostgresAddress> database() {
        return Optional.of(TestServer.project("server"));
    }

    private Connection connection() throws SQLException {
        return new PostgresConnections(TestServer.project("server"), Map.of()).getConnection();
    }

    @AfterEach
    void forget() throws SQLException {
        TestServer.forget("server");
    }

    @Override
    String dump() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            all.append(rows.getString(i)).append('\n');
                        }
                    }
                }
            }
        }
        return all.toString();
    }

    @Override
    String attempt(String statement) {
        try (Connection connection = connection();
                Statement run = connection.createStatement()) {
            return "changed " + run.executeUpdate(statement);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }
}
