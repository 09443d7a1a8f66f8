package dev.plumbline.store.copy;

import dev.plumbline.store.sql.TableWriter;
import java.sql.SQLException;
import java.util.List;

/** Gives everything to each of several takers; whoever made them ends them. */
record AllTakers(List<TableWriter> takers) implements TableWriter {
    AllTakers {
        takers = List.copyOf(takers);
    }

    @Override
    public void add(long value) throws SQLException {
        for (TableWriter taker : takers) {
            taker.add(value);
        }
    }

    @Override
    public void add(double value) throws SQLException {
        for (TableWriter taker : takers) {
            taker.add(value);
        }
    }

    @Override
    public void add(boolean value) throws SQLException {
        for (TableWriter taker : takers) {
            taker.add(value);
        }
    }

    @Override
    public void add(String text) throws SQLException {
        for (TableWriter taker : takers) {
            taker.add(text);
        }
    }

    @Override
    public void add(byte[] bytes) throws SQLException {
        for (TableWriter taker : takers) {
            taker.add(bytes);
        }
    }

    @Override
    public void addNull() throws SQLException {
        for (TableWriter taker : takers) {
            taker.addNull();
        }
    }

    @Override
    public void endRow() throws SQLException {
        for (TableWriter taker : takers) {
            taker.endRow();
        }
    }

    @Override
    public void flush() {
        // not its own
    }

    @Override
    public void close() {
        // not its own
    }
}
