package dev.plumbline.store.copy;

/** Receives rows of a table, value by value, independent of the database. */
public interface RowTaker {
    void add(long value);

    void add(double value);

    void add(boolean value);

    void add(String text);

    void add(byte[] bytes);

    void addNull();

    /** Ends a row, all columns of which have been given in their order. */
    void endRow();
}
