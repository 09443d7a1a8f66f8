package dev.plumbline.store.postgres;

import dev.plumbline.store.sql.dialect.PointReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fetches the points of many series at once, because each question is a journey to the server. */
final class PostgresPoints implements PointReader {
    private static final int SERIES_AT_ONCE = 100;

    private final PostgresDatabase database;
    private final PreparedStatement select;
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<Long, Rows> fetched = new HashMap<>();
    private List<Long> announced = List.of();

    PostgresPoints(PostgresDatabase database) throws SQLException {
        this.database = database;
        select = database.prepare("SELECT series_id, run_id, value, metric_id, group_count, group_deviation,"
                + " measurements FROM point WHERE series_id = ANY (?) ORDER BY series_id, run_id");
    }

    @Override
    public void announce(List<Long> series) {
        announced = List.copyOf(series);
        places.clear();
        for (int i = 0; i < announced.size(); i++) {
            places.put(announced.get(i), i);
        }
    }

    @Override
    public void read(long series, Sink sink) throws SQLException {
        Rows rows = fetched.remove(series);
        if (rows == null) {
            Integer place = places.get(series);
            fetch(
                    place == null
                            ? List.of(series)
                            : announced.subList(place, Math.min(announced.size(), place + SERIES_AT_ONCE)));
            rows = fetched.remove(series);
        }
        rows.handTo(sink);
    }

    private void fetch(List<Long> series) throws SQLException {
        for (long number : series) {
            fetched.put(number, new Rows());
        }
        select.setArray(1, database.array("bigint", series.toArray()));
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                fetched.get(row.getLong(1)).add(row);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }

    /** The points of a series in columns. */
    private static final class Rows {
        private int size;
        private long[] runs = new long[16];
        private double[] values = new double[16];
        private long[] metrics = new long[16];
        private int[] groups = new int[16];
        private double[] deviations = new double[16];
        private long[] measurements = new long[16];

        void add(ResultSet row) throws SQLException {
            if (size == runs.length) {
                int larger = size * 2;
                runs = Arrays.copyOf(runs, larger);
                values = Arrays.copyOf(values, larger);
                metrics = Arrays.copyOf(metrics, larger);
                groups = Arrays.copyOf(groups, larger);
                deviations = Arrays.copyOf(deviations, larger);
                measurements = Arrays.copyOf(measurements, larger);
            }
            runs[size] = row.getLong(2);
            values[size] = row.getDouble(3);
            metrics[size] = row.getLong(4);
            groups[size] = row.getInt(5);
            deviations[size] = row.getDouble(6);
            measurements[size] = row.getLong(7);
            size++;
        }

        void handTo(Sink sink) throws SQLException {
            if (size == 0) {
                return;
            }
            sink.begin(metrics[0]);
            for (int i = 0; i < size; i++) {
                if (groups[i] == 1 && measurements[i] == 1 && metrics[i] == metrics[0]) {
                    sink.add(runs[i], values[i]);
                } else {
                    sink.add(runs[i], values[i], metrics[i], groups[i], deviations[i], measurements[i]);
                }
            }
        }
    }
}
