package dev.plumbline.store.sqlite;

import dev.plumbline.store.sql.dialect.HistoryTable;
import dev.plumbline.store.sql.dialect.TableWriter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Inserts rows in batches. */
final class SqliteTableWriter implements TableWriter {
    private static final int BATCH = 256;

    private final PreparedStatement insert;
    private int column = 1;
    private int waiting;

    SqliteTableWriter(SqliteDatabase database, HistoryTable table) throws SQLException {
        insert = database.prepare("INSERT INTO " + table.name() + " (" + table.columnList() + ") VALUES (?"
                + ", ?".repeat(table.columns().size() - 1) + ")");
    }

    @Override
    public void add(long value) throws SQLException {
        insert.setLong(column++, value);
    }

    @Override
    public void add(double value) throws SQLException {
        insert.setDouble(column++, value);
    }

    @Override
    public void add(boolean value) throws SQLException {
        insert.setBoolean(column++, value);
    }

    @Override
    public void add(String text) throws SQLException {
        insert.setString(column++, text);
    }

    @Override
    public void add(byte[] bytes) throws SQLException {
        insert.setBytes(column++, bytes);
    }

    @Override
    public void addNull() throws SQLException {
        insert.setNull(column++, Types.NULL);
    }

    @Override
    public void endRow() throws SQLException {
        insert.addBatch();
        column = 1;
        waiting++;
        if (waiting == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() throws SQLException {
        insert.executeBatch();
        waiting = 0;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
