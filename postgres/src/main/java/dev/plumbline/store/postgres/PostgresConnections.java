package dev.plumbline.store.postgres;

import static java.util.Objects.requireNonNull;

import dev.plumbline.store.StoreException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections to one schema of a PostgreSQL database, for other tables next to histories. */
public final class PostgresConnections implements DataSource {
    private final PostgresAddress address;
    private final Map<String, String> variables;
    private final OpenConnections open;

    /** @param variables those of the environment, which may have the role and its password */
    public PostgresConnections(PostgresAddress address, Map<String, String> variables) {
        this(address, variables, new OpenConnections());
    }

    /**
     * @param variables those of the environment, which may have the role and its password
     * @param open knows those that are opened
     */
    public PostgresConnections(PostgresAddress address, Map<String, String> variables, OpenConnections open) {
        this.address = requireNonNull(address, "address");
        this.variables = Map.copyOf(variables);
        this.open = requireNonNull(open, "open");
    }

    PostgresAddress address() {
        return address;
    }

    /** @throws StoreException if none can be opened */
    Connection open() {
        Connection connection = PostgresDatabase.connect(address, variables);
        open.add(connection);
        return connection;
    }

    /** The schema that the connections look for tables in. */
    public static String schema(PostgresAddress address) {
        return address.schema();
    }

    /** @throws SQLException if none can be opened; the message says why and has no password */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            return open();
        } catch (StoreException e) {
            String state = e.getCause() instanceof SQLException cause ? cause.getSQLState() : null;
            throw new SQLException(e.getMessage(), state, e);
        }
    }

    /** @throws SQLFeatureNotSupportedException always: the address names the user */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the address names the role");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // the driver logs by java.util.logging
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the address sets it
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
