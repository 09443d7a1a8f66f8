package dev.plumbline.store.sqlite;

import dev.plumbline.store.StoreException;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.HistoryTable;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import dev.plumbline.store.sql.dialect.PointReader;
import dev.plumbline.store.sql.dialect.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** One connection to a SQLite database. */
final class SqliteDatabase extends Database {
    /** SQLite's name of a database that lies in a file of its own, which ends with the connection. */
    private static final String TEMPORARY = "";

    /** Read without locks and without the files beside it. */
    private static final String AS_IT_LIES = "?immutable=1";

    /** The interval at which a copy checks again whether a file is still locked. */
    private static final int PAUSE_MILLIS = 50;

    private static final int PAGES_OF_A_STEP = 100;

    /**
     * Held while a connection ends. The last one takes the two files away that SQLite keeps beside a history; of two
     * that end at the same moment neither is the last.
     */
    private static final Object CLOSING = new Object();

    private SqliteDatabase(String name, Connection connection) {
        super(name, connection);
    }

    /**
     * Opens the file, or makes it with its directory, and brings it to the newest schema. A file that may not be
     * written is opened for reading.
     */
    static SqliteDatabase open(Path file, Duration patience) {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreException(
                    "the history " + file + " cannot be created: its directory " + directory
                            + " cannot be created; choose another path or change its permissions",
                    e);
        }
        FileHeader.check(absolute);
        if (Files.exists(absolute) && !(Files.isWritable(absolute) && Files.isWritable(directory))) {
            return openToRead(file, patience);
        }
        return open(file.toString(), absolute.toUri().toString(), Optional.empty(), patience);
    }

    /**
     * Opens a file that may not be written. If the two files that SQLite keeps next to it cannot be created either,
     * nothing here writes to it, so it is opened as immutable.
     */
    static SqliteDatabase openToRead(Path file, Duration patience) {
        String address = file.toAbsolutePath().toUri().toString();
        try {
            return open(file.toString(), address + "?mode=ro", Optional.empty(), patience);
        } catch (StoreException e) {
            if (hasMoreBeside(file)) {
                throw e;
            }
            return open(file.toString(), address + AS_IT_LIES, Optional.empty(), patience);
        }
    }

    /** Whether what was recorded last lies in the log beside the file, which is not read as it lies. */
    private static boolean hasMoreBeside(Path file) {
        try {
            return Files.size(logOf(file)) > 0;
        } catch (IOException e) {
            return false; // there is none
        }
    }

    static SqliteDatabase inMemory() {
        return open("in memory", ":memory:", Optional.empty(), Duration.ZERO);
    }

    /** Whether nothing was written to a file yet, which is a history without runs. */
    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            return false; // opening it reports why
        }
    }

    /** A database of its own with what a file holds; it ends with the connection, and the file stays as it is. */
    static SqliteDatabase copyOf(Path file, Duration patience) {
        Path absolute = file.toAbsolutePath();
        FileHeader.check(absolute);
        if (isEmpty(absolute)) {
            return open("copy of " + file, TEMPORARY, Optional.empty(), patience);
        }
        String address = absolute.toUri().toString();
        try {
            SqliteDatabase copy = open("copy of " + file, TEMPORARY, Optional.of(address), patience);
            takeAwayWhatIsBeside(absolute, address, patience);
            return copy;
        } catch (StoreException e) {
            boolean writable = Files.isWritable(absolute) && Files.isWritable(absolute.getParent());
            if (writable || hasMoreBeside(absolute)) {
                throw e;
            }
            return open("copy of " + file, TEMPORARY, Optional.of(address + AS_IT_LIES), patience);
        }
    }

    private static SqliteDatabase open(String name, String address, Optional<String> content, Duration patience) {
        SqliteLibrary.load();
        Connection connection;
        try {
            connection = JDBC.createConnection(
                    "jdbc:sqlite:" + address, config(patience).toProperties());
        } catch (SQLException e) {
            throw new StoreException("opening the history " + name + " failed: " + explain(e), e);
        }
        SqliteDatabase database = new SqliteDatabase(name, connection);
        try {
            if (content.isPresent()) {
                database.restore(content.get(), patience);
            }
            new Schema(database).bringUpToDate();
            database.tune();
            return database;
        } catch (SQLException e) {
            database.close();
            throw database.failure("opening", e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Page by page, in one consistent picture, whoever writes to the file meanwhile. SQLite does not call it an error
     * that it was kept from beginning, because the file is locked or damaged: then the copy has no page, a connection
     * to the file itself finds out which, and the copy is made again.
     */
    private void restore(String address, Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        do {
            int result = restoreOnce(address, patience);
            if (result != SQLiteErrorCode.SQLITE_OK.code) {
                SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(result & 0xFF);
                throw new SQLException(code.message, "", code.code);
            }
            if (number("PRAGMA page_count") > 0) {
                return;
            }
            read(address, patience);
            LockSupport.parkNanos(Duration.ofMillis(PAUSE_MILLIS).toNanos());
        } while (System.nanoTime() < end);
        SQLiteErrorCode busy = SQLiteErrorCode.SQLITE_BUSY;
        throw new SQLException(busy.message, "", busy.code);
    }

    /**
     * The copy is made by a connection that only reads, which leaves the two files beside the history where another one
     * ended meanwhile. One that may write takes them away, if it is the last.
     */
    private static void takeAwayWhatIsBeside(Path file, String address, Duration patience) {
        if (!Files.exists(logOf(file))) {
            return;
        }
        try {
            read(address, patience);
        } catch (SQLException e) {
            // the next one to open the history does it; the copy is whole
        }
    }

    private static Path logOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private int restoreOnce(String address, Duration patience) throws SQLException {
        int pauses = Math.toIntExact(patience.toMillis() / PAUSE_MILLIS);
        return connection()
                .unwrap(SQLiteConnection.class)
                .getDatabase()
                .restore("main", address, null, PAUSE_MILLIS, pauses, PAGES_OF_A_STEP);
    }

    /**
     * Opens the file itself for a moment.
     *
     * @throws SQLException if it is damaged, or stays locked
     */
    private static void read(String address, Duration patience) throws SQLException {
        synchronized (CLOSING) {
            try (Connection file = JDBC.createConnection(
                            "jdbc:sqlite:" + address, config(patience).toProperties());
                    Statement statement = file.createStatement()) {
                statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
            }
        }
    }

    @Override
    public void close() {
        synchronized (CLOSING) {
            super.close();
        }
    }

    private static SQLiteConfig config(Duration patience) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        config.enforceForeignKeys(true);
        return config;
    }

    private void tune() throws SQLException {
        // FULL: what commit() acknowledges is on the disk, also when the power fails. It costs one fsync for each
        // recording, and a command makes one recording; NORMAL would only save that.
        execute("PRAGMA synchronous = FULL");
        execute("PRAGMA cache_size = -32768"); // KiB: the pages that 1,000 appended points touch, several times over
    }

    @Override
    protected void beginReading() throws SQLException {
        execute("BEGIN");
    }

    @Override
    protected void beginWriting() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    @Override
    protected void endWriting() throws SQLException {
        execute("COMMIT");
    }

    @Override
    protected void rollBack() throws SQLException {
        execute("ROLLBACK");
    }

    @Override
    public MeasurementWriter writer() throws SQLException {
        return new SqliteWriter(this);
    }

    @Override
    public PointReader points() throws SQLException {
        return new SqlitePoints(this);
    }

    @Override
    public TableWriter tableWriter(HistoryTable table) throws SQLException {
        return new SqliteTableWriter(this, table);
    }

    @Override
    public long bytes() throws SQLException {
        return number("PRAGMA page_count") * number("PRAGMA page_size");
    }

    @Override
    public long makeRoom() throws SQLException {
        execute("VACUUM");
        text("PRAGMA wal_checkpoint(TRUNCATE)");
        return bytes();
    }

    @Override
    protected boolean mayPass(SQLException cause) {
        return switch (SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xFF)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR -> true;
            default -> false;
        };
    }

    @Override
    protected String explanation(SQLException cause) {
        return explain(cause);
    }

    private static String explain(SQLException cause) {
        int primary = cause.getErrorCode() & 0xFF;
        return switch (SQLiteErrorCode.getErrorCode(primary)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process keeps writing to it; wait until it ends and try again";
            case SQLITE_FULL -> "the disk is full; nothing was recorded; free some space and try again";
            case SQLITE_READONLY, SQLITE_PERM ->
                "it is not writable; change the permissions of the file and its directory, or choose another path";
            case SQLITE_CANTOPEN ->
                "it cannot be opened; check that its directory exists and is writable, because SQLite keeps two"
                        + " more files beside it";
            case SQLITE_CORRUPT ->
                "the file is damaged; restore it from a copy, or save what is left with: sqlite3 OLD"
                        + " .recover | sqlite3 NEW";
            case SQLITE_NOTADB -> "the file is not a SQLite database; choose another path for the history";
            case SQLITE_IOERR -> "disk I/O failed (" + cause.getMessage() + "); nothing was recorded";
            default -> cause.getMessage();
        };
    }
}
