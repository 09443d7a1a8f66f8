package dev.plumbline.store.sql;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunDigest;
import dev.plumbline.core.model.Unit;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.Rewriting;
import dev.plumbline.store.Rewritten;
import dev.plumbline.store.naming.NamesInForce;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes the measurements as those of another run, compares the points of both, and hands the measurements over; all in
 * one transaction, which a dry run rolls back.
 */
final class SqlRewriting implements Rewriting {
    /** A point of the run and the one that takes its place, with whether it has annotations. */
    private static final String POINTS = """
            SELECT benchmark.name, benchmark.parameters, series.metric, series.series_id,
                   old_point.value, old_metric.unit, old_metric.base, old_metric.factor, old_metric.better,
                   new_point.value, new_metric.unit, new_metric.base, new_metric.factor, new_metric.better,
                   old_point.group_count, old_point.group_deviation, old_point.measurements,
                   new_point.group_count, new_point.group_deviation, new_point.measurements,
                   CASE WHEN EXISTS (SELECT 1 FROM mark
                                     WHERE mark.series_id = series.series_id AND mark.run_id = {run})
                          OR EXISTS (SELECT 1 FROM accepted_point
                                     WHERE accepted_point.series_id = series.series_id
                                       AND accepted_point.run_id = {run})
                        THEN 1 ELSE 0 END
            FROM (SELECT DISTINCT series_id FROM point WHERE run_id IN ({run}, {other})) AS touched
            JOIN series ON series.series_id = touched.series_id
            JOIN benchmark ON benchmark.benchmark_id = series.benchmark_id
            LEFT JOIN point AS old_point
              ON old_point.series_id = series.series_id AND old_point.run_id = {run}
            LEFT JOIN metric AS old_metric ON old_metric.metric_id = old_point.metric_id
            LEFT JOIN point AS new_point
              ON new_point.series_id = series.series_id AND new_point.run_id = {other}
            LEFT JOIN metric AS new_metric ON new_metric.metric_id = new_point.metric_id
            ORDER BY benchmark.name, benchmark.parameters, series.metric
            """;

    private final Database database;
    private final OpenWriting writing;
    private final String runId;
    private final NamesInForce names;
    private final RunDigest digest = new RunDigest();
    private Optional<Begun> begun = Optional.empty();
    private long count;

    /** The row of the run, and the one that has the new measurements meanwhile. */
    private record Begun(RunTable.Row run, MeasurementWriter.RunRow row) {}

    SqlRewriting(Database database, String runId, NamesInForce names) {
        this.database = database;
        this.runId = requireNonNull(runId, "runId");
        this.names = requireNonNull(names, "names");
        writing = new OpenWriting(database, "rewriting");
    }

    @Override
    public void accept(PreparedMeasurement measurement) {
        writing.checkOpen();
        OpenWriting.checkFinite(measurement);
        writing.attempt(() -> {
            writing.writer().write(begun().row, count, measurement);
            digest.add(measurement.digest());
            count++;
            return null;
        });
    }

    private Begun begun() throws SQLException {
        if (begun.isEmpty()) {
            MeasurementWriter writer = writing.writer();
            RunTable.Row run = new RunTable(database).get(runId);
            begun = Optional.of(new Begun(run, writer.open(run.run().header())));
        }
        return begun.get();
    }

    @Override
    public Rewritten finish(boolean forReal) {
        writing.checkOpen();
        if (begun.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        writing.end();
        return writing.attempt(() -> {
            Begun open = begun.get();
            writing.writer().flush();
            String contentId = digest.contentId();
            if (contentId.equals(open.run.contentId())) {
                return new Rewritten(false, count, List.of());
            }
            writing.writer().addPoints();
            List<Long> staying = new ArrayList<>();
            List<Rewritten.Change> changes = changes(open, staying);
            if (forReal) {
                handOver(open, staying, contentId);
                writing.commit();
            }
            return new Rewritten(true, count + staying.size(), changes);
        });
    }

    /** @param staying takes the numbers of series whose points stay although nothing is measured for them */
    private List<Rewritten.Change> changes(Begun open, List<Long> staying) throws SQLException {
        List<Rewritten.Change> changes = new ArrayList<>();
        String sql = POINTS.replace("{run}", Long.toString(open.run.number()))
                .replace("{other}", Long.toString(open.row.number()));
        try (PreparedStatement select = database.prepare(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String metric = names.metric(StoredText.decode(row.getString(3)));
                OptionalDouble before = value(row, 5);
                OptionalDouble after = value(row, 10);
                Optional<Metric> metricBefore = before.isPresent() ? metric(metric, row, 6) : Optional.empty();
                Optional<Metric> metricAfter = after.isPresent() ? metric(metric, row, 11) : Optional.empty();
                Optional<Rewritten.Kind> kind;
                if (before.isEmpty()) {
                    kind = Optional.of(Rewritten.Kind.ADDED);
                } else if (after.isEmpty()) {
                    kind = Optional.of(row.getInt(21) != 0 ? Rewritten.Kind.KEPT : Rewritten.Kind.REMOVED);
                } else if (!before.equals(after) || !metricBefore.equals(metricAfter)) {
                    kind = Optional.of(Rewritten.Kind.CHANGED);
                } else {
                    kind = isMadeOfTheSame(row) ? Optional.empty() : Optional.of(Rewritten.Kind.SAMPLE);
                }
                if (kind.equals(Optional.of(Rewritten.Kind.KEPT))) {
                    staying.add(row.getLong(4));
                }
                if (kind.isPresent()) {
                    Benchmark benchmark = names.benchmark(
                            new Benchmark(StoredText.decode(row.getString(1)), StoredText.decodeMap(row.getString(2))));
                    changes.add(new Rewritten.Change(kind.get(), benchmark, before, after, metricBefore, metricAfter));
                }
            }
        }
        return changes;
    }

    private static OptionalDouble value(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** @param first where unit, base, factor and direction begin */
    private static Optional<Metric> metric(String name, ResultSet row, int first) throws SQLException {
        return Optional.of(new Metric(
                name,
                new Unit(
                        StoredText.decode(row.getString(first)),
                        StoredText.decode(row.getString(first + 1)),
                        row.getDouble(first + 2)),
                Better.valueOf(row.getString(first + 3))));
    }

    private static boolean isMadeOfTheSame(ResultSet row) throws SQLException {
        return row.getLong(15) == row.getLong(18)
                && Double.compare(row.getDouble(16), row.getDouble(19)) == 0
                && row.getLong(17) == row.getLong(20);
    }

    /** Changes points in place, since annotations refer to them. */
    private void handOver(Begun open, List<Long> staying, String contentId) throws SQLException {
        long run = open.run.number();
        long other = open.row.number();
        String stays = staying.isEmpty()
                ? ""
                : " AND series_id NOT IN ("
                        + String.join(
                                ", ", staying.stream().map(String::valueOf).toList()) + ")";
        database.execute("DELETE FROM measurement WHERE run_id = " + run + stays);
        // behind all others, for two of one run have two places
        database.execute("UPDATE measurement SET ordinal = ordinal + "
                + database.number("SELECT coalesce(max(ordinal), 0) + 1 FROM measurement WHERE run_id IN (" + run + ", "
                        + other + ")")
                + " WHERE run_id = " + run);
        database.execute("UPDATE measurement SET run_id = " + run + " WHERE run_id = " + other);
        database.execute("DELETE FROM point WHERE run_id = " + run + stays
                + " AND series_id NOT IN (SELECT series_id FROM point WHERE run_id = " + other + ")");
        StringBuilder update = new StringBuilder();
        for (String column : List.of("metric_id", "value", "group_count", "group_deviation", "measurements")) {
            update.append(update.length() == 0 ? "UPDATE point SET " : ", ")
                    .append(column)
                    .append(" = (SELECT newer.")
                    .append(column)
                    .append(" FROM point AS newer WHERE newer.series_id = point.series_id AND newer.run_id = ")
                    .append(other)
                    .append(')');
        }
        database.execute(update + " WHERE run_id = " + run
                + " AND series_id IN (SELECT series_id FROM point WHERE run_id = " + other + ")");
        database.execute("DELETE FROM point WHERE run_id = " + other
                + " AND series_id IN (SELECT series_id FROM point WHERE run_id = " + run + ")");
        database.execute("UPDATE point SET run_id = " + run + " WHERE run_id = " + other);
        try (PreparedStatement set =
                database.prepare("UPDATE run SET content_id = ?, measurements = ? WHERE run_id = ?")) {
            set.setString(1, contentId);
            set.setLong(2, database.number("SELECT count(*) FROM measurement WHERE run_id = " + run));
            set.setLong(3, run);
            set.executeUpdate();
        }
        database.execute("DELETE FROM run WHERE run_id = " + other);
        Pruning.forgetUnused(database);
    }

    @Override
    public void close() {
        writing.close();
    }
}
