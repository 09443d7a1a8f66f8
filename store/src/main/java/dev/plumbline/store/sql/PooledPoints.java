package dev.plumbline.store.sql;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Sample;
import dev.plumbline.store.Pool;
import dev.plumbline.store.sql.dialect.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The points of runs that measured a series more than once. */
public final class PooledPoints {
    private PooledPoints() {}

    /** Puts the measurements of all such points together, of this run and of those recorded after it. */
    public static void pool(Database database, long firstRun) throws SQLException {
        if (database.number("SELECT CASE WHEN EXISTS (SELECT 1 FROM point WHERE measurements > 1 AND run_id >= "
                        + firstRun + ") THEN 1 ELSE 0 END")
                == 0) {
            return;
        }
        try (PreparedStatement select = database.prepare("SELECT series_id, run_id, " + MeasurementRow.COLUMNS
                        + " FROM measurement JOIN metric USING (metric_id) WHERE run_id >= " + firstRun
                        + " AND (series_id, run_id) IN (SELECT series_id, run_id FROM point WHERE measurements > 1)"
                        + " ORDER BY series_id, run_id, ordinal");
                PreparedStatement update = database.prepare("UPDATE point SET value = ?, group_count = ?,"
                        + " group_deviation = ? WHERE series_id = ? AND run_id = ?");
                ResultSet rows = select.executeQuery()) {
            Pool pool = new Pool();
            long seriesNumber = 0;
            long runNumber = 0;
            while (rows.next()) {
                if (rows.getLong(1) != seriesNumber || rows.getLong(2) != runNumber) {
                    update(update, seriesNumber, runNumber, pool);
                    pool = new Pool();
                    seriesNumber = rows.getLong(1);
                    runNumber = rows.getLong(2);
                }
                pool.add(MeasurementRow.metric(rows, 3), MeasurementRow.sample(rows, 3));
            }
            update(update, seriesNumber, runNumber, pool);
            update.executeBatch();
        }
    }

    private static void update(PreparedStatement update, long series, long run, Pool pool) throws SQLException {
        if (series == 0) {
            return; // before the first point
        }
        Sample pooled = pool.sample();
        double value = pooled.location();
        double deviation = Point.groupDeviation(pooled);
        if (!Double.isFinite(value) || !Double.isFinite(deviation)) {
            return; // the mean of the largest doubles can overflow; the last measurement is used instead
        }
        update.setDouble(1, Database.real(value));
        update.setInt(2, pooled.groupCount());
        update.setDouble(3, Database.real(deviation));
        update.setLong(4, series);
        update.setLong(5, run);
        update.addBatch();
    }
}
