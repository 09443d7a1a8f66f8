package dev.plumbline.store.sql;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.BaselineStore;
import dev.plumbline.store.Mark;
import dev.plumbline.store.Pruned;
import dev.plumbline.store.Recording;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RetentionPolicy;
import dev.plumbline.store.RevisionOrder;
import dev.plumbline.store.Rewriting;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.TriageStore;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.naming.KnownRenaming;
import dev.plumbline.store.naming.NamesInForce;
import dev.plumbline.store.naming.Renaming;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A history in an SQL database; {@link Database} hides the differences between databases. */
public abstract class SqlRunStore implements RunStore {
    /** Tables whose rows are added and removed; those with a row for each measurement are left out. */
    private static final List<String> STATEFUL = List.of(
            "run",
            "mark",
            "checked",
            "baseline_version",
            "baseline_entry",
            "baseline_validation",
            "acceptance",
            "revocation",
            "accepted_point",
            "renaming",
            "renaming_undone",
            "incident",
            "triage",
            "triage_subject");

    private final Database database;
    private final Aliases aliases;
    private final Reruns reruns;

    protected SqlRunStore(Database database, Aliases aliases, Reruns reruns) {
        this.database = database;
        this.aliases = requireNonNull(aliases, "aliases");
        this.reruns = requireNonNull(reruns, "reruns");
    }

    public final Database database() {
        return database;
    }

    @Override
    public final Recording begin() {
        return new SqlRecording(database);
    }

    @Override
    public final List<SeriesKey> keys(SeriesQuery query) {
        return readSeries(
                reader -> reader.find(query).stream().map(SeriesReader.Row::key).toList());
    }

    @Override
    public final void forEachSeries(SeriesQuery query, Consumer<Series> consumer) {
        readSeries(reader -> {
            List<SeriesReader.Row> rows = reader.find(query);
            reader.announce(rows);
            for (SeriesReader.Row row : rows) {
                reader.read(row, query.since(), query.newest()).ifPresent(consumer);
            }
            return null;
        });
    }

    @Override
    public final void forEachSeries(Collection<SeriesKey> keys, Consumer<Series> consumer) {
        readSeries(reader -> {
            List<SeriesReader.Row> rows = reader.find(keys);
            reader.announce(rows);
            for (SeriesReader.Row row : rows) {
                whole(reader, row).ifPresent(consumer);
            }
            return null;
        });
    }

    @Override
    public final Optional<Series> series(SeriesKey key) {
        return readSeries(reader -> {
            Optional<SeriesReader.Row> row = reader.find(key);
            return row.isEmpty() ? Optional.empty() : whole(reader, row.get());
        });
    }

    @Override
    public final List<Series> seriesOf(Collection<String> runIds) {
        return readSeries(reader -> {
            RunTable runs = new RunTable(database);
            TreeMap<SeriesKey, SeriesReader.Row> rows = new TreeMap<>();
            for (String id : Set.copyOf(runIds)) {
                reader.ofRun(runs.get(id).number()).forEach(row -> rows.put(row.key(), row));
            }
            List<Series> series = new ArrayList<>(rows.size());
            reader.announce(rows.values());
            for (SeriesReader.Row row : rows.values()) {
                whole(reader, row).ifPresent(series::add);
            }
            return series;
        });
    }

    @Override
    public final Map<String, List<SeriesKey>> keysOf(Collection<String> runIds) {
        return readSeries(reader -> {
            RunTable runs = new RunTable(database);
            Map<String, List<SeriesKey>> keys = new HashMap<>();
            Map<String, List<SeriesKey>> known = new HashMap<>();
            for (String id : runIds) {
                long run = runs.get(id).number();
                String numbers = reader.numbersOf(run);
                List<SeriesKey> same = known.get(numbers);
                if (same == null) {
                    same = reader.ofRun(run).stream().map(SeriesReader.Row::key).toList();
                    known.put(numbers, same);
                }
                keys.put(id, same);
            }
            return keys;
        });
    }

    private static Optional<Series> whole(SeriesReader reader, SeriesReader.Row row) throws SQLException {
        return reader.read(row, SeriesQuery.all().since(), SeriesQuery.all().newest());
    }

    /** The names as they are at the moment of this transaction. */
    private NamesInForce names() throws SQLException {
        return new NamesInForce(new RenamingTable(database).inForce(), aliases);
    }

    private interface SeriesWork<T> {
        T run(SeriesReader reader) throws SQLException;
    }

    private <T> T readSeries(SeriesWork<T> work) {
        return database.read(() -> {
            try (SeriesReader reader = new SeriesReader(database, names(), reruns)) {
                return work.run(reader);
            }
        });
    }

    @Override
    public final Run run(String id) {
        return database.read(() -> {
            RunTable.Row run = new RunTable(database).get(id);
            try (PreparedStatement statement = database.prepare("SELECT benchmark.name, benchmark.parameters, "
                    + MeasurementRow.COLUMNS + " FROM measurement JOIN series USING (series_id)"
                    + " JOIN benchmark USING (benchmark_id) JOIN metric USING (metric_id)"
                    + " WHERE run_id = ? ORDER BY ordinal")) {
                statement.setLong(1, run.number());
                List<Measurement> measurements = new ArrayList<>();
                NamesInForce names = names();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        Metric metric = MeasurementRow.metric(row, 3);
                        String name = names.metric(metric.name());
                        measurements.add(new Measurement(
                                names.benchmark(benchmark(row, 1)),
                                name.equals(metric.name()) ? metric : new Metric(name, metric.unit(), metric.better()),
                                MeasurementRow.sample(row, 3)));
                    }
                }
                return new Run(run.run().header(), measurements);
            }
        });
    }

    private static Benchmark benchmark(ResultSet row, int first) throws SQLException {
        return new Benchmark(StoredText.decode(row.getString(first)), StoredText.decodeMap(row.getString(first + 1)));
    }

    @Override
    public final List<RunInfo> runs(RunQuery query) {
        StringBuilder condition = new StringBuilder("true");
        List<Object> parameters = new ArrayList<>();
        query.idPrefix().ifPresent(prefix -> beginsWith("run.id", prefix, condition, parameters));
        query.commitPrefix().ifPresent(prefix -> ofCommit(StoredText.encode(prefix), condition, parameters));
        query.environment().ifPresent(key -> {
            condition.append(" AND environment_id = (SELECT environment_id FROM environment WHERE key = ?)");
            parameters.add(StoredText.encode(key));
        });
        query.branch().ifPresent(name -> {
            condition.append(" AND branch.name = ?");
            parameters.add(StoredText.encode(name));
        });
        List<RunInfo> runs = new ArrayList<>();
        RevisionOrder.Recorded recorded = database.read(() -> {
            RunTable table = new RunTable(database);
            table.select(condition.toString(), parameters.toArray()).forEach(row -> runs.add(row.run()));
            return table.recorded();
        });
        runs.sort(RevisionOrder.of(runs, recorded));
        query.since().ifPresent(time -> runs.removeIf(run -> run.header().time().isBefore(time)));
        int surplus = runs.size() - query.newest().orElse(runs.size());
        return List.copyOf(surplus > 0 ? runs.subList(surplus, runs.size()) : runs);
    }

    @Override
    public final boolean hasBranch(String name) {
        return database.read(() -> {
            try (PreparedStatement statement = database.prepare(
                    "SELECT EXISTS (SELECT 1 FROM run JOIN branch USING (branch_id) WHERE branch.name = ?)")) {
                statement.setString(1, StoredText.encode(name));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getBoolean(1);
                }
            }
        });
    }

    @Override
    public final Optional<RunInfo> copiedFrom(String runId) {
        return database.read(() -> {
            RunTable table = new RunTable(database);
            Optional<RunTable.Row> run = table.find(runId);
            return run.isEmpty()
                    ? Optional.<RunInfo>empty()
                    : table
                            .select(
                                    "content_id = ? AND run_id < ?",
                                    run.get().contentId(),
                                    run.get().number())
                            .stream()
                            .map(RunTable.Row::run)
                            .filter(other -> isOfAnotherCommit(other, run.get().run()))
                            .findFirst();
        });
    }

    private static boolean isOfAnotherCommit(RunInfo one, RunInfo other) {
        Revision before = one.header().revision();
        Revision after = other.header().revision();
        return before.isKnown() && after.isKnown() && !before.commit().equals(after.commit());
    }

    @Override
    public final List<RunInfo> recordedLast(Predicate<RunInfo> isMeant) {
        Map<String, RunInfo> found = new HashMap<>();
        runs(RunQuery.all()).stream().filter(isMeant).forEach(run -> found.put(run.id(), run));
        List<RunInfo> last = new ArrayList<>();
        return database.read(() -> {
            try (PreparedStatement select =
                            database.prepare("SELECT id, added_second, added_nano FROM run ORDER BY run_id DESC");
                    ResultSet row = select.executeQuery()) {
                long second = 0;
                int nano = 0;
                while (row.next()) {
                    boolean isOther = row.getLong(2) != second || row.getInt(3) != nano;
                    if (isOther && !last.isEmpty()) {
                        break;
                    }
                    second = row.getLong(2);
                    nano = row.getInt(3);
                    Optional.ofNullable(found.get(row.getString(1))).ifPresent(last::add);
                }
            }
            Collections.reverse(last);
            return last;
        });
    }

    /** A commit of exactly this id hides those that begin so: revisions may be numbers. */
    private static void ofCommit(String prefix, StringBuilder condition, List<Object> parameters) {
        condition.append(" AND (run.commit_id IN (?, ?)"
                + " OR NOT EXISTS (SELECT 1 FROM run AS whole WHERE whole.commit_id IN (?, ?))");
        for (int i = 0; i < 2; i++) {
            parameters.add(prefix);
            parameters.add(prefix + Revision.DIRTY);
        }
        beginsWith("run.commit_id", prefix, condition, parameters);
        condition.append(')');
    }

    private static void beginsWith(String column, String prefix, StringBuilder condition, List<Object> parameters) {
        condition.append(" AND substr(").append(column).append(", 1, length(?)) = ?");
        parameters.add(prefix);
        parameters.add(prefix);
    }

    @Override
    public final void markBad(Collection<PointKey> points, String reason, Instant at) {
        mark(points, true, reason, at);
    }

    @Override
    public final void clearBad(Collection<PointKey> points, String reason, Instant at) {
        mark(points, false, reason, at);
    }

    private void mark(Collection<PointKey> points, boolean bad, String reason, Instant at) {
        if (!points.isEmpty()) {
            database.write(() -> {
                try (MarkTable marks = new MarkTable(database, names())) {
                    for (PointKey point : new LinkedHashSet<>(points)) {
                        marks.add(point, bad, reason, at);
                    }
                }
                return null;
            });
        }
    }

    @Override
    public final void markOff(Collection<PointKey> points, Instant at) {
        if (!points.isEmpty()) {
            database.write(() -> {
                try (MarkTable marks = new MarkTable(database, names())) {
                    for (PointKey point : new LinkedHashSet<>(points)) {
                        marks.addOff(point, at);
                    }
                }
                return null;
            });
        }
    }

    @Override
    public final Set<String> offRuns() {
        return database.read(() -> {
            try (MarkTable marks = new MarkTable(database, names())) {
                return marks.offRuns();
            }
        });
    }

    @Override
    public final List<Mark> marks(Collection<String> runIds) {
        return database.read(() -> {
            try (MarkTable marks = new MarkTable(database, names())) {
                return marks.ofRuns(runIds);
            }
        });
    }

    @Override
    public final void markChecked(Collection<String> runIds) {
        database.write(() -> {
            RunTable runs = new RunTable(database);
            try (PreparedStatement insert =
                    database.prepare("INSERT INTO checked (run_id) VALUES (?) ON CONFLICT DO NOTHING")) {
                for (String id : Set.copyOf(runIds)) {
                    insert.setLong(1, runs.get(id).number());
                    insert.executeUpdate();
                }
            }
            return null;
        });
    }

    @Override
    public final Set<String> checkedRuns() {
        return database.read(() -> {
            Set<String> ids = new HashSet<>();
            try (PreparedStatement select = database.prepare("SELECT id FROM run JOIN checked USING (run_id)");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
            return ids;
        });
    }

    @Override
    public final Set<String> recordedAfter(Collection<String> runIds) {
        return database.read(() -> {
            RunTable table = new RunTable(database);
            long newest = Long.MAX_VALUE;
            boolean any = false;
            for (String id : runIds) {
                long number = table.get(id).number();
                newest = any ? Math.max(newest, number) : number;
                any = true;
            }
            Set<String> ids = new HashSet<>();
            try (PreparedStatement select = database.prepare("SELECT id FROM run WHERE run_id > ?")) {
                select.setLong(1, newest);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getString(1));
                    }
                }
            }
            return ids;
        });
    }

    @Override
    public final long rename(Renaming renaming, String by, String reason, Instant at) {
        return database.write(() -> new RenamingTable(database).add(renaming, by, reason, at));
    }

    @Override
    public final KnownRenaming undoRenaming(long number, String by, String reason, Instant at) {
        return database.write(() -> new RenamingTable(database).undo(number, by, reason, at));
    }

    @Override
    public final List<KnownRenaming> renamings() {
        return database.read(() -> new RenamingTable(database).inForce());
    }

    @Override
    public final Reruns reruns() {
        return reruns;
    }

    @Override
    public final BaselineStore baselines() {
        return new SqlBaselineStore(database, aliases);
    }

    @Override
    public final TriageStore triage() {
        return new SqlTriageStore(database, aliases);
    }

    @Override
    public final Pruned prune(RetentionPolicy policy, boolean forReal) {
        Pruning pruning = new Pruning(database);
        if (!forReal) {
            return database.read(() -> pruning.prune(policy, false));
        }
        Pruned pruned = database.write(() -> pruning.prune(policy, true));
        try {
            return new Pruned(
                    pruned.runs(),
                    pruned.measurements(),
                    pruned.series(),
                    pruned.keptForBaselines(),
                    pruned.keptForMarks(),
                    pruned.keptForLevels(),
                    pruned.keptAsNewest(),
                    pruned.samples(),
                    pruned.bytesFreed(),
                    pruned.bytesBefore(),
                    database.makeRoom());
        } catch (SQLException e) {
            throw database.failure("making room in", e);
        }
    }

    @Override
    public final Pruned remove(Collection<String> runIds, boolean forReal) {
        Pruning pruning = new Pruning(database);
        return forReal
                ? database.write(() -> pruning.remove(runIds, true))
                : database.read(() -> pruning.remove(runIds, false));
    }

    @Override
    public final Rewriting rewrite(String runId) {
        return new SqlRewriting(database, runId, database.read(this::names));
    }

    /**
     * A text that changes as soon as runs or annotations are added or removed; makes one query. It does not cover
     * samples, whose loss changes no verdict.
     */
    public final String state() {
        return database.read(() -> database.text("SELECT (SELECT coalesce(max(run_id), 0) FROM run)"
                + STATEFUL.stream()
                        .map(table -> " || ' ' || (SELECT count(*) FROM " + table + ")")
                        .collect(Collectors.joining())));
    }

    @Override
    public final void close() {
        database.close();
    }
}
