package dev.plumbline.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A project whose changes are all rolled back when the connection ends: everything happens in one transaction, during
 * which other writers have to wait.
 */
final class TrialDatabase extends PostgresDatabase {
    private boolean isWriting;

    TrialDatabase(PostgresAddress address, Connection connection, Duration patience) throws SQLException {
        super(address, connection, patience);
        connection.setAutoCommit(false);
        takeTurn();
    }

    @Override
    protected void beginReading() {
        // what was written for trial is to be seen
    }

    @Override
    protected void beginWriting() throws SQLException {
        executeAll("SAVEPOINT trial");
        isWriting = true;
    }

    @Override
    protected void endWriting() throws SQLException {
        executeAll("RELEASE SAVEPOINT trial");
        isWriting = false;
    }

    @Override
    protected void rollBack() throws SQLException {
        if (isWriting) {
            isWriting = false;
            executeAll("ROLLBACK TO SAVEPOINT trial; RELEASE SAVEPOINT trial");
        }
    }

    @Override
    public long makeRoom() throws SQLException {
        return bytes();
    }

    @Override
    public void close() {
        try {
            connection().rollback();
        } catch (SQLException e) {
            // the server rolls back when the connection ends
        }
        super.close();
    }
}
