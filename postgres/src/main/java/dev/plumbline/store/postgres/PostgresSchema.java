package dev.plumbline.store.postgres;

import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables of a project, version after version, in a schema of their own.
 *
 * <p>One row counts the files that were applied. A migration is one transaction under a lock: all of it is done once,
 * or nothing. A file that was ever released is never edited; a change is another file.
 */
final class PostgresSchema {
    private static final List<String> MIGRATIONS = List.of("001-history.sql");

    /** The newest version of the schema, the one that this program works with. */
    static final int VERSION = MIGRATIONS.size();

    private static final String UNDEFINED_TABLE = "42P01";

    private final PostgresDatabase database;

    PostgresSchema(PostgresDatabase database) {
        this.database = database;
    }

    /** Whether the project has tables. Asks one question, outside of any transaction. */
    boolean exists() throws SQLException {
        return version() > 0;
    }

    /** Makes the tables, or brings them to this version; asks one question where nothing is to be done. */
    void bringUpToDate() throws SQLException {
        if (version() < VERSION) {
            database.write(() -> {
                String schema = '"' + database.address().schema() + '"';
                database.executeAll("SELECT pg_advisory_xact_lock(hashtextextended('plumbline schema', 0))");
                if (database.number("SELECT count(*) FROM pg_namespace WHERE nspname = '"
                                + database.address().schema() + "'")
                        == 0) {
                    database.executeAll("CREATE SCHEMA " + schema);
                }
                for (int version = versionWithin(); version < VERSION; version++) {
                    database.executeAll(script(MIGRATIONS.get(version)));
                    database.executeAll(
                            "DELETE FROM schema_version; INSERT INTO schema_version VALUES (" + (version + 1) + ")");
                }
                return null;
            });
        }
    }

    private int version() throws SQLException {
        try {
            return checked((int) database.number("SELECT version FROM schema_version"));
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    /** The version inside a transaction, which a question about a table that is not there would end. */
    private int versionWithin() throws SQLException {
        String schema = database.address().schema();
        if (database.number("SELECT count(*) FROM pg_tables WHERE schemaname = '" + schema + "'") == 0) {
            return 0;
        }
        if (database.number("SELECT count(*) FROM pg_tables WHERE schemaname = '" + schema
                        + "' AND tablename = 'schema_version'")
                == 0) {
            throw new StoreException("the schema " + schema + " of " + database.name()
                    + " belongs to another program and was left unchanged; choose another project");
        }
        return checked((int) database.number("SELECT version FROM schema_version"));
    }

    private int checked(int version) {
        if (version > VERSION) {
            throw new StoreException("the history " + database.name() + " has schema version " + version
                    + ", but this Plumbline knows only versions up to " + VERSION
                    + "; it was left unchanged; use the Plumbline that wrote it or a newer one, or another project");
        }
        return version;
    }

    private static String script(String file) {
        try (InputStream stream =
                PostgresSchema.class.getResourceAsStream("/dev/plumbline/store/postgres/schema/" + file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the schema " + file, e);
        }
    }
}
