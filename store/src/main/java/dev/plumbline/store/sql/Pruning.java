package dev.plumbline.store.sql;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.Pruned;
import dev.plumbline.store.RetentionPolicy;
import dev.plumbline.store.RevisionOrder;
import dev.plumbline.store.sql.dialect.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deletes old runs inside one transaction. */
final class Pruning {
    private static final String OF_BASELINES =
            "SELECT run.run_id FROM run JOIN baseline_run ON baseline_run.run = run.id";

    /** The runs with a mark or an annotation of a change. */
    private static final String OF_ANNOTATIONS = "SELECT run_id FROM mark UNION SELECT run_id FROM accepted_point"
            + " UNION SELECT run_id FROM run WHERE commit_id <> '' AND commit_id IN"
            + " (SELECT first_commit FROM triage_subject UNION SELECT since FROM triage_subject"
            + " UNION SELECT last_commit FROM triage_subject)";

    /** The row of a measurement and that of its point, with their keys, in a page. */
    private static final int BYTES_OF_ROWS = 96;

    private final Database database;

    /** The origin of runs. */
    private record Place(String environment, String branch) {}

    Pruning(Database database) {
        this.database = database;
    }

    /** The data to delete, deleted if {@code forReal}. */
    Pruned prune(RetentionPolicy policy, boolean forReal) throws SQLException {
        List<RunTable.Row> old = new ArrayList<>();
        List<RunTable.Row> aged = new ArrayList<>();
        Map<Place, List<RunTable.Row>> places = new HashMap<>();
        for (RunTable.Row row : new RunTable(database).select("true")) {
            places.computeIfAbsent(
                            new Place(
                                    row.run().header().environment().key(),
                                    row.run().header().revision().branch()),
                            place -> new ArrayList<>())
                    .add(row);
            if (row.run().time().isBefore(policy.before())) {
                old.add(row);
            }
            if (row.run().time().isBefore(policy.samplesBefore())) {
                aged.add(row);
            }
        }
        Set<Long> newest = newest(places, policy.newestPerPlace(), new RunTable(database).recorded());
        Set<Long> baselines = numbers(OF_BASELINES);
        Set<Long> marks = numbers(OF_ANNOTATIONS);
        List<Long> going = new ArrayList<>();
        int keptForBaselines = 0;
        int keptForMarks = 0;
        int keptForLevels = 0;
        int keptAsNewest = 0;
        for (RunTable.Row row : old) {
            if (baselines.contains(row.number())) {
                keptForBaselines++;
            } else if (marks.contains(row.number())) {
                keptForMarks++;
            } else if (policy.needed().contains(row.run().id())) {
                keptForLevels++;
            } else if (newest.contains(row.number())) {
                keptAsNewest++;
            } else {
                going.add(row.number());
            }
        }
        Set<Long> gone = Set.copyOf(going);
        List<Long> thinned = aged.stream()
                .filter(row -> !policy.needed().contains(row.run().id()))
                .map(RunTable.Row::number)
                .filter(row -> !gone.contains(row) && !baselines.contains(row) && !marks.contains(row))
                .toList();
        return pruned(going, thinned, new Kept(keptForBaselines, keptForMarks, keptForLevels, keptAsNewest), forReal);
    }

    /** The number of old runs that stay, by reason. */
    private record Kept(int forBaselines, int forMarks, int forLevels, int asNewest) {}

    /** The same of runs by id: of them only what baselines and acceptances need is kept. */
    Pruned remove(Collection<String> runIds, boolean forReal) throws SQLException {
        Set<Long> baselines = numbers(OF_BASELINES);
        Set<Long> accepted = numbers("SELECT run_id FROM accepted_point");
        RunTable table = new RunTable(database);
        List<Long> going = new ArrayList<>();
        int keptForBaselines = 0;
        int keptForMarks = 0;
        for (String id : new LinkedHashSet<>(runIds)) {
            Optional<RunTable.Row> row = table.find(id);
            if (row.isEmpty()) {
                continue;
            }
            long number = row.get().number();
            if (baselines.contains(number)) {
                keptForBaselines++;
            } else if (accepted.contains(number)) {
                keptForMarks++;
            } else {
                going.add(number);
            }
        }
        return pruned(going, List.of(), new Kept(keptForBaselines, keptForMarks, 0, 0), forReal);
    }

    private Pruned pruned(List<Long> going, List<Long> thinned, Kept kept, boolean forReal) throws SQLException {
        long measurements = sum("count(*)", "true", going);
        long samples = sum("count(*)", THINNABLE, thinned);
        long freed = sum("coalesce(sum(length(sample)), 0)", "true", going)
                + sum("coalesce(sum(length(sample)), 0)", THINNABLE, thinned)
                + measurements * BYTES_OF_ROWS;
        int series = seriesLosingAll(going);
        long bytes = database.bytes();
        if (forReal && !going.isEmpty()) {
            delete(going);
        }
        if (forReal) {
            thin(thinned);
        }
        return new Pruned(
                going.size(),
                measurements,
                series,
                kept.forBaselines(),
                kept.forMarks(),
                kept.forLevels(),
                kept.asNewest(),
                samples,
                freed,
                bytes,
                bytes);
    }

    private static Set<Long> newest(Map<Place, List<RunTable.Row>> places, int count, RevisionOrder.Recorded recorded) {
        Set<Long> newest = new HashSet<>();
        for (List<RunTable.Row> rows : places.values()) {
            Comparator<RunInfo> order =
                    RevisionOrder.of(rows.stream().map(RunTable.Row::run).toList(), recorded);
            rows.sort((one, other) -> order.compare(one.run(), other.run()));
            rows.subList(Math.max(0, rows.size() - count), rows.size()).forEach(row -> newest.add(row.number()));
        }
        return newest;
    }

    private Set<Long> numbers(String sql) throws SQLException {
        Set<Long> numbers = new HashSet<>();
        try (PreparedStatement select = database.prepare(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    private long sum(String what, String where, List<Long> runs) throws SQLException {
        long count = 0;
        try (PreparedStatement select =
                database.prepare("SELECT " + what + " FROM measurement WHERE run_id = ? AND " + where)) {
            for (long run : runs) {
                select.setLong(1, run);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    count += row.getLong(1);
                }
            }
        }
        return count;
    }

    /** A point that pools several measurements is made from their samples again where its series is merged. */
    private static final String THINNABLE = "sample IS NOT NULL AND NOT EXISTS (SELECT 1 FROM point WHERE"
            + " point.series_id = measurement.series_id AND point.run_id = measurement.run_id"
            + " AND point.measurements > 1)";

    private void thin(List<Long> runs) throws SQLException {
        try (PreparedStatement update =
                database.prepare("UPDATE measurement SET sample = NULL WHERE run_id = ? AND " + THINNABLE)) {
            for (long run : runs) {
                update.setLong(1, run);
                update.executeUpdate();
            }
        }
    }

    private int seriesLosingAll(List<Long> runs) throws SQLException {
        Set<Long> going = Set.copyOf(runs);
        Set<Long> touched = new HashSet<>();
        Set<Long> staying = new HashSet<>();
        try (PreparedStatement select = database.prepare("SELECT series_id, run_id FROM point");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                (going.contains(row.getLong(2)) ? touched : staying).add(row.getLong(1));
            }
        }
        touched.removeAll(staying);
        return touched.size();
    }

    private void delete(List<Long> runs) throws SQLException {
        database.execute("CREATE TEMP TABLE going (run_id BIGINT PRIMARY KEY)");
        try {
            try (PreparedStatement insert = database.prepare("INSERT INTO going VALUES (?)")) {
                for (long run : runs) {
                    insert.setLong(1, run);
                    insert.executeUpdate();
                }
            }
            String those = " WHERE run_id IN (SELECT run_id FROM going)";
            database.execute("DELETE FROM checked" + those);
            database.execute("DELETE FROM mark" + those);
            database.execute("DELETE FROM measurement" + those);
            database.execute("DELETE FROM point" + those);
            database.execute("DELETE FROM run" + those);
            forgetUnused(database);
        } finally {
            database.execute("DROP TABLE going");
        }
    }

    /** Deletes series that have no point left, and what only they referred to. */
    static void forgetUnused(Database database) throws SQLException {
        database.execute(
                "DELETE FROM series WHERE series_id IN (SELECT series_id FROM series EXCEPT SELECT series_id FROM point)");
        database.execute("DELETE FROM metric WHERE metric_id NOT IN (SELECT DISTINCT metric_id FROM measurement)");
        database.execute("DELETE FROM benchmark WHERE benchmark_id NOT IN (SELECT benchmark_id FROM series)");
        database.execute("DELETE FROM environment WHERE environment_id NOT IN (SELECT environment_id FROM series)"
                + " AND environment_id NOT IN (SELECT environment_id FROM run)");
        database.execute("DELETE FROM branch WHERE branch_id NOT IN (SELECT branch_id FROM series)"
                + " AND branch_id NOT IN (SELECT branch_id FROM run)");
    }
}
