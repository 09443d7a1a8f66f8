package dev.plumbline.store.sql.dialect;

import java.sql.SQLException;

/** Receives the rows of one table unchanged, value by value, inside a writing transaction. */
public interface TableWriter extends AutoCloseable {
    /** A whole number, for any column size. */
    void add(long value) throws SQLException;

    void add(double value) throws SQLException;

    void add(boolean value) throws SQLException;

    /** Text as it is stored. */
    void add(String text) throws SQLException;

    void add(byte[] bytes) throws SQLException;

    void addNull() throws SQLException;

    /** Ends a row, all columns of which have been given in their order. */
    void endRow() throws SQLException;

    /** Hands the last rows over. */
    void flush() throws SQLException;

    @Override
    void close() throws SQLException;
}
