package dev.plumbline.store.sqlite;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunDigest;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.store.Pool;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.Recording;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measurements go to the end of their table as they come; the points, which belong all over their table, are put in at
 * the end, sorted by SQLite. Both in one transaction, which the first measurement begins.
 */
final class SqliteRecording implements Recording {
    private static final int BATCH = 256;

    private final Database database;
    private final Preparation preparation = new Preparation();
    private final List<OpenRun> all = new ArrayList<>();
    private final Map<RunHeader, OpenRun> runs = new HashMap<>();
    private Writer writer;
    private OpenRun latest;
    private boolean leavesCopiesOut;
    private boolean ended;
    private boolean closed;

    /** A run that is being written. */
    private static final class OpenRun {
        private final RunHeader header;
        private final long number;
        private final long branch;
        private final long environment;
        private final RunDigest digest;
        private long measurements;

        OpenRun(RunHeader header, RunDigest digest, long number, long branch, long environment) {
            this.header = header;
            this.digest = digest;
            this.number = number;
            this.branch = branch;
            this.environment = environment;
        }
    }

    private record SeriesIdentity(long benchmark, String metric, long environment, long branch) {
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

    SqliteRecording(Database database) {
        this.database = database;
        database.claimWriting();
    }

    @Override
    public void accept(RunHeader header, Measurement measurement) {
        checkOpen();
        accept(header, preparation.prepare(measurement));
    }

    @Override
    public void accept(RunHeader header, PreparedMeasurement measurement) {
        checkOpen();
        if (!Double.isFinite(measurement.value()) || !Double.isFinite(measurement.groupDeviation())) {
            throw new IllegalArgumentException(
                    "the values of " + measurement.benchmark().label() + ", "
                            + measurement.metric().name() + " are too large to compute their mean");
        }
        attempt(() -> {
            if (writer == null) {
                database.beginWriting();
                writer = new Writer(database);
            }
            OpenRun run = openRun(header);
            writer.write(run, measurement);
            run.digest.add(measurement.digest());
            run.measurements++;
            return null;
        });
    }

    private OpenRun openRun(RunHeader header) throws SQLException {
        if (latest == null || latest.header != header) {
            latest = runs.get(header);
            if (latest == null) {
                latest = writer.open(header);
                runs.put(header, latest);
                all.add(latest);
            }
        }
        return latest;
    }

    @Override
    public void beginRuns() {
        checkOpen();
        runs.clear();
        latest = null;
    }

    @Override
    public void leaveOutCopies() {
        checkOpen();
        leavesCopiesOut = true;
    }

    @Override
    public List<Recorded> commit() {
        checkOpen();
        ended = true;
        if (writer == null) {
            return List.of();
        }
        return attempt(() -> {
            writer.flush();
            List<Recorded> recorded = new ArrayList<>();
            try (KnownRuns known = new KnownRuns(database)) {
                for (int from = 0; from < all.size(); from += KnownRuns.AT_ONCE) {
                    settle(all.subList(from, Math.min(all.size(), from + KnownRuns.AT_ONCE)), known, recorded);
                }
            }
            if (recorded.stream().anyMatch(Recorded::isNew)) {
                writer.addPoints();
                writer.close();
                database.commit();
            }
            return List.copyOf(recorded);
        });
    }

    /** Gives runs the ids that their contents make; what the history has already is taken back. */
    private void settle(List<OpenRun> open, KnownRuns known, List<Recorded> recorded) throws SQLException {
        List<String> ids = new ArrayList<>(open.size());
        List<String> contentIds = new ArrayList<>(open.size());
        for (OpenRun run : open) {
            String contentId = run.digest.contentId();
            contentIds.add(contentId);
            ids.add(run.digest.runId(contentId, run.header));
        }
        known.lookUpIds(ids);
        known.lookUpContents(contentIds);
        for (int i = 0; i < open.size(); i++) {
            OpenRun run = open.get(i);
            String contentId = contentIds.get(i);
            Optional<RunInfo> before = known.withId(ids.get(i))
                    .or(() -> leavesCopiesOut ? known.copyOf(contentId, run.header) : Optional.empty());
            if (before.isPresent()) {
                writer.forget(run);
                recorded.add(new Recorded(before.get(), false, Optional.empty(), run.measurements));
                continue;
            }
            RunInfo info = new RunInfo(ids.get(i), run.header);
            Optional<RunInfo> sameContent =
                    known.withContent(contentIds.get(i), run.header.revision().commit());
            known.add(contentIds.get(i), info);
            writer.runs.finish(run.number, ids.get(i), contentIds.get(i), run.measurements);
            recorded.add(new Recorded(info, true, sameContent, run.measurements));
        }
        writer.runs.flush();
    }

    /** Does the next step; when that fails, nothing more can be accepted and what there is will never be committed. */
    private <T> T attempt(Database.Work<T> work) {
        boolean hadEnded = ended;
        ended = true;
        try {
            T result = work.run();
            ended = hadEnded;
            return result;
        } catch (SQLException e) {
            throw database.failure("writing", e);
        }
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("this recording has ended");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ended = true;
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (SQLException e) {
            throw database.failure("writing", e);
        } finally {
            database.releaseWriting();
        }
    }

    /** The prepared statements of one transaction. */
    private static final class Writer implements AutoCloseable {
        private final Database database;
        private final Dimension<String> environments;
        private final Dimension<String> branches;
        private final Dimension<Benchmark> benchmarks;
        private final Dimension<Metric> metrics;
        private final Dimension<SeriesIdentity> series;
        private final RunTable.Adder runs;
        private final RunDigest digest = new RunDigest();
        private final PreparedStatement insert;
        private final PreparedStatement insertBare;
        private final long firstRun;
        private long nextRun;
        private int batched;

        Writer(Database database) throws SQLException {
            this.database = database;
            environments = new Dimension<>(
                    database, "environment", (row, key) -> row.setString(1, StoredText.encode(key)), "key");
            branches = new Dimension<>(
                    database, "branch", (row, name) -> row.setString(1, StoredText.encode(name)), "name");
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
                        row.setLong(1, identity.benchmark);
                        row.setString(2, StoredText.encode(identity.metric));
                        row.setLong(3, identity.environment);
                        row.setLong(4, identity.branch);
                    },
                    "benchmark_id",
                    "metric",
                    "environment_id",
                    "branch_id");
            runs = new RunTable.Adder(database);
            String into = "INSERT INTO measurement (run_id, ordinal, series_id, metric_id, value, group_count,"
                    + " group_deviation, sample) ";
            insert = database.prepare(into + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
            insertBare = database.prepare(into + "VALUES (?, ?, ?, ?, ?, 1, 0, NULL)");
            firstRun = database.number("SELECT coalesce(max(run_id), 0) + 1 FROM run");
            nextRun = firstRun;
        }

        OpenRun open(RunHeader header) throws SQLException {
            long branch = branches.number(header.revision().branch());
            long environment = environments.number(header.environment().key());
            OpenRun run = new OpenRun(header, digest.another(), nextRun++, branch, environment);
            runs.insert(run.number, header, branch, environment);
            count();
            return run;
        }

        void write(OpenRun run, PreparedMeasurement measurement) throws SQLException {
            Metric metric = measurement.metric();
            Optional<byte[]> sample = measurement.sample();
            PreparedStatement row = sample.isPresent() ? insert : insertBare;
            row.setLong(1, run.number);
            row.setLong(2, run.measurements);
            row.setLong(
                    3,
                    series.number(new SeriesIdentity(
                            benchmarks.number(measurement.benchmark()), metric.name(), run.environment, run.branch)));
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

        private void count() throws SQLException {
            batched++;
            if (batched == BATCH) {
                flush();
            }
        }

        void flush() throws SQLException {
            if (batched > 0) {
                runs.flush(); // first, for the measurements refer to them
                insert.executeBatch();
                insertBare.executeBatch();
                batched = 0;
            }
        }

        void forget(OpenRun run) throws SQLException {
            database.execute("DELETE FROM measurement WHERE run_id = " + run.number);
            database.execute("DELETE FROM run WHERE run_id = " + run.number);
        }

        void addPoints() throws SQLException {
            database.execute("INSERT INTO point (series_id, run_id, metric_id, value, group_count, group_deviation,"
                    + " measurements) SELECT series_id, run_id, metric_id, value, group_count, group_deviation, 1"
                    + " FROM measurement WHERE run_id >= " + firstRun + " ORDER BY series_id, run_id, ordinal"
                    + " ON CONFLICT DO UPDATE SET metric_id = excluded.metric_id, value = excluded.value,"
                    + " group_count = excluded.group_count, group_deviation = excluded.group_deviation,"
                    + " measurements = measurements + 1");
            poolPoints();
        }

        /** Puts the measurements of points that have several together. */
        private void poolPoints() throws SQLException {
            if (database.number(
                            "SELECT EXISTS (SELECT 1 FROM point WHERE measurements > 1 AND run_id >= " + firstRun + ")")
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
                return; // the mean of the largest numbers there are can overflow; the last measurement stands for all
            }
            update.setDouble(1, value);
            update.setInt(2, pooled.groupCount());
            update.setDouble(3, deviation);
            update.setLong(4, series);
            update.setLong(5, run);
            update.addBatch();
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
}
