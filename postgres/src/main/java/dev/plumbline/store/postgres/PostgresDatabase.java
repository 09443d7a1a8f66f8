package dev.plumbline.store.postgres;

import dev.plumbline.store.StoreException;
import dev.plumbline.store.StoreUnavailable;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.HistoryTable;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import dev.plumbline.store.sql.dialect.PointReader;
import dev.plumbline.store.sql.dialect.TableWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** One connection to the schema of a project in a PostgreSQL database. */
class PostgresDatabase extends Database {
    /** Rows fetched at once: bounds memory, and saves round trips on a slow network. */
    private static final int ROWS_AT_ONCE = 1_000;

    private static final int MOST_ATTEMPTS = 5;

    private final PostgresAddress address;
    private final Duration patience;

    PostgresDatabase(PostgresAddress address, Connection connection, Duration patience) {
        super(address.toString(), connection);
        this.address = address;
        this.patience = patience;
    }

    /** Opens a connection; nothing is read or made. */
    static Connection connect(PostgresAddress address, Map<String, String> variables) {
        String user = address.user()
                .or(() -> Optional.ofNullable(variables.get("PGUSER")))
                .orElseGet(() -> System.getProperty("user.name"));
        Properties properties = new Properties();
        properties.setProperty("user", user);
        new Passwords(variables).of(address, user).ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("currentSchema", '"' + address.schema() + '"');
        properties.setProperty("ApplicationName", "plumb");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("tcpKeepAlive", "true");
        // an address may come from the configuration of a stranger's repository: its server never gets the password
        // itself, unless that server has proved who it is
        if (!"verify-full".equals(address.settings().get("sslmode"))) {
            properties.setProperty("requireAuth", "!password");
        }
        properties.putAll(address.driverSettings());
        // a stopped server accepts connections but does not respond
        String patience = properties.getProperty("connectTimeout");
        properties.setProperty("socketTimeout", patience);
        properties.setProperty("loginTimeout", patience);
        try {
            Connection connection = new Driver().connect(address.driverUrl(), properties);
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        } catch (SQLException e) {
            String message = "opening the history " + address + " failed: " + Failures.explanation(e, address);
            throw Failures.mayPass(e) ? new StoreUnavailable(message, e) : new StoreException(message, e);
        }
    }

    PostgresAddress address() {
        return address;
    }

    @Override
    public PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = super.prepare(sql);
        statement.setFetchSize(ROWS_AT_ONCE);
        return statement;
    }

    /** Several statements in one message to the server. */
    final void executeAll(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    protected void beginReading() throws SQLException {
        begin(() -> executeAll("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    }

    @Override
    protected void beginWriting() throws SQLException {
        begin(this::takeTurn);
    }

    /** The first statement of a transaction. */
    private interface Beginning {
        void run() throws SQLException;
    }

    /** A transaction whose first statement fails has not begun: the next one is to find the connection ready. */
    private void begin(Beginning first) throws SQLException {
        connection().setAutoCommit(false);
        try {
            first.run();
        } catch (SQLException e) {
            try {
                connection().rollback();
                connection().setAutoCommit(true);
            } catch (SQLException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    /**
     * Waits for other writers of the project. After that every statement sees what they have written, and no other
     * writes, so that numbers can be given in the order of recording and no transaction has to be given up.
     */
    final void takeTurn() throws SQLException {
        executeAll("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = "
                + patience.toMillis() + "; SELECT pg_advisory_xact_lock(hashtextextended('plumbline writer "
                + address.schema() + "', 0)); SET LOCAL lock_timeout = 0");
    }

    @Override
    protected void endWriting() throws SQLException {
        connection().commit();
        connection().setAutoCommit(true);
    }

    @Override
    protected void rollBack() throws SQLException {
        connection().rollback();
        connection().setAutoCommit(true);
    }

    @Override
    protected boolean canTryAgain(SQLException cause, int attempts) {
        return attempts < MOST_ATTEMPTS && Failures.isConflict(cause);
    }

    @Override
    protected boolean mayPass(SQLException cause) {
        return Failures.mayPass(cause);
    }

    @Override
    protected String explanation(SQLException cause) {
        return Failures.explanation(cause, address);
    }

    @Override
    public MeasurementWriter writer() throws SQLException {
        return new PostgresWriter(this);
    }

    @Override
    public PointReader points() throws SQLException {
        return new PostgresPoints(this);
    }

    /** For what only the driver of PostgreSQL can do. */
    final <T> T unwrap(Class<T> type) throws SQLException {
        return connection().unwrap(type);
    }

    /** An array as a parameter. */
    final java.sql.Array array(String type, Object[] values) throws SQLException {
        return connection().createArrayOf(type, values);
    }

    @Override
    public TableWriter tableWriter(HistoryTable table) {
        return new PostgresTableWriter(this, table);
    }

    /** Moves the sequences behind the copied rows, and updates the planner's statistics. */
    @Override
    public void afterCopying() throws SQLException {
        for (String table : List.of("mark", "baseline_validation", "acceptance", "incident")) {
            String key = table.equals("baseline_validation") ? "validation_id" : table + "_id";
            executeAll("SELECT setval(pg_get_serial_sequence('" + table + "', '" + key + "'), (SELECT max(" + key
                    + ") FROM " + table + ")) WHERE EXISTS (SELECT 1 FROM " + table + ")");
        }
        for (HistoryTable table : HistoryTable.ALL) {
            executeAll("ANALYZE " + table.name());
        }
    }

    @Override
    public long bytes() throws SQLException {
        return number("SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class"
                + " WHERE relkind = 'r' AND relnamespace = to_regnamespace('\"" + address.schema() + "\"')");
    }

    /** Later rows use the room; the files get smaller where it is at their end. */
    @Override
    public long makeRoom() throws SQLException {
        executeAll("VACUUM (ANALYZE) measurement");
        executeAll("VACUUM (ANALYZE) point");
        executeAll("VACUUM (ANALYZE) run");
        return bytes();
    }
}
