package dev.plumbline.store.sql.dialect;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.store.PreparedMeasurement;
import java.sql.SQLException;

/** Receives the measurements of one recording, inside its transaction, in the fastest way of the database. */
public interface MeasurementWriter extends AutoCloseable {
    /** A run's row, and those of its branch and its environment, by their numbers. */
    record RunRow(long number, long branch, long environment) {}

    /** Adds a row for a run whose content is not known yet. */
    RunRow open(RunHeader header) throws SQLException;

    /** @param ordinal 0 for the first measurement of the run */
    void write(RunRow run, long ordinal, PreparedMeasurement measurement) throws SQLException;

    /** Hands everything that was written to the database. */
    void flush() throws SQLException;

    /** Gives a run its ids; the next {@link #flush} hands them over. */
    void finish(RunRow run, String id, String contentId, long measurements) throws SQLException;

    /** Takes a run back with its measurements, which were handed over. */
    void forget(RunRow run) throws SQLException;

    /** Makes the points of all runs that were written and not taken back. */
    void addPoints() throws SQLException;

    @Override
    void close() throws SQLException;

    /** A series by the numbers of what it is made of. */
    record SeriesIdentity(long benchmark, String metric, long environment, long branch) {
        // written out because it is asked for every measurement, and slow in a cold process when the compiler makes it
        @Override
        public int hashCode() {
            long hash = (31 * benchmark + environment) * 31 + branch;
            return 31 * Long.hashCode(hash) + metric.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SeriesIdentity that
                    && benchmark == that.benchmark
                    && environment == that.environment
                    && branch == that.branch
                    && metric.equals(that.metric);
        }
    }
}
