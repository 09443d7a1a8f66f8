package dev.plumbline.store.sql;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.TriageStore;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.naming.NamesInForce;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Triage in the database of the history. */
final class SqlTriageStore implements TriageStore {
    private final Database database;
    private final Aliases aliases;

    SqlTriageStore(Database database, Aliases aliases) {
        this.database = database;
        this.aliases = aliases;
    }

    private NamesInForce names() throws SQLException {
        return new NamesInForce(new RenamingTable(database).inForce(), aliases);
    }

    @Override
    public void remember(Collection<KnownIncident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        database.write(() -> {
            try (PreparedStatement insert = database.prepare("INSERT INTO incident (id, branch, worse,"
                    + " benchmark, parameters, metric, environment, first_commit, last_commit, at_second, at_nano)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                for (KnownIncident incident : incidents) {
                    insert.setString(1, StoredText.encode(incident.id()));
                    insert.setString(2, StoredText.encode(incident.branch()));
                    insert.setBoolean(3, incident.worse());
                    series(incident.anchor(), insert, 4);
                    insert.setString(8, StoredText.encode(incident.firstCommit()));
                    insert.setString(9, StoredText.encode(incident.lastCommit()));
                    insert.setLong(10, incident.at().getEpochSecond());
                    insert.setInt(11, incident.at().getNano());
                    insert.executeUpdate();
                }
            }
            return null;
        });
    }

    /** Benchmark, parameters, metric and environment in four columns. */
    private static void series(SeriesKey key, PreparedStatement insert, int column) throws SQLException {
        insert.setString(column, StoredText.encode(key.benchmark().name()));
        insert.setString(column + 1, StoredText.encode(key.benchmark().parameters()));
        insert.setString(column + 2, StoredText.encode(key.metric()));
        insert.setString(column + 3, StoredText.encode(key.environment()));
    }

    private static SeriesKey series(ResultSet row, int column, String branch, NamesInForce names) throws SQLException {
        return names.key(new SeriesKey(
                new Benchmark(
                        StoredText.decode(row.getString(column)), StoredText.decodeMap(row.getString(column + 1))),
                StoredText.decode(row.getString(column + 2)),
                StoredText.decode(row.getString(column + 3)),
                branch));
    }

    @Override
    public List<KnownIncident> incidents() {
        return database.read(() -> {
            NamesInForce names = names();
            List<KnownIncident> known = new ArrayList<>();
            try (PreparedStatement select = database.prepare("SELECT id, branch, worse, benchmark, parameters, metric,"
                            + " environment, first_commit, last_commit, at_second, at_nano FROM incident"
                            + " ORDER BY incident_id");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String branch = StoredText.decode(row.getString(2));
                    known.add(new KnownIncident(
                            StoredText.decode(row.getString(1)),
                            branch,
                            row.getBoolean(3),
                            series(row, 4, branch, names),
                            StoredText.decode(row.getString(8)),
                            StoredText.decode(row.getString(9)),
                            Instant.ofEpochSecond(row.getLong(10), row.getLong(11))));
                }
            }
            return known;
        });
    }

    @Override
    public void add(Triage triage) {
        database.write(() -> {
            long number = database.number("SELECT coalesce(max(triage_id), 0) + 1 FROM triage");
            insert(triage, number);
            subjects(triage, number);
            return null;
        });
    }

    private void insert(Triage triage, long number) throws SQLException {
        try (PreparedStatement insert = database.prepare("INSERT INTO triage (triage_id, id, decision, until_second,"
                + " until_nano, fixed_by, said_by, at_second, at_nano, reason)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setString(2, StoredText.encode(triage.id()));
            insert.setString(3, triage.decision().name());
            if (triage.until().isPresent()) {
                insert.setLong(4, triage.until().get().getEpochSecond());
                insert.setInt(5, triage.until().get().getNano());
            } else {
                insert.setNull(4, Types.INTEGER);
                insert.setNull(5, Types.INTEGER);
            }
            insert.setString(6, StoredText.encode(triage.fixedBy()));
            insert.setString(7, StoredText.encode(triage.by()));
            insert.setLong(8, triage.at().getEpochSecond());
            insert.setInt(9, triage.at().getNano());
            insert.setString(10, StoredText.encode(triage.reason()));
            insert.executeUpdate();
        }
    }

    private void subjects(Triage triage, long number) throws SQLException {
        try (PreparedStatement insert = database.prepare("INSERT INTO triage_subject (triage_id, ordinal, benchmark,"
                + " parameters, metric, environment, branch, first_commit, since, last_commit, change)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < triage.subjects().size(); i++) {
                Triage.Subject subject = triage.subjects().get(i);
                insert.setLong(1, number);
                insert.setInt(2, i);
                series(subject.series(), insert, 3);
                insert.setString(7, StoredText.encode(subject.series().branch()));
                insert.setString(8, StoredText.encode(subject.first()));
                insert.setString(9, StoredText.encode(subject.since()));
                insert.setString(10, StoredText.encode(subject.last()));
                insert.setDouble(11, Database.real(subject.change()));
                insert.executeUpdate();
            }
        }
    }

    @Override
    public List<Triage> all() {
        return database.read(() -> {
            Map<Long, List<Triage.Subject>> subjects = subjects();
            List<Triage> all = new ArrayList<>();
            try (PreparedStatement select = database.prepare("SELECT triage_id, id, decision, until_second, until_nano,"
                            + " fixed_by, said_by, at_second, at_nano, reason FROM triage ORDER BY triage_id");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long until = row.getLong(4);
                    Optional<Instant> end = row.wasNull()
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochSecond(until, row.getLong(5)));
                    all.add(new Triage(
                            StoredText.decode(row.getString(2)),
                            Triage.Decision.valueOf(row.getString(3)),
                            end,
                            StoredText.decode(row.getString(6)),
                            StoredText.decode(row.getString(7)),
                            Instant.ofEpochSecond(row.getLong(8), row.getLong(9)),
                            StoredText.decode(row.getString(10)),
                            subjects.getOrDefault(row.getLong(1), List.of())));
                }
            }
            return all;
        });
    }

    private Map<Long, List<Triage.Subject>> subjects() throws SQLException {
        NamesInForce names = names();
        Map<Long, List<Triage.Subject>> subjects = new HashMap<>();
        try (PreparedStatement select = database.prepare("SELECT triage_id, branch, benchmark, parameters, metric,"
                        + " environment, first_commit, since, last_commit, change FROM triage_subject"
                        + " ORDER BY triage_id, ordinal");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                subjects.computeIfAbsent(row.getLong(1), none -> new ArrayList<>())
                        .add(new Triage.Subject(
                                series(row, 3, StoredText.decode(row.getString(2)), names),
                                StoredText.decode(row.getString(7)),
                                StoredText.decode(row.getString(8)),
                                StoredText.decode(row.getString(9)),
                                row.getDouble(10)));
            }
        }
        return subjects;
    }
}
