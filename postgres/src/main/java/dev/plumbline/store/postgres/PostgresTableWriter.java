package dev.plumbline.store.postgres;

import dev.plumbline.store.sql.dialect.HistoryTable;
import dev.plumbline.store.sql.dialect.TableWriter;
import java.sql.SQLException;

/** Copies rows in, in one stream. */
final class PostgresTableWriter implements TableWriter {
    private static final int MOST_BYTES_WAITING = 1 << 18;

    private final BinaryCopy copy;
    private final HistoryTable table;
    private int column;

    PostgresTableWriter(PostgresDatabase database, HistoryTable table) {
        this.table = table;
        copy = new BinaryCopy(
                database,
                table.name(),
                table.columns().stream().map(HistoryTable.Column::name).toArray(String[]::new));
    }

    private void next() {
        if (column == 0) {
            copy.row(table.columns().size());
        }
        column++;
    }

    @Override
    public void add(long value) {
        next();
        if (table.columns().get(column - 1).kind() == HistoryTable.Kind.INTEGER) {
            copy.addInt(Math.toIntExact(value));
        } else {
            copy.add(value);
        }
    }

    @Override
    public void add(double value) {
        next();
        copy.add(value);
    }

    @Override
    public void add(boolean value) {
        next();
        copy.add(value);
    }

    @Override
    public void add(String text) {
        next();
        copy.add(text);
    }

    @Override
    public void add(byte[] bytes) {
        next();
        copy.add(bytes);
    }

    @Override
    public void addNull() {
        next();
        copy.addNull();
    }

    @Override
    public void endRow() throws SQLException {
        column = 0;
        if (copy.size() >= MOST_BYTES_WAITING) {
            copy.sendOn();
        }
    }

    @Override
    public void flush() throws SQLException {
        copy.send();
    }

    @Override
    public void close() throws SQLException {
        copy.cancel();
    }
}
