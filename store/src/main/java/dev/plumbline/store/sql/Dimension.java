package dev.plumbline.store.sql;

import dev.plumbline.store.sql.dialect.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A dimension table, for a recording: the number of each value, assigned at first use.
 *
 * @param <K> the thing
 */
public final class Dimension<K> implements AutoCloseable {
    /** A recording with more different things than this looks some up again; this keeps its memory bounded. */
    private static final int MAX_REMEMBERED = 50_000;

    private final Map<K, Long> remembered = new HashMap<>();
    private final Binder<K> binder;
    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final int columnCount;
    private long next;

    /** Sets the columns of a thing, beginning with parameter 1. */
    public interface Binder<K> {
        void bind(PreparedStatement statement, K thing) throws SQLException;
    }

    public Dimension(Database database, String table, Binder<K> binder, String... columns) throws SQLException {
        this.binder = binder;
        this.columnCount = columns.length;
        String names = String.join(", ", columns);
        find = database.prepare(
                "SELECT " + table + "_id FROM " + table + " WHERE " + String.join(" = ? AND ", columns) + " = ?");
        insert = database.prepare("INSERT INTO " + table + " (" + names + ", " + table + "_id) VALUES ("
                + "?, ".repeat(columns.length) + "?)");
        next = database.number("SELECT coalesce(max(" + table + "_id), 0) + 1 FROM " + table);
    }

    public long number(K thing) throws SQLException {
        Long known = remembered.get(thing);
        if (known != null) {
            return known;
        }
        long number = findOrInsert(thing);
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(thing, number);
        return number;
    }

    private long findOrInsert(K thing) throws SQLException {
        binder.bind(find, thing);
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        binder.bind(insert, thing);
        insert.setLong(columnCount + 1, next);
        insert.executeUpdate();
        return next++;
    }

    @Override
    public void close() throws SQLException {
        find.close();
        insert.close();
    }
}
