package dev.plumbline.store.copy;

import dev.plumbline.store.sql.dialect.TableWriter;
import java.sql.SQLException;
import java.util.List;

/** Gives everything to each of several takers; whoever made them ends them. */
record AllTakers(List<TableWriter> takers) implements RowTaker {
    AllTakers {
        takers = List.copyOf(takers);
    }

    /** A taker cannot keep something. */
    static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final SQLException why;

        NotTaken(SQLException why) {
            super(why);
            this.why = why;
        }

        SQLException why() {
            return why;
        }
    }

    /** The gift to each of them. */
    private interface Giving {
        void to(TableWriter taker) throws SQLException;
    }

    private void each(Giving giving) {
        try {
            for (TableWriter taker : takers) {
                giving.to(taker);
            }
        } catch (SQLException e) {
            throw new NotTaken(e);
        }
    }

    @Override
    public void add(long value) {
        each(taker -> taker.add(value));
    }

    @Override
    public void add(double value) {
        each(taker -> taker.add(value));
    }

    @Override
    public void add(boolean value) {
        each(taker -> taker.add(value));
    }

    @Override
    public void add(String text) {
        each(taker -> taker.add(text));
    }

    @Override
    public void add(byte[] bytes) {
        each(taker -> taker.add(bytes));
    }

    @Override
    public void addNull() {
        each(TableWriter::addNull);
    }

    @Override
    public void endRow() {
        each(TableWriter::endRow);
    }
}
