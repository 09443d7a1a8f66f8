package dev.plumbline.store.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A dimension table, for a recording: the number of each value, assigned at first use.
 * Many things are looked up at once, because each question is a journey to the server.
 *
 * @param <K> the thing
 */
final class BulkDimension<K> {
    /** A recording with more different things than this looks some up again; this keeps its memory bounded. */
    private static final int MAX_REMEMBERED = 50_000;

    /**
     * The number of new rows that changes which plan is right. Until the server looks at a table by itself, a minute
     * later, it takes every row of a place for one of few, and compares each of thousands with each.
     */
    private static final int MANY = 250;

    private final Map<K, Long> remembered = new HashMap<>();
    private final PostgresDatabase database;
    private final Pause pause;
    private final String table;
    private final List<Column<K>> columns;
    private final String find;
    private final String insert;
    private long next;

    /**
     * A column of the thing.
     *
     * @param type its name in PostgreSQL
     * @param value what a thing has there
     */
    record Column<K>(String name, String type, Function<K, Object> value) {}

    /** Makes the connection ready for questions. */
    interface Pause {
        void run() throws SQLException;
    }

    /**
     * @param next the number of the next new thing
     * @param pause what is to be done before the server is asked something
     */
    BulkDimension(PostgresDatabase database, Pause pause, String table, long next, List<Column<K>> columns) {
        this.database = database;
        this.pause = pause;
        this.table = table;
        this.columns = columns;
        this.next = next;
        List<String> names = new ArrayList<>();
        List<String> arrays = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (Column<K> column : columns) {
            names.add(column.name);
            arrays.add("?::" + column.type + "[]");
            equal.add(table + "." + column.name + " = wanted." + column.name);
        }
        String list = String.join(", ", names);
        find = "SELECT wanted.place, " + table + "_id FROM unnest(" + String.join(", ", arrays)
                + ") WITH ORDINALITY AS wanted(" + list + ", place) JOIN " + table + " ON "
                + String.join(" AND ", equal);
        insert = "INSERT INTO " + table + " (" + list + ", " + table + "_id) SELECT * FROM unnest("
                + String.join(", ", arrays) + ", ?::bigint[])";
    }

    /** Looks all of them up, and adds those that are new, in this order. */
    void resolve(Collection<K> things) throws SQLException {
        if (remembered.size() > MAX_REMEMBERED) {
            remembered.clear();
        }
        Set<K> unknown = new LinkedHashSet<>();
        for (K thing : things) {
            if (!remembered.containsKey(thing)) {
                unknown.add(thing);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        pause.run();
        List<K> wanted = List.copyOf(unknown);
        try (PreparedStatement statement = database.prepare(find)) {
            set(statement, wanted);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    remembered.put(wanted.get(row.getInt(1) - 1), row.getLong(2));
                }
            }
        }
        unknown.removeAll(remembered.keySet());
        if (!unknown.isEmpty()) {
            add(List.copyOf(unknown));
        }
    }

    private void add(List<K> things) throws SQLException {
        Long[] numbers = new Long[things.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = next++;
            remembered.put(things.get(i), numbers[i]);
        }
        try (PreparedStatement statement = database.prepare(insert)) {
            set(statement, things);
            statement.setArray(columns.size() + 1, database.array("bigint", numbers));
            statement.executeUpdate();
        }
        if (things.size() >= MANY) {
            // if another role owns the table, the server warns and does nothing
            database.executeAll("ANALYZE " + table);
        }
    }

    private void set(PreparedStatement statement, List<K> things) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Column<K> column = columns.get(i);
            Object[] values = things.stream().map(column.value).toArray();
            statement.setArray(i + 1, database.array(column.type, values));
        }
    }

    /** The number of a thing that was among those resolved last. */
    long number(K thing) {
        return remembered.get(thing);
    }
}
