package dev.plumbline.server.data;

import dev.plumbline.store.sqlite.SqliteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A SQLite database file: copies it while others write to it, and checks it. */
public final class SqliteFile {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;

    public SqliteFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    private <T> T read(ServerDatabase.Work<T> work) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": there is no such database");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(PATIENCE.toMillis()));
        SqliteLibrary.load();
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toUri());
        try (Connection connection = source.getConnection()) {
            return work.on(new Rows(connection));
        } catch (SQLException e) {
            throw new IOException(file + ": the database cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes what the database holds at one moment into a new file, however many write to it meanwhile.
     *
     * @throws IOException if there is a database at the other place, or this one cannot be read
     */
    public void copyTo(Path copy) throws IOException {
        PrivateFiles.create(copy); // SQLite takes an empty file
        read(rows -> rows.update("VACUUM INTO ?", copy.toAbsolutePath().toString()));
    }

    /** @throws IOException if the database is damaged; the message contains what SQLite reports */
    public void requireWhole() throws IOException {
        List<String> found = read(rows -> {
            List<String> complaints = rows.list("PRAGMA integrity_check(20)", row -> row.text("integrity_check"));
            complaints.addAll(rows.list(
                    "PRAGMA foreign_key_check",
                    row -> "a row of " + row.text("table") + " has lost the one of " + row.text("parent")
                            + " that it needs"));
            return complaints;
        });
        if (!found.equals(List.of("ok"))) {
            throw new IOException(file + ": the database is damaged: "
                    + String.join("; ", found.subList(0, Math.min(3, found.size()))));
        }
    }

    /** The number of rows of each table. */
    public SortedMap<String, Long> counts() throws IOException {
        return read(rows -> {
            SortedMap<String, Long> counts = new TreeMap<>();
            for (String table : rows.list(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                    row -> row.text("name"))) {
                counts.put(
                        table,
                        rows.list(
                                        "SELECT count(*) AS n FROM \"" + table.replace("\"", "\"\"") + "\"",
                                        row -> row.number("n"))
                                .get(0));
            }
            return counts;
        });
    }

    /** The names of the projects in the database of a server, by their ids. */
    public SortedMap<String, String> projects() throws IOException {
        return read(rows -> {
            SortedMap<String, String> names = new TreeMap<>();
            rows.list(
                    "SELECT project.id AS id, organisation.name || '/' || project.name AS name FROM project"
                            + " JOIN organisation ON organisation.id = project.organisation",
                    row -> names.put(row.text("id"), row.text("name")));
            return names;
        });
    }
}
