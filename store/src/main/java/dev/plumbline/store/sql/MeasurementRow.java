package dev.plumbline.store.sql;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The part of a measurement's row that its metric and its sample are made from. */
final class MeasurementRow {
    /** To select from {@code measurement JOIN metric}. */
    static final String COLUMNS =
            "metric.name, metric.unit, metric.base, metric.factor, metric.better, measurement.value,"
                    + " measurement.sample";

    private MeasurementRow() {}

    /**
     * Whether the value's column is the whole sample: a number without any statement about it. SQLite's columns lose
     * the sign of -0.0.
     */
    static boolean isBare(Sample sample) {
        return sample instanceof Sample.Summary summary
                && summary.count() == 0
                && summary.standardDeviation().isEmpty()
                && summary.interval().isEmpty()
                && summary.quantiles().isEmpty()
                && Double.doubleToRawLongBits(summary.location()) != Double.doubleToRawLongBits(-0.0);
    }

    /** @param first where {@link #COLUMNS} begin */
    static Metric metric(ResultSet row, int first) throws SQLException {
        return new Metric(
                StoredText.decode(row.getString(first)),
                new Unit(
                        StoredText.decode(row.getString(first + 1)),
                        StoredText.decode(row.getString(first + 2)),
                        row.getDouble(first + 3)),
                Better.valueOf(row.getString(first + 4)));
    }

    /** @param first where {@link #COLUMNS} begin */
    static Sample sample(ResultSet row, int first) throws SQLException {
        byte[] bytes = row.getBytes(first + 6);
        return bytes == null ? Sample.Summary.of(row.getDouble(first + 5)) : SampleCodec.decode(bytes);
    }
}
