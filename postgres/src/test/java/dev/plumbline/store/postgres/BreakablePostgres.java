package dev.plumbline.store.postgres;

import dev.plumbline.store.StoreUnavailable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server of one test, which stops, freezes and starts it as it likes. */
public final class BreakablePostgres implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final EmbeddedPostgres server;
    private final Path data;

    private BreakablePostgres(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /**
     * Starts one; the test is skipped where none can be started.
     *
     * @param folder an empty one
     */
    public static BreakablePostgres start(Path folder) {
        return start(folder, builder -> builder.setServerConfig("min_wal_size", "32MB")
                .setServerConfig("max_wal_size", "32MB")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("wal_level", "minimal"));
    }

    /** Starts one that replicas can follow, as {@link #start} does. */
    public static BreakablePostgres startPrimary(Path folder) {
        return start(folder, builder -> builder.setServerConfig("max_wal_senders", "4")
                .setServerConfig("wal_level", "replica"));
    }

    private static BreakablePostgres start(Path folder, UnaryOperator<EmbeddedPostgres.Builder> settings) {
        Path data = folder.resolve("postgres");
        try {
            return new BreakablePostgres(
                    settings.apply(EmbeddedPostgres.builder()
                                    .setDataDirectory(data)
                                    .setCleanDataDirectory(false)
                                    .setServerConfig("fsync", "off")
                                    .setServerConfig("max_connections", "40"))
                            .start(),
                    data);
        } catch (IOException | RuntimeException e) {
            return Assumptions.abort("no PostgreSQL server can be started here: " + e);
        }
    }

    /**
     * Starts a replica of this one, which follows it by streaming. It is made of a copy of the files, as {@code
     * pg_basebackup} makes it, which the servers for tests come without.
     *
     * @param folder an empty one
     */
    public BreakablePostgres replica(Path folder) throws IOException, SQLException {
        Path copy = folder.resolve("postgres");
        try (Connection connection = PostgresDatabase.connect(address(), Map.of());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('replica', true)");
            copy(copy);
            try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                Files.writeString(copy.resolve("backup_label"), row.getString(1));
            }
        }
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=" + server.getPort() + " user=postgres'\n");
        return startPrimary(folder);
    }

    private void copy(Path target) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            for (Path one : all.toList()) {
                Path name = data.relativize(one);
                boolean isOfProcess =
                        name.startsWith("epg-lock") || name.toString().startsWith("postmaster.");
                if (!isOfProcess) {
                    Files.copy(one, target.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Runs a statement that asks for one text. */
    public String ask(String question) throws SQLException {
        try (Connection connection = PostgresDatabase.connect(address(), Map.of());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Its database, with the tables of a server. */
    public PostgresAddress address() {
        return PostgresAddress.parse(
                "postgresql://postgres@localhost:" + server.getPort() + "/postgres", Optional.of("server"));
    }

    private ProcessHandle process() throws IOException {
        long number = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(number).orElseThrow();
    }

    /** Stops it; what is under way is not waited for. */
    public void stop() throws IOException {
        ProcessHandle process = process();
        signal("INT", Stream.of(process));
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the database server does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Starts it again as it was; returns at once. */
    public void startAgain() throws IOException {
        // it notes how it was started, with quotation marks for a shell; root may not be whom it runs as
        String line = Files.readString(data.resolve("postmaster.opts")).strip();
        String alias = System.getProperty("user.name").equals("root") ? "unshare -U " : "";
        new ProcessBuilder("sh", "-c", "exec " + alias + line)
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling("postgres.log").toFile())
                .start();
    }

    /** It takes connections from now on and answers nothing. */
    public void freeze() throws IOException {
        ProcessHandle process = process();
        signal("STOP", Stream.concat(Stream.of(process), process.descendants()));
    }

    /** It goes on where it was. */
    public void thaw() throws IOException {
        ProcessHandle process = process();
        signal("CONT", Stream.concat(Stream.of(process), process.descendants()));
    }

    private static void signal(String name, Stream<ProcessHandle> processes) throws IOException {
        List<String> line = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> line.add(Long.toString(process.pid())));
        try {
            // one that has ended meanwhile is none that goes on
            new ProcessBuilder(line).redirectErrorStream(true).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Opens connections until it refuses one. */
    public List<Connection> takeAllConnections() {
        List<Connection> taken = new ArrayList<>();
        while (true) {
            try {
                taken.add(PostgresDatabase.connect(address(), Map.of()));
            } catch (StoreUnavailable e) {
                return taken;
            }
        }
    }

    @Override
    public void close() throws IOException {
        thaw();
        server.close();
    }
}
