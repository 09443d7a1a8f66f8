package dev.plumbline.store.sql.dialect;

import java.sql.SQLException;
import java.util.List;

/** Reads the points of series by the numbers of their rows, inside one reading transaction. */
public interface PointReader extends AutoCloseable {
    /** Takes the points of one series, in the order of recording. */
    interface Sink {
        /** @param metric that of the first point */
        void begin(long metric) throws SQLException;

        /** A point as nearly all are: one group, one measurement, the metric of the first. */
        void add(long run, double value) throws SQLException;

        /** Any point. */
        void add(long run, double value, long metric, int groups, double deviation, long measurements)
                throws SQLException;
    }

    /** Announces the series that will be read soon, in this order, so that several can be fetched at once. */
    void announce(List<Long> series);

    void read(long series, Sink sink) throws SQLException;

    @Override
    void close() throws SQLException;
}
