package dev.plumbline.store.postgres;

import dev.plumbline.store.Reruns;
import dev.plumbline.store.naming.Aliases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for tests: the one whose address {@code PLUMBLINE_TEST_POSTGRES} has, else one that ends with
 * this JVM. The address has to be of a role that may create schemas and roles.
 */
public final class TestServer {
    private static final String VARIABLE = "PLUMBLINE_TEST_POSTGRES";

    /** The tables, those first that refer to others. */
    private static final List<String> TABLES = List.of(
            "triage_subject",
            "triage",
            "incident",
            "renaming_undone",
            "renaming",
            "accepted_point",
            "revocation",
            "acceptance",
            "baseline_validation",
            "baseline_entry",
            "baseline_run",
            "baseline",
            "baseline_version",
            "checked",
            "mark",
            "point",
            "measurement",
            "run",
            "series",
            "metric",
            "benchmark",
            "branch",
            "environment");

    private static String started;

    private TestServer() {}

    /** The address of the server's database, without a project; the test is skipped where no server can be started. */
    public static synchronized String address() {
        String given = System.getenv(VARIABLE);
        if (given != null) {
            return given;
        }
        if (started == null) {
            started = start();
        }
        Assumptions.assumeFalse(started.isEmpty(), "no PostgreSQL server can be started here; name one in " + VARIABLE);
        return started;
    }

    private static String start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "20")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return "postgresql://postgres@localhost:" + server.getPort() + "/postgres";
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            // it ends with the machine
        }
    }

    /** A project's address. */
    public static PostgresAddress project(String name) {
        return PostgresAddress.parse(address(), Optional.of(name));
    }

    /** Removes a project, if it is there. */
    public static void forget(String name) throws SQLException {
        PostgresAddress address = project(name);
        try (Connection connection = PostgresDatabase.connect(address, Map.of());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS \"" + address.schema() + "\" CASCADE");
        }
    }

    /** A project of this name without anything in it. */
    static PostgresAddress emptyProject(String name) throws SQLException {
        PostgresAddress address = project(name);
        PostgresRunStore.open(address, Map.of(), Aliases.NONE, Reruns.POOL).close();
        try (Connection connection = PostgresDatabase.connect(address, Map.of());
                Statement statement = connection.createStatement()) {
            StringBuilder sql = new StringBuilder();
            TABLES.forEach(table -> sql.append("DELETE FROM ").append(table).append(';'));
            statement.execute(sql.toString());
        }
        return address;
    }

    /** A store of a project of this name, with nothing in it. */
    static PostgresRunStore emptyStore(String name) throws SQLException {
        return PostgresRunStore.open(emptyProject(name), Map.of(), Aliases.NONE, Reruns.POOL);
    }
}
