package dev.plumbline.store.copy;

import dev.plumbline.store.StoreException;
import dev.plumbline.store.sql.SqlRunStore;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.HistoryTable;
import dev.plumbline.store.sql.dialect.TableWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Copies a whole history, row by row with the numbers that rows have: runs, samples, marks, baselines in all versions,
 * acceptances, renamings and triage. Whatever is read from the copy is what is read from the original.
 *
 * <p>All of it is one transaction, which lasts only if the rows that were written have the digest of those that were
 * read.
 */
public final class HistoryCopy {
    private final Listener listener;

    /** Receives the progress of copying. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Some rows more were copied or verified.
         *
         * @param doing {@code copying} or {@code verifying}
         * @param rows how many so far
         * @param total how many there are
         */
        void at(String doing, long rows, long total);
    }

    /**
     * The copied data.
     *
     * @param rows of all tables
     * @param digest SHA-256 of all rows, in hexadecimal digits; equal for equal histories in any database
     */
    public record Copied(long runs, long measurements, long rows, String digest) {}

    public HistoryCopy(Listener listener) {
        this.listener = listener;
    }

    /**
     * Copies.
     *
     * @param to a history with nothing in it
     * @throws StoreException if there is something in it, or the copy is not the same as the original; then nothing
     *     was changed
     */
    public Copied copy(SqlRunStore from, SqlRunStore to) {
        Database source = from.database();
        Database target = to.database();
        return source.read(() -> target.write(() -> {
            requireEmpty(target);
            long total = total(source);
            Steps copying = new Steps("copying", total);
            String digest = fill(target, (table, takers) -> rows(source, table, takers, copying));
            verify(target, digest, total, source.name());
            return copied(source, total, digest);
        }));
    }

    /** The source of a table's rows. */
    @FunctionalInterface
    public interface Rows {
        /** Hands over all rows of a table, in the order of their key. */
        void handOver(HistoryTable table, RowTaker taker);
    }

    /**
     * Hands all rows to something that is no database, table after table.
     *
     * @param taker gets each table with its rows; its writers need keep nothing until they are flushed
     */
    public Copied export(SqlRunStore from, Function<HistoryTable, TableWriter> taker) {
        Database source = from.database();
        return source.read(() -> {
            long total = total(source);
            Steps copying = new Steps("copying", total);
            RowDigest read = new RowDigest();
            for (HistoryTable table : HistoryTable.ALL) {
                read.table(table.name());
                try (TableWriter writer = taker.apply(table)) {
                    rows(source, table, List.of(read, writer), copying);
                    writer.flush();
                }
            }
            return copied(source, total, read.hex());
        });
    }

    /**
     * Takes rows from something that is no database.
     *
     * @param to a history with nothing in it
     * @param digest asked when all rows were handed over: the digest that they must have
     * @throws StoreException if there is something in it, or the rows have another digest; then nothing was changed
     */
    public Copied load(SqlRunStore to, Rows rows, Supplier<String> digest) {
        Database target = to.database();
        return target.write(() -> {
            requireEmpty(target);
            String read = fill(target, (table, takers) -> handOver(rows, table, takers));
            String stated = digest.get();
            if (!read.equals(stated)) {
                throw new StoreException("the rows are not those that were exported: they have digest " + read
                        + ", and the file says " + stated + "; nothing was changed");
            }
            long total = total(target);
            verify(target, read, total, "the file");
            return copied(target, total, read);
        });
    }

    /** The digest of rows from something that is no database: equal to that of the history they were exported from. */
    public static String digest(Rows rows) {
        RowDigest read = new RowDigest();
        try {
            for (HistoryTable table : HistoryTable.ALL) {
                read.table(table.name());
                handOver(rows, table, List.of(read));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return read.hex();
    }

    private static void handOver(Rows rows, HistoryTable table, List<TableWriter> takers) throws SQLException {
        try {
            rows.handOver(table, new AllTakers(takers));
        } catch (AllTakers.NotTaken e) {
            throw e.why();
        }
    }

    private static void requireEmpty(Database target) throws SQLException {
        for (HistoryTable table : HistoryTable.ALL) {
            if (count(target, table) > 0) {
                throw new StoreException("the history " + target.name()
                        + " is not empty and was left unchanged; copy to a new file or another project");
            }
        }
    }

    private static long total(Database source) throws SQLException {
        long total = 0;
        for (HistoryTable table : HistoryTable.ALL) {
            total += count(source, table);
        }
        return total;
    }

    /** Reads the rows of a table. */
    private interface Reading {
        void rows(HistoryTable table, List<TableWriter> takers) throws SQLException;
    }

    private static String fill(Database target, Reading reading) throws SQLException {
        RowDigest read = new RowDigest();
        for (HistoryTable table : HistoryTable.ALL) {
            read.table(table.name());
            try (TableWriter writer = target.tableWriter(table)) {
                reading.rows(table, List.of(read, writer));
                writer.flush();
            }
        }
        return read.hex();
    }

    private void verify(Database target, String digest, long total, String source) throws SQLException {
        RowDigest written = new RowDigest();
        Steps verifying = new Steps("verifying", total);
        for (HistoryTable table : HistoryTable.ALL) {
            written.table(table.name());
            rows(target, table, List.of(written), verifying);
        }
        if (!written.hex().equals(digest)) {
            throw new StoreException("the copy in " + target.name() + " differs from " + source
                    + "; nothing was changed; please report it");
        }
        target.afterCopying();
    }

    private static Copied copied(Database source, long total, String digest) throws SQLException {
        return new Copied(
                source.number("SELECT count(*) FROM run"),
                source.number("SELECT count(*) FROM measurement"),
                total,
                digest);
    }

    private static long count(Database database, HistoryTable table) throws SQLException {
        return database.number("SELECT count(*) FROM " + table.name());
    }

    private static void rows(Database database, HistoryTable table, List<TableWriter> takers, Steps steps)
            throws SQLException {
        try (PreparedStatement select = database.prepare("SELECT " + table.columnList() + " FROM " + table.name()
                        + " ORDER BY " + String.join(", ", table.key()));
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                for (int i = 0; i < table.columns().size(); i++) {
                    hand(row, i + 1, table.columns().get(i).kind(), takers);
                }
                for (TableWriter taker : takers) {
                    taker.endRow();
                }
                steps.one();
            }
        }
    }

    private static void hand(ResultSet row, int column, HistoryTable.Kind kind, List<TableWriter> takers)
            throws SQLException {
        switch (kind) {
            case WHOLE, INTEGER -> {
                long value = row.getLong(column);
                boolean isNull = row.wasNull();
                for (TableWriter taker : takers) {
                    if (isNull) {
                        taker.addNull();
                    } else {
                        taker.add(value);
                    }
                }
            }
            case REAL -> {
                double value = row.getDouble(column);
                boolean isNull = row.wasNull();
                for (TableWriter taker : takers) {
                    if (isNull) {
                        taker.addNull();
                    } else {
                        taker.add(value);
                    }
                }
            }
            case FLAG -> {
                boolean value = row.getBoolean(column);
                for (TableWriter taker : takers) {
                    taker.add(value);
                }
            }
            case TEXT -> {
                String text = row.getString(column);
                for (TableWriter taker : takers) {
                    if (text == null) {
                        taker.addNull();
                    } else {
                        taker.add(text);
                    }
                }
            }
            case BYTES -> {
                byte[] bytes = row.getBytes(column);
                for (TableWriter taker : takers) {
                    if (bytes == null) {
                        taker.addNull();
                    } else {
                        taker.add(bytes);
                    }
                }
            }
        }
    }

    /** Counts rows and reports the number now and then. */
    private final class Steps {
        private static final int A_STEP = 10_000;

        private final String doing;
        private final long total;
        private long done;

        Steps(String doing, long total) {
            this.doing = doing;
            this.total = total;
        }

        void one() {
            done++;
            if (done % A_STEP == 0) {
                listener.at(doing, done, total);
            }
        }
    }
}
