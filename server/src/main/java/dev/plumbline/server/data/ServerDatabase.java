package dev.plumbline.server.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.plumbline.store.postgres.OpenConnections;
import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.PostgresConnections;
import dev.plumbline.store.sqlite.SqliteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * The accounts, rights and audit log. Several servers may share one in PostgreSQL. Safe for use by several threads.
 *
 * <p>Every method that asks the database throws {@link Unavailable} where it gives no answer.
 */
public final class ServerDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String UNIQUE_VIOLATION = "23505";

    private final HikariDataSource pool;

    private Optional<DatabaseWatch> watch = Optional.empty();

    private ServerDatabase(HikariDataSource pool, Schema.Dialect dialect) {
        this.pool = pool;
        try {
            write(rows -> {
                Schema.bringUpToDate(rows, dialect);
                return null;
            });
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Rows rows) throws SQLException;
    }

    /** Opens a database in a file, readable by its owner alone, or makes it with its folder. */
    public static ServerDatabase inFile(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        PrivateFiles.create(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(PATIENCE.toMillis()));
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SqliteLibrary.load();
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath().toUri());
        HikariConfig pool = settings();
        pool.setDataSource(source);
        return new ServerDatabase(new HikariDataSource(pool), Schema.Dialect.SQLITE);
    }

    /**
     * Opens a schema of a PostgreSQL database, or makes it.
     *
     * @param address with a project whose schema the tables are in
     * @param variables those of the environment, which may have the role and its password
     * @param open connections to the same server, which are given up while it gives no answer
     */
    public static ServerDatabase onServer(
            PostgresAddress address, Map<String, String> variables, OpenConnections open) {
        HikariConfig pool = settings();
        pool.setDataSource(new PostgresConnections(address, variables, open));
        pool.setConnectionInitSql("SET statement_timeout = 20000");
        try {
            ServerDatabase database = new ServerDatabase(
                    new HikariDataSource(pool), new Schema.Dialect.Postgres(PostgresConnections.schema(address)));
            database.watch = Optional.of(new DatabaseWatch(new PostgresConnections(address, variables), open));
            return database;
        } catch (RuntimeException e) {
            throw new Unavailable("the server's database " + address + " cannot be opened: " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    private static HikariConfig settings() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("plumbline");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        return config;
    }

    /** Reads; each statement sees what is there when it begins. */
    public <T> T read(Work<T> work) {
        try (Connection connection = connection()) {
            return work.on(new Rows(connection));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Writes all of something, or nothing.
     *
     * @throws Taken if a row has the key of another one
     */
    public <T> T write(Work<T> work) {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(new Rows(connection));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** A connection; fails at once while the database is known to be unreachable. */
    private Connection connection() throws SQLException {
        Optional<SQLException> failure = watch.flatMap(DatabaseWatch::failure);
        if (failure.isPresent()) {
            throw new Unavailable("the server's database does not answer: " + reason(failure.get()));
        }
        return pool.getConnection();
    }

    private static RuntimeException failure(SQLException e) {
        boolean isTaken = UNIQUE_VIOLATION.equals(e.getSQLState())
                || e.getErrorCode() == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                        && String.valueOf(e.getMessage()).contains("UNIQUE");
        return isTaken ? new Taken(e) : new Unavailable("the server's database does not answer", e);
    }

    @Override
    public void close() {
        watch.ifPresent(DatabaseWatch::close);
        pool.close();
    }
}
