package dev.plumbline.store.sqlite;

import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;

/**
 * The versions of the table schema.
 *
 * <p>SQLite's {@code user_version} counts the files that were applied, its {@code application_id} shows that the
 * file is ours. A file that was ever released is never edited; a change is another file.
 */
public final class Schema {
    /** "PLMB", for SQLite's {@code application_id}. */
    public static final int APPLICATION_ID = 0x504C4D42;

    private static final List<String> MIGRATIONS =
            List.of("001-history.sql", "002-baselines.sql", "003-renamings.sql", "004-triage.sql", "005-removed.sql");

    /** The newest version of the schema, the one that this program works with. */
    public static final int VERSION = MIGRATIONS.size();

    private static final int ATTEMPTS = 200;
    private static final long PAUSE_NANOS = 25_000_000;

    private final SqliteDatabase database;

    Schema(SqliteDatabase database) {
        this.database = database;
    }

    void bringUpToDate() throws SQLException {
        if (version() < VERSION) {
            writeAhead();
            migrate();
        }
    }

    private int version() throws SQLException {
        int version = (int) database.number("PRAGMA user_version");
        if (database.number("PRAGMA application_id") == APPLICATION_ID) {
            checkVersion(database.name(), version);
            return version;
        }
        if (database.number("SELECT count(*) FROM sqlite_schema") == 0) {
            return 0;
        }
        // asked again: another process may have made the tables, and the mark with them, between the two questions
        if (database.number("PRAGMA application_id") != APPLICATION_ID) {
            throw foreign(database.name());
        }
        return version();
    }

    /**
     * Switches to write-ahead logging, which the file then remembers. SQLite does not wait for other processes here,
     * not even for its busy timeout, so two that make the same new file have to try again.
     */
    private void writeAhead() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                database.text("PRAGMA journal_mode = WAL");
                return;
            } catch (SQLException e) {
                boolean busy = (e.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code;
                if (!busy || attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void migrate() {
        database.write(() -> {
            database.execute("PRAGMA application_id = " + APPLICATION_ID);
            // looked up again: another process may have been faster
            for (int version = version(); version < VERSION; version++) {
                database.execute(script(MIGRATIONS.get(version)));
                database.execute("PRAGMA user_version = " + (version + 1));
            }
            return null;
        });
    }

    private static String script(String file) {
        try (InputStream stream = Schema.class.getResourceAsStream("/dev/plumbline/store/schema/" + file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the schema " + file, e);
        }
    }

    /** @throws StoreException if a later Plumbline made the file */
    static void checkVersion(String file, int version) {
        if (version > VERSION) {
            throw new StoreException("the history " + file + " has schema version " + version
                    + ", but this Plumbline knows only versions up to " + VERSION
                    + "; it was left unchanged; use the Plumbline that wrote it or a newer one, or another"
                    + " history");
        }
    }

    static StoreException foreign(String file) {
        return new StoreException("the SQLite database " + file
                + " belongs to another program and was left unchanged; choose another path for the history");
    }
}
