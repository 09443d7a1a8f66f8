package dev.plumbline.store.postgres;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.sql.PooledPoints;
import dev.plumbline.store.sql.RunWriter;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import dev.plumbline.store.sql.dialect.MeasurementWriter.SeriesIdentity;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Gathers measurements, looks up what they refer to in few questions, and copies them in. */
final class PostgresWriter implements MeasurementWriter {
    private static final int MOST_WAITING = 4_000;
    private static final int MOST_BYTES_WAITING = 8 << 20;
    private static final int MOST_RUNS_WAITING = 1_000;

    private final PostgresDatabase database;
    private final BulkDimension<String> environments;
    private final BulkDimension<String> branches;
    private final BulkDimension<Benchmark> benchmarks;
    private final BulkDimension<Metric> metrics;
    private final BulkDimension<SeriesIdentity> series;
    private final RunWriter runs;
    private final BinaryCopy measurements;
    private final List<Waiting> waiting = new ArrayList<>();
    private long bytesWaiting;
    private int runsWaiting;
    private final long firstRun;
    private long nextRun;

    /** A measurement that was not handed over yet. */
    private record Waiting(RunRow run, long ordinal, PreparedMeasurement measurement) {}

    PostgresWriter(PostgresDatabase database) throws SQLException {
        this.database = database;
        try (PreparedStatement select = database.prepare("SELECT "
                        + next("run") + ", " + next("environment") + ", " + next("branch") + ", " + next("benchmark")
                        + ", " + next("metric") + ", " + next("series"));
                ResultSet row = select.executeQuery()) {
            row.next();
            firstRun = row.getLong(1);
            nextRun = firstRun;
            environments =
                    new BulkDimension<>(database, this::endCopy, "environment", row.getLong(2), List.of(text("key")));
            branches = new BulkDimension<>(database, this::endCopy, "branch", row.getLong(3), List.of(text("name")));
            benchmarks = new BulkDimension<>(
                    database,
                    this::endCopy,
                    "benchmark",
                    row.getLong(4),
                    List.of(
                            new BulkDimension.Column<>("name", "text", one -> StoredText.encode(one.name())),
                            new BulkDimension.Column<>(
                                    "parameters", "text", one -> StoredText.encode(one.parameters()))));
            metrics = new BulkDimension<>(
                    database,
                    this::endCopy,
                    "metric",
                    row.getLong(5),
                    List.of(
                            new BulkDimension.Column<>("name", "text", one -> StoredText.encode(one.name())),
                            new BulkDimension.Column<>(
                                    "unit",
                                    "text",
                                    one -> StoredText.encode(one.unit().symbol())),
                            new BulkDimension.Column<>(
                                    "better", "text", one -> one.better().name()),
                            new BulkDimension.Column<>(
                                    "base",
                                    "text",
                                    one -> StoredText.encode(one.unit().base())),
                            new BulkDimension.Column<>(
                                    "factor", "float8", one -> one.unit().factor())));
            series = new BulkDimension<>(
                    database,
                    this::endCopy,
                    "series",
                    row.getLong(6),
                    List.of(
                            new BulkDimension.Column<>("benchmark_id", "bigint", SeriesIdentity::benchmark),
                            new BulkDimension.Column<>("metric", "text", one -> StoredText.encode(one.metric())),
                            new BulkDimension.Column<>("environment_id", "bigint", SeriesIdentity::environment),
                            new BulkDimension.Column<>("branch_id", "bigint", SeriesIdentity::branch)));
        }
        runs = new RunWriter(database);
        measurements = new BinaryCopy(
                database,
                "measurement",
                "run_id",
                "ordinal",
                "series_id",
                "metric_id",
                "value",
                "group_count",
                "group_deviation",
                "sample");
    }

    private static String next(String table) {
        return "(SELECT coalesce(max(" + table + "_id), 0) + 1 FROM " + table + ")";
    }

    private static BulkDimension.Column<String> text(String name) {
        return new BulkDimension.Column<>(name, "text", StoredText::encode);
    }

    @Override
    public RunRow open(RunHeader header) throws SQLException {
        String branch = header.revision().branch();
        String environment = header.environment().key();
        branches.resolve(List.of(branch));
        environments.resolve(List.of(environment));
        RunRow run = new RunRow(nextRun++, branches.number(branch), environments.number(environment));
        runs.insert(run.number(), header, run.branch(), run.environment());
        runsWaiting++;
        if (runsWaiting == MOST_RUNS_WAITING) {
            flush();
        }
        return run;
    }

    /** While rows are copied in, the server answers nothing else. */
    private void endCopy() throws SQLException {
        measurements.send();
    }

    @Override
    public void write(RunRow run, long ordinal, PreparedMeasurement measurement) throws SQLException {
        waiting.add(new Waiting(run, ordinal, measurement));
        bytesWaiting += measurement.sample().map(sample -> sample.length).orElse(0);
        if (waiting.size() >= MOST_WAITING || bytesWaiting >= MOST_BYTES_WAITING) {
            handOn();
        }
    }

    @Override
    public void flush() throws SQLException {
        handOn();
        endCopy();
        runs.flush();
        runsWaiting = 0;
    }

    /** Sends what waits on its way; the server takes it in while more is gathered. */
    private void handOn() throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        benchmarks.resolve(
                waiting.stream().map(one -> one.measurement.benchmark()).toList());
        metrics.resolve(waiting.stream().map(one -> one.measurement.metric()).toList());
        List<SeriesIdentity> identities = new ArrayList<>(waiting.size());
        for (Waiting one : waiting) {
            identities.add(new SeriesIdentity(
                    benchmarks.number(one.measurement.benchmark()),
                    one.measurement.metric().name(),
                    one.run.environment(),
                    one.run.branch()));
        }
        series.resolve(identities);
        for (int i = 0; i < identities.size(); i++) {
            copy(waiting.get(i), series.number(identities.get(i)));
        }
        measurements.sendOn();
        waiting.clear();
        bytesWaiting = 0;
    }

    private void copy(Waiting one, long seriesNumber) {
        PreparedMeasurement measurement = one.measurement;
        measurements.row(8);
        measurements.add(one.run.number());
        measurements.add(one.ordinal);
        measurements.add(seriesNumber);
        measurements.add(metrics.number(measurement.metric()));
        measurements.add(measurement.value());
        if (measurement.sample().isPresent()) {
            measurements.addInt(measurement.groupCount());
            measurements.add(measurement.groupDeviation());
            measurements.add(measurement.sample().get());
        } else {
            measurements.addInt(1);
            measurements.add(0.0);
            measurements.addNull();
        }
    }

    @Override
    public void finish(RunRow run, String id, String contentId, long measurementCount) throws SQLException {
        runs.finish(run.number(), id, contentId, measurementCount);
    }

    @Override
    public void forget(RunRow run) throws SQLException {
        database.execute("DELETE FROM measurement WHERE run_id = " + run.number());
        database.execute("DELETE FROM run WHERE run_id = " + run.number());
    }

    @Override
    public void addPoints() throws SQLException {
        database.execute("SET LOCAL work_mem = '64MB'");
        database.execute("INSERT INTO point (series_id, run_id, metric_id, value, group_count, group_deviation,"
                + " measurements) SELECT DISTINCT ON (series_id, run_id) series_id, run_id, metric_id, value,"
                + " group_count, group_deviation, count(*) OVER (PARTITION BY series_id, run_id ORDER BY ordinal DESC"
                + " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
                + " FROM measurement WHERE run_id >= " + firstRun + " ORDER BY series_id, run_id, ordinal DESC");
        PooledPoints.pool(database, firstRun);
    }

    @Override
    public void close() throws SQLException {
        measurements.cancel();
        runs.close();
    }
}
