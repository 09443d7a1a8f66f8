package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads series inside one reading transaction. */
final class SeriesReader implements AutoCloseable {
    private final Database database;
    private final RunTable runTable;
    private final PreparedStatement points;
    private final SeriesBuilder builder = new SeriesBuilder();

    private final Numbered<RunInfo> runs = new Numbered<>();
    private final Set<Place> loadedPlaces = new HashSet<>();
    private final Numbered<Metric> metrics = new Numbered<>();
    private Set<PointNumber> bad;

    /** A series' key and the numbers of its row. */
    record Row(long number, SeriesKey key, Place place) {}

    /** Where runs of a series come from. */
    private record Place(long environment, long branch) {}

    private record PointNumber(long series, long run) {}

    SeriesReader(Database database) throws SQLException {
        this.database = database;
        runTable = new RunTable(database);
        points = database.prepare(
                "SELECT run_id, metric_id, value, group_count, group_deviation, measurements FROM point"
                        + " WHERE series_id = ? ORDER BY run_id");
    }

    /** The series that the query finds, in the order of their keys. */
    List<Row> find(SeriesQuery query) throws SQLException {
        StringBuilder condition = new StringBuilder("true");
        List<Object> parameters = new ArrayList<>();
        query.metric().ifPresent(metric -> {
            condition.append(" AND metric = ?");
            parameters.add(StoredText.encode(metric));
        });
        query.environment().ifPresent(key -> {
            condition.append(" AND environment.key = ?");
            parameters.add(StoredText.encode(key));
        });
        query.branch().ifPresent(name -> {
            condition.append(" AND branch.name = ?");
            parameters.add(StoredText.encode(name));
        });
        return select(condition.toString(), query.benchmark(), parameters.toArray());
    }

    Optional<Row> find(SeriesKey key) throws SQLException {
        return select(
                        "benchmark.name = ? AND parameters = ? AND metric = ? AND environment.key = ?"
                                + " AND branch.name = ?",
                        Optional.empty(),
                        StoredText.encode(key.benchmark().name()),
                        StoredText.encode(key.benchmark().parameters()),
                        StoredText.encode(key.metric()),
                        StoredText.encode(key.environment()),
                        StoredText.encode(key.branch()))
                .stream()
                .findFirst();
    }

    /** The series that the run extends, in the order of their keys. */
    List<Row> ofRun(long run) throws SQLException {
        return select("series_id IN (SELECT series_id FROM measurement WHERE run_id = ?)", Optional.empty(), run);
    }

    private List<Row> select(String condition, Optional<BenchmarkPattern> pattern, Object... parameters)
            throws SQLException {
        String sql = "SELECT series_id, benchmark.name, parameters, metric, environment.key, branch.name,"
                + " environment_id, branch_id FROM series JOIN benchmark USING (benchmark_id)"
                + " JOIN environment USING (environment_id) JOIN branch USING (branch_id) WHERE " + condition;
        try (PreparedStatement statement = database.prepare(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<Row> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Benchmark benchmark = new Benchmark(
                            StoredText.decode(result.getString(2)), StoredText.decodeMap(result.getString(3)));
                    if (pattern.isEmpty() || pattern.get().matches(benchmark)) {
                        SeriesKey key = new SeriesKey(
                                benchmark,
                                StoredText.decode(result.getString(4)),
                                StoredText.decode(result.getString(5)),
                                StoredText.decode(result.getString(6)));
                        rows.add(new Row(result.getLong(1), key, new Place(result.getLong(7), result.getLong(8))));
                    }
                }
            }
            rows.sort(Comparator.comparing(Row::key));
            return rows;
        }
    }

    Optional<Series> read(Row series, Optional<Instant> since, OptionalInt newest) throws SQLException {
        loadRuns(series.place);
        Set<PointNumber> badPoints = badPoints();
        points.setLong(1, series.number);
        try (ResultSet row = points.executeQuery()) {
            while (row.next()) {
                // every look at a column is a call into SQLite, and there are many points
                long run = row.getLong(1);
                boolean isBad = !badPoints.isEmpty() && badPoints.contains(new PointNumber(series.number, run));
                int groups = row.getInt(4);
                double deviation = groups == 1 ? 0 : row.getDouble(5);
                builder.add(
                        new Point(runs.get(run), row.getDouble(3), groups, deviation, isBad),
                        metric(row.getLong(2)),
                        row.getLong(6));
            }
        }
        return builder.build(series.key, since, newest);
    }

    private void loadRuns(Place place) throws SQLException {
        if (loadedPlaces.add(place)) {
            runTable.select("environment_id = ? AND run.branch_id = ?", place.environment, place.branch)
                    .forEach(row -> runs.put(row.number(), row.run()));
        }
    }

    private Metric metric(long number) throws SQLException {
        Metric known = metrics.get(number);
        if (known != null) {
            return known;
        }
        try (PreparedStatement statement =
                database.prepare("SELECT name, unit, base, factor, better FROM metric WHERE metric_id = ?")) {
            statement.setLong(1, number);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Metric metric = MeasurementRow.metric(row, 1);
                metrics.put(number, metric);
                return metric;
            }
        }
    }

    /** All points whose latest mark says so. */
    private Set<PointNumber> badPoints() throws SQLException {
        if (bad == null) {
            bad = new HashSet<>();
            try (PreparedStatement statement = database.prepare(
                            "SELECT series_id, run_id, bad, max(mark_id) FROM mark GROUP BY series_id, run_id");
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean(3)) {
                        bad.add(new PointNumber(row.getLong(1), row.getLong(2)));
                    }
                }
            }
        }
        return bad;
    }

    @Override
    public void close() throws SQLException {
        points.close();
    }
}
