package dev.plumbline.store.sql;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.RevisionOrder;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;

/** The rows of table {@code run} and their records. */
final class RunTable {
    private static final String SELECT =
            "SELECT run_id, id, commit_id, branch.name, commit_second, commit_nano, position,"
                    + " facts, measured_second, measured_nano, added_second, added_nano, context, content_id"
                    + " FROM run JOIN branch USING (branch_id) ";

    private final Database database;

    /** Most runs of a history have the facts and the context of another; they share them here too. */
    private final Map<String, SortedMap<String, String>> maps = new HashMap<>();

    private final Map<String, Environment> environments = new HashMap<>();

    /** A run, the number of its row, and the id of its measurements alone. */
    record Row(long number, RunInfo run, String contentId) {}

    RunTable(Database database) {
        this.database = database;
    }

    /** A question about runs, asked as often as one likes. */
    final class Query implements AutoCloseable {
        private final PreparedStatement statement;

        private Query(PreparedStatement statement) {
            this.statement = statement;
        }

        /** All rows for which the condition holds with these parameters, in the order of recording. */
        List<Row> rows(Object... parameters) throws SQLException {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }

    Query query(String condition) throws SQLException {
        return new Query(database.prepare(SELECT + "WHERE " + condition + " ORDER BY run_id"));
    }

    /** All rows for which the condition holds, in the order of recording. */
    List<Row> select(String condition, Object... parameters) throws SQLException {
        try (Query query = query(condition)) {
            return query.rows(parameters);
        }
    }

    Optional<Row> find(String id) throws SQLException {
        return select("run.id = ?", id).stream().findFirst();
    }

    /** @throws StoreException if there is none */
    Row get(String id) throws SQLException {
        return find(id).orElseThrow(() -> new StoreException("the history " + database.name() + " has no run " + id));
    }

    /** The basis of the order of runs without a position, besides their dates. */
    RevisionOrder.Recorded recorded() throws SQLException {
        Set<String> checked = new HashSet<>();
        try (PreparedStatement select =
                        database.prepare("SELECT id FROM run JOIN checked USING (run_id) WHERE position IS NULL");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                checked.add(row.getString(1));
            }
        }
        if (checked.isEmpty()) {
            return RevisionOrder.Recorded.NONE_CHECKED;
        }
        Map<String, Long> numbers = new HashMap<>();
        try (PreparedStatement select = database.prepare("SELECT id, run_id FROM run");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbers.put(row.getString(1), row.getLong(2));
            }
        }
        return new RevisionOrder.Recorded(checked, numbers);
    }

    private Row row(ResultSet row) throws SQLException {
        Revision revision = new Revision(
                StoredText.decode(row.getString(3)),
                StoredText.decode(row.getString(4)),
                instant(row, 5),
                integer(row, 7));
        RunHeader header = new RunHeader(
                revision,
                environments.computeIfAbsent(row.getString(8), facts -> new Environment(StoredText.decodeMap(facts))),
                instant(row, 9),
                Instant.ofEpochSecond(row.getLong(11), row.getLong(12)),
                maps.computeIfAbsent(
                        row.getString(13), text -> Collections.unmodifiableSortedMap(StoredText.decodeMap(text))));
        return new Row(row.getLong(1), new RunInfo(row.getString(2), header), row.getString(14));
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long second = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second, row.getLong(column + 1)));
    }

    private static OptionalLong integer(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
