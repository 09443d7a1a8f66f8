package dev.plumbline.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The connections that a long-lived process has to a database. A database that stopped silently would block callers; if
 * all connections are aborted, each caller gets a connection failure. Safe for use by several threads.
 */
public final class OpenConnections {
    private static final Logger LOG = Logger.getLogger("dev.plumbline.store.postgres");

    private final List<Connection> open = new ArrayList<>();

    /** Knows one more, until it is closed. */
    synchronized void add(Connection connection) {
        open.removeIf(OpenConnections::isClosed);
        open.add(connection);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Gives up all that are open, whatever they are used for; the database rolls back what was not committed. */
    public void giveUp() {
        List<Connection> all;
        synchronized (this) {
            all = List.copyOf(open);
            open.clear();
        }
        for (Connection connection : all) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.log(Level.FINE, "a connection could not be given up", e);
            }
        }
    }
}
