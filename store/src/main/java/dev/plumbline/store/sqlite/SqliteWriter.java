package dev.plumbline.store.sqlite;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.sql.Dimension;
import dev.plumbline.store.sql.PooledPoints;
import dev.plumbline.store.sql.RunWriter;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import dev.plumbline.store.sql.dialect.MeasurementWriter.SeriesIdentity;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** The prepared statements of one recording. */
final class SqliteWriter implements MeasurementWriter {
    private static final int BATCH = 256;

    private final SqliteDatabase database;
    private final Dimension<String> environments;
    private final Dimension<String> branches;
    private final Dimension<Benchmark> benchmarks;
    private final Dimension<Metric> metrics;
    private final Dimension<SeriesIdentity> series;
    private final RunWriter runs;
    private final PreparedStatement insert;
    private final PreparedStatement insertBare;
    private final long firstRun;
    private long nextRun;
    private int batched;

    SqliteWriter(SqliteDatabase database) throws SQLException {
        this.database = database;
        environments =
                new Dimension<>(database, "environment", (row, key) -> row.setString(1, StoredText.encode(key)), "key");
        branches =
                new Dimension<>(database, "branch", (row, name) -> row.setString(1, StoredText.encode(name)), "name");
        benchmarks = new Dimension<>(
                database,
                "benchmark",
                (row, benchmark) -> {
                    row.setString(1, StoredText.encode(benchmark.name()));
                    row.setString(2, StoredText.encode(benchmark.parameters()));
                },
                "name",
                "parameters");
        metrics = new Dimension<>(
                database,
                "metric",
                (row, metric) -> {
                    row.setString(1, StoredText.encode(metric.name()));
                    row.setString(2, StoredText.encode(metric.unit().symbol()));
                    row.setString(3, metric.better().name());
                    row.setString(4, StoredText.encode(metric.unit().base()));
                    row.setDouble(5, metric.unit().factor());
                },
                "name",
                "unit",
                "better",
                "base",
                "factor");
        series = new Dimension<>(
                database,
                "series",
                (row, identity) -> {
                    row.setLong(1, identity.benchmark());
                    row.setString(2, StoredText.encode(identity.metric()));
                    row.setLong(3, identity.environment());
                    row.setLong(4, identity.branch());
                },
                "benchmark_id",
                "metric",
                "environment_id",
                "branch_id");
        runs = new RunWriter(database);
        String into = "INSERT INTO measurement (run_id, ordinal, series_id, metric_id, value, group_count,"
                + " group_deviation, sample) ";
        insert = database.prepare(into + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insertBare = database.prepare(into + "VALUES (?, ?, ?, ?, ?, 1, 0, NULL)");
        firstRun = database.number("SELECT coalesce(max(run_id), 0) + 1 FROM run");
        nextRun = firstRun;
    }

    @Override
    public RunRow open(RunHeader header) throws SQLException {
        long branch = branches.number(header.revision().branch());
        long environment = environments.number(header.environment().key());
        RunRow run = new RunRow(nextRun++, branch, environment);
        runs.insert(run.number(), header, branch, environment);
        count();
        return run;
    }

    @Override
    public void write(RunRow run, long ordinal, PreparedMeasurement measurement) throws SQLException {
        Metric metric = measurement.metric();
        Optional<byte[]> sample = measurement.sample();
        PreparedStatement row = sample.isPresent() ? insert : insertBare;
        row.setLong(1, run.number());
        row.setLong(2, ordinal);
        row.setLong(
                3,
                series.number(new SeriesIdentity(
                        benchmarks.number(measurement.benchmark()), metric.name(), run.environment(), run.branch())));
        row.setLong(4, metrics.number(metric));
        row.setDouble(5, measurement.value());
        if (sample.isPresent()) {
            row.setInt(6, measurement.groupCount());
            row.setDouble(7, measurement.groupDeviation());
            row.setBytes(8, sample.get());
        }
        row.addBatch();
        count();
    }

    @Override
    public void finish(RunRow run, String id, String contentId, long measurements) throws SQLException {
        runs.finish(run.number(), id, contentId, measurements);
        batched++;
    }

    private void count() throws SQLException {
        batched++;
        if (batched == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() throws SQLException {
        if (batched > 0) {
            runs.flush(); // first, for the measurements refer to them
            insert.executeBatch();
            insertBare.executeBatch();
            batched = 0;
        }
    }

    @Override
    public void forget(RunRow run) throws SQLException {
        database.execute("DELETE FROM measurement WHERE run_id = " + run.number());
        database.execute("DELETE FROM run WHERE run_id = " + run.number());
    }

    @Override
    public void addPoints() throws SQLException {
        database.execute("INSERT INTO point (series_id, run_id, metric_id, value, group_count, group_deviation,"
                + " measurements) SELECT series_id, run_id, metric_id, value, group_count, group_deviation, 1"
                + " FROM measurement WHERE run_id >= " + firstRun + " ORDER BY series_id, run_id, ordinal"
                + " ON CONFLICT DO UPDATE SET metric_id = excluded.metric_id, value = excluded.value,"
                + " group_count = excluded.group_count, group_deviation = excluded.group_deviation,"
                + " measurements = measurements + 1");
        PooledPoints.pool(database, firstRun);
    }

    @Override
    public void close() throws SQLException {
        environments.close();
        branches.close();
        benchmarks.close();
        metrics.close();
        series.close();
        runs.close();
        insert.close();
        insertBare.close();
    }
}
