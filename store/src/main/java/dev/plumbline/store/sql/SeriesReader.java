package dev.plumbline.store.sql;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.Numbered;
import dev.plumbline.store.Pool;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.naming.NamesInForce;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.PointReader;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads series inside one reading transaction. */
final class SeriesReader implements AutoCloseable {
    private final Database database;
    private final NamesInForce names;
    private final RunTable runTable;
    private final PointReader points;
    private final BuilderSink sink = new BuilderSink();
    private SeriesBuilder builder;

    private final Numbered<RunInfo> runs = new Numbered<>();
    private final Set<List<Long>> loadedPlaces = new HashSet<>();
    private final Numbered<Metric> metrics = new Numbered<>();
    private Map<Long, Set<Long>> bad;

    /** A series under the names in force, the numbers of the rows that are read as one, and where they are from. */
    record Row(List<Long> numbers, SeriesKey key, Place place) {}

    /** The origin of a series' runs. */
    private record Place(long environment, long branch) {}

    SeriesReader(Database database, NamesInForce names, Reruns reruns) throws SQLException {
        this.database = database;
        this.names = names;
        runTable = new RunTable(database);
        builder = new SeriesBuilder(reruns, runTable.recorded());
        points = database.points();
    }

    /** Announces the series that will be read, in this order. */
    void announce(Collection<Row> rows) {
        List<Long> numbers = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.numbers.size() == 1) {
                numbers.add(row.numbers.get(0));
            }
        }
        points.announce(numbers);
    }

    /** The series that the query finds, in the order of their keys. */
    List<Row> find(SeriesQuery query) throws SQLException {
        StringBuilder condition = new StringBuilder("true");
        List<Object> parameters = new ArrayList<>();
        if (names.areStored()) {
            query.metric().ifPresent(metric -> {
                condition.append(" AND metric = ?");
                parameters.add(StoredText.encode(metric));
            });
        }
        query.environment().ifPresent(key -> {
            condition.append(" AND environment.key = ?");
            parameters.add(StoredText.encode(key));
        });
        query.branch().ifPresent(name -> {
            condition.append(" AND branch.name = ?");
            parameters.add(StoredText.encode(name));
        });
        if (names.areStored()) {
            return select(condition.toString(), query.benchmark(), parameters.toArray());
        }
        return joined(condition.toString(), row -> isWanted(row, query), parameters.toArray());
    }

    private boolean isWanted(Row stored, SeriesQuery query) {
        SeriesKey key = names.key(stored.key);
        return query.metric()
                        .map(metric -> names.metric(metric).equals(key.metric()))
                        .orElse(true)
                && query.benchmark()
                        .map(pattern -> pattern.matches(key) || pattern.matches(stored.key))
                        .orElse(true);
    }

    /** Rows by the names in force: complete, if at least one stored row is selected. */
    private List<Row> joined(String condition, Predicate<Row> isWanted, Object... parameters) throws SQLException {
        TreeMap<SeriesKey, Row> rows = new TreeMap<>();
        Set<SeriesKey> wanted = new HashSet<>();
        for (Row stored : select(condition, Optional.empty(), parameters)) {
            SeriesKey key = names.key(stored.key);
            rows.computeIfAbsent(key, absent -> new Row(new ArrayList<>(), key, stored.place))
                    .numbers
                    .addAll(stored.numbers);
            if (isWanted.test(stored)) {
                wanted.add(key);
            }
        }
        rows.keySet().retainAll(wanted);
        return new ArrayList<>(rows.values());
    }

    Optional<Row> find(SeriesKey key) throws SQLException {
        if (!names.areStored()) {
            SeriesKey current = names.key(key);
            return joined(
                            "environment.key = ? AND branch.name = ?",
                            row -> names.key(row.key).equals(current),
                            StoredText.encode(key.environment()),
                            StoredText.encode(key.branch()))
                    .stream()
                    .findFirst();
        }
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

    /** The series with these keys that are there, in the order of their keys. */
    List<Row> find(Collection<SeriesKey> keys) throws SQLException {
        Set<SeriesKey> wanted = new HashSet<>();
        Map<String, Set<String>> environments = new TreeMap<>();
        for (SeriesKey key : keys) {
            wanted.add(names.key(key));
            environments
                    .computeIfAbsent(key.branch(), branch -> new TreeSet<>())
                    .add(key.environment());
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Set<String>> branch : environments.entrySet()) {
            for (String environment : branch.getValue()) {
                find(SeriesQuery.all().onBranch(branch.getKey()).inEnvironment(environment)).stream()
                        .filter(row -> wanted.contains(row.key))
                        .forEach(rows::add);
            }
        }
        rows.sort(Comparator.comparing(Row::key));
        return rows;
    }

    /** The series that the run extends, in the order of their keys. */
    List<Row> ofRun(long run) throws SQLException {
        if (!names.areStored()) {
            Set<Long> own = new HashSet<>();
            select("series_id IN (SELECT series_id FROM measurement WHERE run_id = ?)", Optional.empty(), run)
                    .forEach(row -> own.addAll(row.numbers));
            return joined(
                    "environment_id = (SELECT environment_id FROM run WHERE run_id = ?)"
                            + " AND branch_id = (SELECT branch_id FROM run WHERE run_id = ?)",
                    row -> own.containsAll(row.numbers),
                    run,
                    run);
        }
        return select("series_id IN (SELECT series_id FROM measurement WHERE run_id = ?)", Optional.empty(), run);
    }

    /** The numbers of the series that the run extends, as a text that is equal for runs that extend the same ones. */
    String numbersOf(long run) throws SQLException {
        try (PreparedStatement statement = database.prepare("SELECT string_agg(CAST(series_id AS TEXT), ','"
                + " ORDER BY series_id) FROM (SELECT DISTINCT series_id FROM measurement WHERE run_id = ?) AS own")) {
            statement.setLong(1, run);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getString(1)).orElse("");
            }
        }
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
                    SeriesKey key = new SeriesKey(
                            benchmark,
                            StoredText.decode(result.getString(4)),
                            StoredText.decode(result.getString(5)),
                            StoredText.decode(result.getString(6)));
                    if (pattern.isEmpty() || pattern.get().matches(key)) {
                        rows.add(new Row(
                                List.of(result.getLong(1)), key, new Place(result.getLong(7), result.getLong(8))));
                    }
                }
            }
            rows.sort(Comparator.comparing(Row::key));
            return rows;
        }
    }

    Optional<Series> read(Row series, Optional<Instant> since, OptionalInt newest) throws SQLException {
        add(series);
        if (!builder.isDisputed()) {
            return builder.build(series.key, since, newest);
        }
        // Read with another builder before this one is emptied: the points of other branches go through the same code.
        SeriesBuilder own = builder;
        builder = own.another();
        Optional<Metric> elsewhere = longestElsewhere(series.key);
        builder = own;
        return builder.build(series.key, since, newest, elsewhere);
    }

    /** The metric of the longest series of the same on another branch. */
    private Optional<Metric> longestElsewhere(SeriesKey key) throws SQLException {
        Optional<Series> longest = Optional.empty();
        for (Row row : onOtherBranches(key)) {
            add(row);
            Optional<Series> other = builder.build(row.key, Optional.empty(), OptionalInt.empty());
            if (other.isPresent()
                    && (longest.isEmpty()
                            || other.get().points().size()
                                    > longest.get().points().size())) {
                longest = other;
            }
        }
        return longest.map(other -> new Metric(key.metric(), other.unit(), other.better()));
    }

    private List<Row> onOtherBranches(SeriesKey key) throws SQLException {
        if (!names.areStored()) {
            return joined(
                            "environment.key = ?",
                            row -> isOnOtherBranch(names.key(row.key), key),
                            StoredText.encode(key.environment()))
                    .stream()
                    .filter(row -> isOnOtherBranch(row.key, key))
                    .toList();
        }
        return select(
                "benchmark.name = ? AND parameters = ? AND metric = ? AND environment.key = ? AND branch.name <> ?",
                Optional.empty(),
                StoredText.encode(key.benchmark().name()),
                StoredText.encode(key.benchmark().parameters()),
                StoredText.encode(key.metric()),
                StoredText.encode(key.environment()),
                StoredText.encode(key.branch()));
    }

    private static boolean isOnOtherBranch(SeriesKey one, SeriesKey key) {
        return one.isSameOnAnyBranch(key) && !one.branch().equals(key.branch());
    }

    private void add(Row series) throws SQLException {
        loadRuns(series.place);
        Map<Long, Set<Long>> badPoints = badPoints();
        if (series.numbers.size() == 1) {
            addPoints(series.numbers.get(0), badPoints.getOrDefault(series.numbers.get(0), Set.of()));
        } else {
            addJoined(series.numbers, badPoints);
        }
    }

    private void addPoints(long number, Set<Long> badRuns) throws SQLException {
        sink.badRuns = badRuns;
        points.read(number, sink);
    }

    /** Hands points on to the builder. */
    private final class BuilderSink implements PointReader.Sink {
        private Set<Long> badRuns = Set.of();
        private Metric first;

        @Override
        public void begin(long metric) throws SQLException {
            first = metric(metric);
        }

        @Override
        public void add(long run, double value) {
            builder.add(runs.get(run), value, 1, 0, isBad(run), first, 1);
        }

        @Override
        public void add(long run, double value, long metric, int groups, double deviation, long measurements)
                throws SQLException {
            double own = groups == 1 ? 0 : deviation;
            builder.add(runs.get(run), value, groups, own, isBad(run), metric(metric), measurements);
        }

        private boolean isBad(long run) {
            return !badRuns.isEmpty() && badRuns.contains(run);
        }
    }

    /** A row of one of several series that are read as one. */
    private record JoinedPoint(long run, long series, Point point, long metric, long measurements) {}

    private void addJoined(List<Long> numbers, Map<Long, Set<Long>> badPoints) throws SQLException {
        List<JoinedPoint> all = new ArrayList<>();
        try (PreparedStatement select = database.prepare(
                "SELECT run_id, series_id, metric_id, value, group_count, group_deviation, measurements FROM point"
                        + " WHERE series_id IN (" + places(numbers) + ") ORDER BY run_id, series_id")) {
            set(select, 1, numbers);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long run = row.getLong(1);
                    long number = row.getLong(2);
                    Point point = new Point(
                            runs.get(run),
                            row.getDouble(4),
                            row.getInt(5),
                            row.getInt(5) == 1 ? 0 : row.getDouble(6),
                            badPoints.getOrDefault(number, Set.of()).contains(run));
                    all.add(new JoinedPoint(run, number, point, row.getLong(3), row.getLong(7)));
                }
            }
        }
        for (int first = 0; first < all.size(); ) {
            int end = first + 1;
            while (end < all.size() && all.get(end).run == all.get(first).run) {
                end++;
            }
            if (end == first + 1) {
                JoinedPoint one = all.get(first);
                builder.add(one.point, metric(one.metric), one.measurements);
            } else {
                addPooled(all.subList(first, end));
            }
            first = end;
        }
    }

    /** One point of everything that a run measured under several names of the series. */
    private void addPooled(List<JoinedPoint> ofRun) throws SQLException {
        List<Long> numbers = ofRun.stream().map(JoinedPoint::series).toList();
        boolean isBad = ofRun.stream().anyMatch(one -> one.point.judgedBad());
        Pool pool = new Pool();
        Metric last = null;
        long measurements = 0;
        try (PreparedStatement select = database.prepare("SELECT " + MeasurementRow.COLUMNS
                + " FROM measurement JOIN metric USING (metric_id) WHERE run_id = ? AND series_id IN ("
                + places(numbers) + ") ORDER BY ordinal")) {
            select.setLong(1, ofRun.get(0).run);
            set(select, 2, numbers);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    last = MeasurementRow.metric(row, 1);
                    pool.add(last, MeasurementRow.sample(row, 1));
                    measurements++;
                }
            }
        }
        Sample pooled = pool.sample();
        double deviation = Point.groupDeviation(pooled);
        Point newest = ofRun.get(ofRun.size() - 1).point;
        if (Double.isFinite(pooled.location()) && Double.isFinite(deviation)) {
            Point point = new Point(newest.run(), pooled.location(), pooled.groupCount(), deviation, isBad);
            builder.add(point, last, measurements);
        } else { // the mean of the largest doubles can overflow; the last name is used instead
            builder.add(newest, metric(ofRun.get(ofRun.size() - 1).metric), measurements);
        }
    }

    private static String places(List<Long> numbers) {
        return "?" + ", ?".repeat(numbers.size() - 1);
    }

    private static void set(PreparedStatement statement, int first, List<Long> numbers) throws SQLException {
        for (int i = 0; i < numbers.size(); i++) {
            statement.setLong(first + i, numbers.get(i));
        }
    }

    private void loadRuns(Place place) throws SQLException {
        if (loadedPlaces.add(List.of(place.environment, place.branch))) {
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

    /** The runs of all points whose latest mark is bad, by their series. */
    private Map<Long, Set<Long>> badPoints() throws SQLException {
        if (bad == null) {
            bad = new HashMap<>();
            try (PreparedStatement statement =
                            database.prepare("SELECT series_id, run_id, bad FROM mark ORDER BY mark_id");
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Set<Long> ofSeries = bad.computeIfAbsent(row.getLong(1), series -> new HashSet<>());
                    if (row.getBoolean(3)) {
                        ofSeries.add(row.getLong(2));
                    } else {
                        ofSeries.remove(row.getLong(2));
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
