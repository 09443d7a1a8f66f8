package dev.plumbline.server.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements on one connection. Every value is bound, never written into a statement: an {@link Instant} as
 * milliseconds since the epoch, an enum constant by its name, an {@link Optional} as its value or NULL.
 */
public final class Rows {
    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, Reader<T> reader, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            Row row = new Row(result);
            while (result.next()) {
                all.add(reader.read(row));
            }
            return all;
        }
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Reader<T> reader, Object... values) throws SQLException {
        return list(sql, reader, values).stream().findFirst();
    }

    /** Changes rows; returns how many. */
    public int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a statement of a schema. */
    void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, column(values[i]));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static Object column(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Rows::column).orElse(null);
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    /** The row that a query is at. */
    public static final class Row {
        private final ResultSet result;

        private Row(ResultSet result) {
            this.result = result;
        }

        public String text(String column) throws SQLException {
            return result.getString(column);
        }

        public Optional<String> optionalText(String column) throws SQLException {
            return Optional.ofNullable(result.getString(column));
        }

        public long number(String column) throws SQLException {
            return result.getLong(column);
        }

        public Instant time(String column) throws SQLException {
            return Instant.ofEpochMilli(result.getLong(column));
        }

        public Optional<Instant> optionalTime(String column) throws SQLException {
            long millis = result.getLong(column);
            return result.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
        }
    }
}
