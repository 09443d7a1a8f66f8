package dev.plumbline.store.sql;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.store.Mark;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.NamesInForce;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rows of table {@code mark}. */
final class MarkTable implements AutoCloseable {
    private final Database database;
    private final NamesInForce names;
    private final Map<String, Map<PointKey, List<PointNumber>>> renamed = new HashMap<>();
    private final PreparedStatement findPoint;
    private final PreparedStatement latest;
    private final PreparedStatement insert;

    /** A point by the numbers of its rows. */
    record PointNumber(long series, long run) {}

    MarkTable(Database database, NamesInForce names) throws SQLException {
        this.database = database;
        this.names = names;
        findPoint = database.prepare("SELECT series_id, run_id FROM run JOIN series USING (environment_id, branch_id)"
                + " JOIN benchmark USING (benchmark_id) JOIN point USING (series_id, run_id)"
                + " WHERE run.id = ? AND benchmark.name = ? AND parameters = ? AND metric = ?");
        latest = database.prepare(
                "SELECT bad FROM mark WHERE series_id = ? AND run_id = ? ORDER BY mark_id DESC LIMIT 1");
        insert = database.prepare(
                "INSERT INTO mark (series_id, run_id, bad, reason, at_second, at_nano)" + " VALUES (?, ?, ?, ?, ?, ?)");
    }

    /** Adds a mark unless the point has such a mark already, or has none to be revoked. */
    void add(PointKey key, boolean bad, String reason, Instant at) throws SQLException {
        for (PointNumber point : find(key)) {
            add(point, bad, reason, at);
        }
    }

    private void add(PointNumber point, boolean bad, String reason, Instant at) throws SQLException {
        if (isBad(point) != bad) {
            insert(point, bad, reason, at);
        }
    }

    /** Adds a mark that the point is not bad, whatever mark it has. */
    void addOff(PointKey key, Instant at) throws SQLException {
        for (PointNumber point : find(key)) {
            insert(point, false, Mark.OFF, at);
        }
    }

    private void insert(PointNumber point, boolean bad, String reason, Instant at) throws SQLException {
        insert.setLong(1, point.series);
        insert.setLong(2, point.run);
        insert.setBoolean(3, bad);
        insert.setString(4, StoredText.encode(reason));
        insert.setLong(5, at.getEpochSecond());
        insert.setInt(6, at.getNano());
        insert.executeUpdate();
    }

    /** The ids of runs that have such a mark. */
    Set<String> offRuns() throws SQLException {
        Set<String> ids = new HashSet<>();
        try (PreparedStatement select = database.prepare(
                "SELECT DISTINCT run.id FROM mark JOIN run USING (run_id) WHERE NOT bad AND reason = ?")) {
            select.setString(1, StoredText.encode(Mark.OFF));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
        }
        return ids;
    }

    /** The stored points that are read as this one; more than one where the run has an old name beside the new one. */
    List<PointNumber> find(PointKey key) throws SQLException {
        List<PointNumber> points =
                names.areStored() ? stored(key) : ofRun(key.runId()).getOrDefault(names.point(key), List.of());
        if (points.isEmpty()) {
            throw new StoreException("the history " + database.name() + " has no point of "
                    + key.benchmark().label() + ", " + key.metric() + " in run " + key.runId());
        }
        return points;
    }

    private Map<PointKey, List<PointNumber>> ofRun(String runId) throws SQLException {
        Map<PointKey, List<PointNumber>> known = renamed.get(runId);
        if (known != null) {
            return known;
        }
        Map<PointKey, List<PointNumber>> points = new HashMap<>();
        try (PreparedStatement select =
                database.prepare("SELECT series_id, run_id, benchmark.name, parameters, metric FROM run JOIN series"
                        + " USING (environment_id, branch_id) JOIN benchmark USING (benchmark_id) JOIN point"
                        + " USING (series_id, run_id) WHERE run.id = ? ORDER BY series_id")) {
            select.setString(1, runId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    PointKey key = new PointKey(
                            runId,
                            new Benchmark(StoredText.decode(row.getString(3)), StoredText.decodeMap(row.getString(4))),
                            StoredText.decode(row.getString(5)));
                    points.computeIfAbsent(names.point(key), absent -> new ArrayList<>())
                            .add(new PointNumber(row.getLong(1), row.getLong(2)));
                }
            }
        }
        renamed.put(runId, points);
        return points;
    }

    private List<PointNumber> stored(PointKey key) throws SQLException {
        findPoint.setString(1, key.runId());
        findPoint.setString(2, StoredText.encode(key.benchmark().name()));
        findPoint.setString(3, StoredText.encode(key.benchmark().parameters()));
        findPoint.setString(4, StoredText.encode(key.metric()));
        try (ResultSet row = findPoint.executeQuery()) {
            return row.next() ? List.of(new PointNumber(row.getLong(1), row.getLong(2))) : List.of();
        }
    }

    private boolean isBad(PointNumber point) throws SQLException {
        latest.setLong(1, point.series);
        latest.setLong(2, point.run);
        try (ResultSet row = latest.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** All marks of the runs, in the order in which they were made. */
    List<Mark> ofRuns(Collection<String> runIds) throws SQLException {
        TreeMap<Long, Mark> marks = new TreeMap<>();
        try (PreparedStatement select =
                database.prepare("SELECT mark_id, benchmark.name, parameters, metric, bad, reason,"
                        + " at_second, at_nano FROM mark JOIN series USING (series_id) JOIN benchmark"
                        + " USING (benchmark_id)"
                        + " WHERE run_id = (SELECT run_id FROM run WHERE id = ?)")) {
            for (String id : Set.copyOf(runIds)) {
                select.setString(1, id);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        marks.put(row.getLong(1), mark(id, row));
                    }
                }
            }
        }
        return new ArrayList<>(marks.values());
    }

    private Mark mark(String runId, ResultSet row) throws SQLException {
        Benchmark benchmark =
                new Benchmark(StoredText.decode(row.getString(2)), StoredText.decodeMap(row.getString(3)));
        return new Mark(
                names.point(new PointKey(runId, benchmark, StoredText.decode(row.getString(4)))),
                row.getBoolean(5),
                StoredText.decode(row.getString(6)),
                Instant.ofEpochSecond(row.getLong(7), row.getLong(8)));
    }

    @Override
    public void close() throws SQLException {
        findPoint.close();
        latest.close();
        insert.close();
    }
}
