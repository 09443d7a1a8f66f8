package dev.plumbline.store.copy;

/** Takes in rows of a table, value after value, for those who know no database. */
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
