package dev.plumbline.store.sql.dialect;

import dev.plumbline.store.StoreException;
import dev.plumbline.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One connection to the database of a history, with its transactions and readable errors.
 *
 * <p>The statements of this package are those that SQLite and PostgreSQL both understand. Where the two differ, a
 * database does it its own way: beginning and ending transactions, taking measurements in, handing points out.
 */
public abstract class Database implements AutoCloseable {
    private final String name;
    private final Connection connection;
    private int readers;
    private boolean writing;
    private boolean inTransaction;

    /** @param name what people know the history by; never with a password */
    protected Database(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** Work with the database. */
    public interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * A number as every history keeps it: SQLite's columns lose the sign of -0.0, and no answer is to depend on the
     * database.
     */
    public static double real(double value) {
        return value == 0 ? 0 : value;
    }

    /** The name of the history for people. */
    public final String name() {
        return name;
    }

    protected final Connection connection() {
        return connection;
    }

    /** Begins a transaction that sees one consistent picture of the history and changes nothing. */
    protected abstract void beginReading() throws SQLException;

    /**
     * Begins a transaction that changes the history: waits for other writers, and keeps them waiting until its end.
     * It sees all that they have written.
     */
    protected abstract void beginWriting() throws SQLException;

    /** Makes the transaction's changes last. */
    protected abstract void endWriting() throws SQLException;

    /** Ends the transaction without changes. */
    protected abstract void rollBack() throws SQLException;

    /** Whether the work, which the database gave up for the sake of another process, may be done once more. */
    protected boolean canTryAgain(SQLException cause, int attempts) {
        return false;
    }

    /** Whether the same may succeed later, when nothing but the database has changed. */
    protected abstract boolean mayPass(SQLException cause);

    /** The failure and its remedy, without the name of the history. */
    protected abstract String explanation(SQLException cause);

    /** Takes in the measurements of one recording, inside its transaction. */
    public abstract MeasurementWriter writer() throws SQLException;

    /** Reads points, inside one reading transaction. */
    public abstract PointReader points() throws SQLException;

    /** Takes in the rows of a table as another history has them. */
    public abstract TableWriter tableWriter(HistoryTable table) throws SQLException;

    /** Finishes copying, in the same transaction, after rows came with their own numbers. */
    public void afterCopying() throws SQLException {
        // most databases have nothing to do
    }

    /** The size of the history in bytes. */
    public abstract long bytes() throws SQLException;

    /** Gives back the room of what was deleted, outside of any transaction; answers the size afterwards, in bytes. */
    public abstract long makeRoom() throws SQLException;

    public final void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    public PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** The first column of the only row. */
    public final long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The first column of the only row. */
    public final String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Reads in one consistent picture; may be nested. */
    public final <T> T read(Work<T> work) {
        if (writing) {
            throw new IllegalStateException("a recording is in progress; commit or close it before reading");
        }
        try {
            if (readers == 0) {
                beginReading();
                inTransaction = true;
            }
            readers++;
            try {
                return work.run();
            } finally {
                readers--;
                if (readers == 0) {
                    end();
                }
            }
        } catch (SQLException e) {
            throw failure("reading", e);
        }
    }

    /** Does all of it, or nothing. */
    public final <T> T write(Work<T> work) {
        claimWriting();
        try {
            for (int attempts = 1; ; attempts++) {
                try {
                    begin();
                    T result = work.run();
                    commit();
                    return result;
                } catch (SQLException e) {
                    if (!canTryAgain(e, attempts)) {
                        throw e;
                    }
                    end();
                }
            }
        } catch (SQLException e) {
            throw failure("writing", e);
        } finally {
            releaseWriting();
        }
    }

    /** From now on this connection neither reads nor begins another writing. */
    public final void claimWriting() {
        if (writing || readers > 0) {
            throw new IllegalStateException(
                    writing ? "a recording is under way" : "the history is being read; record afterwards");
        }
        writing = true;
    }

    /** Begins to write after a {@link #claimWriting claim}. */
    public final void begin() throws SQLException {
        beginWriting();
        inTransaction = true;
    }

    public final void commit() throws SQLException {
        endWriting();
        inTransaction = false;
    }

    /** Ends a claim, and undoes what was not committed. */
    public final void releaseWriting() {
        writing = false;
        end();
    }

    private void end() {
        if (!inTransaction) {
            return;
        }
        inTransaction = false;
        try {
            rollBack();
        } catch (SQLException e) {
            // After some errors (a full disk, a lost connection) the database has already ended the transaction;
            // other errors leave it to be undone when the connection ends. The original error has more information.
        }
    }

    public final StoreException failure(String doing, SQLException cause) {
        String message = doing + " the history " + name + " failed: " + explanation(cause);
        return mayPass(cause) ? new StoreUnavailable(message, cause) : new StoreException(message, cause);
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
