package dev.plumbline.store.postgres;

import dev.plumbline.store.Reruns;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.sql.SqlRunStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A history in a PostgreSQL database of version 15 or newer, which several machines share; a database can hold any
 * number of projects.
 *
 * <p>One process writes to a project at a time, and others wait; readers do not. A process that is killed loses the
 * recording it was making and nothing else.
 */
public final class PostgresRunStore extends SqlRunStore {
    /** The time to wait for another process that is recording; a large backfill takes a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private PostgresRunStore(PostgresDatabase database, Aliases aliases, Reruns reruns) {
        super(database, aliases, reruns);
    }

    /**
     * Opens a project; makes its tables when they are missing, which needs the right to create a schema.
     *
     * @param variables those of the environment, which may have the role and its password
     * @throws StoreException if the server cannot be reached or refuses, or a later version made the tables
     */
    public static PostgresRunStore open(
            PostgresAddress address, Map<String, String> variables, Aliases aliases, Reruns reruns) {
        return open(address, variables, aliases, reruns, PATIENCE);
    }

    /** Opens a project, as {@link #open} does, with a limit on waiting for other writers. */
    public static PostgresRunStore open(
            PostgresAddress address, Map<String, String> variables, Aliases aliases, Reruns reruns, Duration patience) {
        return open(new PostgresConnections(address, variables), aliases, reruns, patience);
    }

    /** Opens a project, as {@link #open} does, over one of these connections. */
    public static PostgresRunStore open(PostgresConnections connections, Aliases aliases, Reruns reruns) {
        return open(connections, aliases, reruns, PATIENCE);
    }

    private static PostgresRunStore open(
            PostgresConnections connections, Aliases aliases, Reruns reruns, Duration patience) {
        PostgresDatabase database = new PostgresDatabase(connections.address(), connections.open(), patience);
        attempt(database, () -> {
            new PostgresSchema(database).bringUpToDate();
            return null;
        });
        return new PostgresRunStore(database, aliases, reruns);
    }

    /**
     * A project whose changes are all rolled back when it is closed; other writers wait until then.
     *
     * @throws StoreException as {@link #open}
     */
    public static PostgresRunStore openTrial(PostgresConnections connections, Aliases aliases, Reruns reruns) {
        open(connections, aliases, reruns).close(); // the tables, unless they are there
        PostgresAddress address = connections.address();
        Connection connection = connections.open();
        PostgresDatabase plain = new PostgresDatabase(address, connection, PATIENCE);
        return new PostgresRunStore(
                attempt(plain, () -> new TrialDatabase(address, connection, PATIENCE)), aliases, reruns);
    }

    /**
     * Whether the project has a history; nothing is made.
     *
     * @throws StoreException as {@link #open}
     */
    public static boolean exists(PostgresConnections connections) {
        PostgresDatabase database = new PostgresDatabase(connections.address(), connections.open(), PATIENCE);
        boolean exists = attempt(database, () -> new PostgresSchema(database).exists());
        database.close();
        return exists;
    }

    private interface Opening<T> {
        T run() throws SQLException;
    }

    private static <T> T attempt(PostgresDatabase database, Opening<T> opening) {
        try {
            return opening.run();
        } catch (SQLException e) {
            database.close();
            throw database.failure("opening", e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
