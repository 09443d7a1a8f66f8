package dev.plumbline.server.data;

import dev.plumbline.store.postgres.OpenConnections;
import dev.plumbline.store.postgres.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks a database every few seconds whether it answers, over a connection of its own. If it does not respond, requests
 * stop waiting for it: open statements are aborted, and new requests fail immediately. A long statement is no reason to
 * give it up, nor is a database that answers that it has no room.
 */
final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PostgresConnections source;
    private final OpenConnections watched;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<SQLException> failure = Optional.empty();

    /**
     * Begins to watch.
     *
     * @param source of its own connection
     * @param watched what is given up
     */
    DatabaseWatch(PostgresConnections source, OpenConnections watched) {
        this.source = source;
        this.watched = watched;
        Thread thread = new Thread(this::run, "plumbline-database-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** The reason why the database does not answer; empty where it does. */
    Optional<SQLException> failure() {
        return failure;
    }

    private void run() {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try (Connection own = source.getConnection()) {
                    own.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
                    do {
                        ask(own);
                        answers();
                    } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
                } catch (SQLException e) {
                    givesNone(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private void answers() {
        if (failure.isPresent()) {
            failure = Optional.empty();
            LOG.log(Level.INFO, "the server's database answers again");
        }
    }

    /**
     * Records that the database gave no connection; one that refuses with a reason, such as a wrong password, is up.
     */
    private void givesNone(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("08") && !state.startsWith("57P")) {
            LOG.log(Level.FINE, "watching the database failed", e);
            answers();
            return;
        }
        if (failure.isEmpty()) {
            LOG.log(Level.WARNING, "the server's database does not answer; requests are refused until it does", e);
        }
        failure = Optional.of(e);
        watched.giveUp();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
