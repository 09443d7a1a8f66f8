package dev.plumbline.store.sqlite;

import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** One connection to a SQLite database, with its transactions and with errors that people understand. */
public final class Database implements AutoCloseable {
    /** SQLite's name of a database that lies in a file of its own, which ends with the connection. */
    private static final String TEMPORARY = "";

    /** Read without locks and without the files beside it. */
    private static final String AS_IT_LIES = "?immutable=1";

    /** How long a copy waits before it looks again whether a file is still locked. */
    private static final int PAUSE_MILLIS = 50;

    private static final int PAGES_OF_A_STEP = 100;

    private final String name;
    private final Connection connection;
    private int readers;
    private boolean writing;
    private boolean inTransaction;

    private Database(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /**
     * Opens the file, or makes it with its directory, and brings it to the newest schema. A file that may not be
     * written is opened for reading.
     */
    static Database open(Path file, Duration patience) {
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
     * Opens a file that may not be written. Where the two files that SQLite keeps beside it cannot be made either,
     * nobody writes to it from here, so that it is taken as it lies.
     */
    static Database openToRead(Path file, Duration patience) {
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
            return Files.size(file.resolveSibling(file.getFileName() + "-wal")) > 0;
        } catch (IOException e) {
            return false; // there is none
        }
    }

    static Database inMemory() {
        return open("in memory", ":memory:", Optional.empty(), Duration.ZERO);
    }

    /** A database of its own with what a file holds; it ends with the connection, and the file stays as it is. */
    static Database copyOf(Path file, Duration patience) {
        Path absolute = file.toAbsolutePath();
        FileHeader.check(absolute);
        if (isEmpty(absolute)) {
            return open("copy of " + file, TEMPORARY, Optional.empty(), patience);
        }
        String address = absolute.toUri().toString();
        try {
            return open("copy of " + file, TEMPORARY, Optional.of(address), patience);
        } catch (StoreException e) {
            boolean writable = Files.isWritable(absolute) && Files.isWritable(absolute.getParent());
            if (writable || hasMoreBeside(absolute)) {
                throw e;
            }
            return open("copy of " + file, TEMPORARY, Optional.of(address + AS_IT_LIES), patience);
        }
    }

    /** Whether nothing was written to a file yet, which is a history without runs. */
    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            return false; // opening it says why
        }
    }

    private static Database open(String name, String address, Optional<String> content, Duration patience) {
        Connection connection;
        try {
            connection = JDBC.createConnection(
                    "jdbc:sqlite:" + address, config(patience).toProperties());
        } catch (SQLException e) {
            throw failure(name, "opening", e);
        }
        Database database = new Database(name, connection);
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

    /** Page by page, in one consistent picture, whoever writes to the file meanwhile. */
    private void restore(String address, Duration patience) throws SQLException {
        int pauses = Math.toIntExact(patience.toMillis() / PAUSE_MILLIS);
        int result = connection
                .unwrap(SQLiteConnection.class)
                .getDatabase()
                .restore("main", address, null, PAUSE_MILLIS, pauses, PAGES_OF_A_STEP);
        if (result != SQLiteErrorCode.SQLITE_OK.code) {
            SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(result & 0xFF);
            throw new SQLException(code.message, "", code.code);
        }
        // SQLite does not call it an error that a file stays locked, and leaves the copy empty
        if (number("PRAGMA page_count") == 0) {
            SQLiteErrorCode busy = SQLiteErrorCode.SQLITE_BUSY;
            throw new SQLException(busy.message, "", busy.code);
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

    String name() {
        return name;
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** The first column of the only row. */
    public long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    public String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Something that is done with the database. */
    public interface Work<T> {
        T run() throws SQLException;
    }

    /** Reads in one consistent picture; may be called inside itself. */
    public <T> T read(Work<T> work) {
        if (writing) {
            throw new IllegalStateException("a recording is in progress; commit or close it before reading");
        }
        try {
            if (readers == 0) {
                execute("BEGIN");
                inTransaction = true;
            }
            readers++;
            try {
                return work.run();
            } finally {
                readers--;
                if (readers == 0) {
                    rollback();
                }
            }
        } catch (SQLException e) {
            throw failure("reading", e);
        }
    }

    /** Does all of it, or nothing. */
    <T> T write(Work<T> work) {
        claimWriting();
        try {
            beginWriting();
            T result = work.run();
            commit();
            return result;
        } catch (SQLException e) {
            throw failure("writing", e);
        } finally {
            releaseWriting();
        }
    }

    /** From now on this connection neither reads nor begins another writing. */
    void claimWriting() {
        if (writing || readers > 0) {
            throw new IllegalStateException(
                    writing ? "a recording is under way" : "the history is being read; record afterwards");
        }
        writing = true;
    }

    /** Waits for other writers, and keeps them waiting. */
    void beginWriting() throws SQLException {
        execute("BEGIN IMMEDIATE");
        inTransaction = true;
    }

    void commit() throws SQLException {
        execute("COMMIT");
        inTransaction = false;
    }

    /** Ends a claim, and undoes what was not committed. */
    void releaseWriting() {
        writing = false;
        rollback();
    }

    private void rollback() {
        if (!inTransaction) {
            return;
        }
        inTransaction = false;
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // After some errors (a full disk) SQLite has ended the transaction by itself; other errors leave it to be
            // undone when the file is opened next. The error that led here says more than this one.
        }
    }

    StoreException failure(String doing, SQLException cause) {
        return failure(name, doing, cause);
    }

    private static StoreException failure(String name, String doing, SQLException cause) {
        return new StoreException(doing + " the history " + name + " failed: " + explanation(cause), cause);
    }

    private static String explanation(SQLException cause) {
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

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("closing", e);
        }
    }
}
