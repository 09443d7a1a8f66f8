package dev.plumbline.store.sql;

import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of tables {@code baseline} and {@code baseline_entry}. */
final class BaselineTable implements AutoCloseable {
    private static final String COLUMNS = "benchmark, parameters, metric, environment, branch, unit, base, factor,"
            + " better, runs, group_count, mean, median, standard_deviation, robust_deviation, autocorrelation,"
            + " low, high, confidence, quantiles, anchor, established_version, at_second, at_nano, made_by, reason,"
            + " origin, tool, settings, run_data";
    private static final int COLUMN_COUNT = 30;

    private final BaselineRuns runs;
    private final PreparedStatement insert;
    private final PreparedStatement enter;
    private final PreparedStatement find;
    private final PreparedStatement select;
    private long next;

    BaselineTable(Database database) throws SQLException {
        runs = new BaselineRuns(database);
        insert = database.prepare(
                "INSERT INTO baseline (" + COLUMNS + ", baseline_id) VALUES (" + "?, ".repeat(COLUMN_COUNT) + "?)");
        enter = database.prepare("INSERT INTO baseline_entry (version_id, baseline_id) VALUES (?, ?)");
        find = database.prepare("SELECT baseline_id FROM baseline WHERE benchmark = ? AND parameters = ?"
                + " AND metric = ? AND environment = ? AND branch = ? AND established_version = ?"
                + " AND at_second = ? AND at_nano = ? AND anchor = ? AND made_by = ? AND reason = ? AND run_data = ?"
                + " ORDER BY baseline_id LIMIT 1");
        select = database.prepare(
                "SELECT " + COLUMNS + " FROM baseline_entry JOIN baseline USING (baseline_id) WHERE version_id = ?");
        next = database.number("SELECT coalesce(max(baseline_id), 0) + 1 FROM baseline");
    }

    /** Makes the baseline part of a version; one that an earlier version holds is not written again. */
    void add(long version, int number, EstablishedBaseline baseline) throws SQLException {
        byte[] data = runs.encode(baseline.runs());
        enter.setLong(1, version);
        enter.setLong(2, baseline.provenance().version() == number ? insert(baseline, data) : known(baseline, data));
        enter.executeUpdate();
    }

    private long known(EstablishedBaseline baseline, byte[] data) throws SQLException {
        SeriesKey key = baseline.key();
        Provenance provenance = baseline.provenance();
        find.setString(1, StoredText.encode(key.benchmark().name()));
        find.setString(2, StoredText.encode(key.benchmark().parameters()));
        find.setString(3, StoredText.encode(key.metric()));
        find.setString(4, StoredText.encode(key.environment()));
        find.setString(5, StoredText.encode(key.branch()));
        find.setInt(6, provenance.version());
        find.setLong(7, provenance.at().getEpochSecond());
        find.setInt(8, provenance.at().getNano());
        find.setDouble(9, Database.real(baseline.anchor()));
        find.setString(10, StoredText.encode(provenance.by()));
        find.setString(11, StoredText.encode(provenance.reason()));
        find.setBytes(12, data);
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        return insert(baseline, data);
    }

    private long insert(EstablishedBaseline baseline, byte[] data) throws SQLException {
        SeriesKey key = baseline.key();
        insert.setString(1, StoredText.encode(key.benchmark().name()));
        insert.setString(2, StoredText.encode(key.benchmark().parameters()));
        insert.setString(3, StoredText.encode(key.metric()));
        insert.setString(4, StoredText.encode(key.environment()));
        insert.setString(5, StoredText.encode(key.branch()));
        insert.setString(6, StoredText.encode(baseline.unit().symbol()));
        insert.setString(7, StoredText.encode(baseline.unit().base()));
        insert.setDouble(8, Database.real(baseline.unit().factor()));
        insert.setString(9, baseline.better().name());
        BaselineStatistics statistics = baseline.statistics();
        insert.setInt(10, statistics.runs());
        insert.setInt(11, statistics.groups());
        insert.setDouble(12, Database.real(statistics.mean()));
        insert.setDouble(13, Database.real(statistics.median()));
        insert.setDouble(14, Database.real(statistics.standardDeviation()));
        insert.setDouble(15, Database.real(statistics.robustDeviation()));
        insert.setDouble(16, Database.real(statistics.autocorrelation()));
        bound(17, statistics.interval().low());
        bound(18, statistics.interval().high());
        insert.setDouble(19, Database.real(statistics.interval().confidence()));
        insert.setBytes(20, encode(statistics.quantiles()));
        insert.setDouble(21, Database.real(baseline.anchor()));
        Provenance provenance = baseline.provenance();
        insert.setInt(22, provenance.version());
        insert.setLong(23, provenance.at().getEpochSecond());
        insert.setInt(24, provenance.at().getNano());
        insert.setString(25, StoredText.encode(provenance.by()));
        insert.setString(26, StoredText.encode(provenance.reason()));
        insert.setString(27, StoredText.encode(provenance.origin()));
        insert.setString(28, StoredText.encode(provenance.tool()));
        insert.setString(29, StoredText.encode(provenance.settings()));
        insert.setBytes(30, data);
        insert.setLong(31, next);
        insert.executeUpdate();
        return next++;
    }

    private void bound(int parameter, double value) throws SQLException {
        if (Double.isInfinite(value)) {
            insert.setNull(parameter, Types.REAL);
        } else {
            insert.setDouble(parameter, Database.real(value));
        }
    }

    private static byte[] encode(SortedMap<Double, Double> quantiles) {
        List<double[]> columns = new ArrayList<>();
        columns.add(quantiles.keySet().stream().mapToDouble(Double::doubleValue).toArray());
        columns.add(quantiles.values().stream().mapToDouble(Double::doubleValue).toArray());
        return quantiles.isEmpty() ? new byte[0] : SampleCodec.encode(Sample.Values.of(Sample.Center.MEAN, columns));
    }

    private static SortedMap<Double, Double> decodeQuantiles(byte[] bytes) {
        SortedMap<Double, Double> quantiles = new TreeMap<>();
        if (bytes.length > 0) {
            Sample.Values columns = (Sample.Values) SampleCodec.decode(bytes);
            double[] shares = columns.group(0);
            double[] values = columns.group(1);
            for (int i = 0; i < shares.length; i++) {
                quantiles.put(shares[i], values[i]);
            }
        }
        return quantiles;
    }

    /** The baselines of a version, in no order. */
    List<EstablishedBaseline> ofVersion(long version) throws SQLException {
        select.setLong(1, version);
        List<EstablishedBaseline> baselines = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                baselines.add(baseline(row));
            }
        }
        return baselines;
    }

    private EstablishedBaseline baseline(ResultSet row) throws SQLException {
        Benchmark benchmark =
                new Benchmark(StoredText.decode(row.getString(1)), StoredText.decodeMap(row.getString(2)));
        SeriesKey key = new SeriesKey(
                benchmark,
                StoredText.decode(row.getString(3)),
                StoredText.decode(row.getString(4)),
                StoredText.decode(row.getString(5)));
        double low = row.getDouble(17);
        low = row.wasNull() ? Double.NEGATIVE_INFINITY : low;
        double high = row.getDouble(18);
        high = row.wasNull() ? Double.POSITIVE_INFINITY : high;
        BaselineStatistics statistics = new BaselineStatistics(
                row.getInt(10),
                row.getInt(11),
                row.getDouble(12),
                row.getDouble(13),
                row.getDouble(14),
                row.getDouble(15),
                row.getDouble(16),
                new Interval(low, high, row.getDouble(19)),
                decodeQuantiles(row.getBytes(20)));
        Provenance provenance = new Provenance(
                row.getInt(22),
                Instant.ofEpochSecond(row.getLong(23), row.getLong(24)),
                StoredText.decode(row.getString(25)),
                StoredText.decode(row.getString(26)),
                StoredText.decode(row.getString(27)),
                StoredText.decode(row.getString(28)),
                StoredText.decodeMap(row.getString(29)));
        return new EstablishedBaseline(
                key,
                new Unit(StoredText.decode(row.getString(6)), StoredText.decode(row.getString(7)), row.getDouble(8)),
                Better.valueOf(row.getString(9)),
                runs.decode(row.getBytes(30)),
                statistics,
                row.getDouble(21),
                provenance);
    }

    @Override
    public void close() throws SQLException {
        runs.close();
        insert.close();
        enter.close();
        find.close();
        select.close();
    }
}
