package dev.plumbline.store.sqlite;

import dev.plumbline.store.sql.dialect.PointReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/** Steps through the rows of points itself: the driver's result set makes an object for each column that it reads. */
final class SqlitePoints implements PointReader {
    private final PreparedStatement points;

    SqlitePoints(SqliteDatabase database) throws SQLException {
        // reading a column is a call into SQLite, and there are many points: most have one group, one measurement and
        // the metric of the first, and need two columns only; of the others the run is negative
        points = database.prepare("SELECT CASE WHEN group_count = 1 AND measurements = 1 AND metric_id ="
                + " (SELECT metric_id FROM point WHERE series_id = ?1 ORDER BY run_id LIMIT 1)"
                + " THEN run_id ELSE -run_id END, value, metric_id, group_count, group_deviation, measurements"
                + " FROM point WHERE series_id = ?1 ORDER BY run_id");
    }

    @Override
    public void announce(List<Long> series) {
        // asking SQLite once more costs nothing
    }

    @Override
    public void read(long series, Sink sink) throws SQLException {
        points.setLong(1, series);
        try (ResultSet row = points.executeQuery()) {
            if (row.next()) {
                points.unwrap(CoreStatement.class).pointer.safeRunConsume((rows, at) -> readFrom(rows, at, sink));
            }
        }
    }

    /** Hands over the point of the row at which a statement is, and those of all rows behind it. */
    private static void readFrom(DB rows, long at, Sink sink) throws SQLException {
        sink.begin(rows.column_long(at, 2));
        int status = Codes.SQLITE_ROW;
        while (status == Codes.SQLITE_ROW) {
            long signed = rows.column_long(at, 0);
            double value = rows.column_double(at, 1);
            if (signed > 0) {
                sink.add(signed, value);
            } else {
                int groups = rows.column_int(at, 3);
                double deviation = rows.column_double(at, 4);
                sink.add(-signed, value, rows.column_long(at, 2), groups, deviation, rows.column_long(at, 5));
            }
            status = rows.step(at);
        }
        if (status != Codes.SQLITE_DONE) {
            rows.throwex(status);
        }
    }

    @Override
    public void close() throws SQLException {
        points.close();
    }
}
