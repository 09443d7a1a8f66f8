package dev.plumbline.store.sql;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.StoreException;
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
import java.util.List;
import java.util.Optional;

/** The rows of tables {@code acceptance}, {@code revocation} and {@code accepted_point}. */
final class AcceptanceTable {
    private final Database database;
    private final NamesInForce names;

    AcceptanceTable(Database database, NamesInForce names) {
        this.database = database;
        this.names = names;
    }

    void add(Acceptance acceptance, String source) throws SQLException {
        try (PreparedStatement insert = database.prepare("INSERT INTO acceptance (id, benchmark, parameters,"
                + " metric, environment, since, change, reason, accepted_by, at_second, at_nano, until_second,"
                + " until_nano, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET since = excluded.since, change = excluded.change,"
                + " reason = excluded.reason, accepted_by = excluded.accepted_by, until_second = excluded.until_second,"
                + " until_nano = excluded.until_nano, source = excluded.source"
                + " WHERE (acceptance.since, acceptance.change, acceptance.reason, acceptance.accepted_by,"
                + " acceptance.until_second, acceptance.until_nano) IS DISTINCT FROM (excluded.since,"
                + " excluded.change, excluded.reason, excluded.accepted_by, excluded.until_second,"
                + " excluded.until_nano)")) {
            insert.setString(1, StoredText.encode(acceptance.id()));
            insert.setString(2, StoredText.encode(acceptance.benchmark().name()));
            insert.setString(3, StoredText.encode(acceptance.benchmark().parameters()));
            insert.setString(4, acceptance.metric().map(StoredText::encode).orElse(null));
            insert.setString(5, acceptance.environment().map(StoredText::encode).orElse(null));
            insert.setString(6, StoredText.encode(acceptance.since()));
            insert.setDouble(7, Database.real(acceptance.change()));
            insert.setString(8, StoredText.encode(acceptance.reason()));
            insert.setString(9, StoredText.encode(acceptance.by()));
            insert.setLong(10, acceptance.at().getEpochSecond());
            insert.setInt(11, acceptance.at().getNano());
            if (acceptance.until().isPresent()) {
                insert.setLong(12, acceptance.until().get().getEpochSecond());
                insert.setInt(13, acceptance.until().get().getNano());
            } else {
                insert.setNull(12, Types.INTEGER);
                insert.setNull(13, Types.INTEGER);
            }
            insert.setString(14, StoredText.encode(source));
            insert.executeUpdate();
        }
    }

    void revoke(String id, KnownAcceptance.Revocation revocation) throws SQLException {
        try (PreparedStatement insert = database.prepare("INSERT INTO revocation (acceptance_id, at_second,"
                + " at_nano, revoked_by, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, number(id));
            insert.setLong(2, revocation.at().getEpochSecond());
            insert.setInt(3, revocation.at().getNano());
            insert.setString(4, StoredText.encode(revocation.by()));
            insert.setString(5, StoredText.encode(revocation.reason()));
            insert.executeUpdate();
        }
    }

    private long number(String id) throws SQLException {
        try (PreparedStatement find = database.prepare("SELECT acceptance_id FROM acceptance WHERE id = ?")) {
            find.setString(1, StoredText.encode(id));
            try (ResultSet row = find.executeQuery()) {
                if (row.next()) {
                    return row.getLong(1);
                }
            }
        }
        throw new StoreException(
                "the history " + database.name() + " has no acceptance " + id + "; list them with plumb accept --list");
    }

    List<KnownAcceptance> all() throws SQLException {
        List<KnownAcceptance> all = new ArrayList<>();
        try (PreparedStatement select = database.prepare("SELECT id, benchmark, parameters, metric, environment, since,"
                        + " change, acceptance.reason, accepted_by, acceptance.at_second, acceptance.at_nano,"
                        + " until_second, until_nano, source, revocation.at_second, revocation.at_nano, revoked_by,"
                        + " revocation.reason FROM acceptance LEFT JOIN revocation USING (acceptance_id)"
                        + " ORDER BY acceptance_id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all.add(acceptance(row));
            }
        }
        return all;
    }

    private KnownAcceptance acceptance(ResultSet row) throws SQLException {
        Acceptance acceptance = new Acceptance(
                StoredText.decode(row.getString(1)),
                names.benchmark(
                        new Benchmark(StoredText.decode(row.getString(2)), StoredText.decodeMap(row.getString(3)))),
                Optional.ofNullable(row.getString(4)).map(StoredText::decode).map(names::metric),
                Optional.ofNullable(row.getString(5)).map(StoredText::decode),
                StoredText.decode(row.getString(6)),
                row.getDouble(7),
                StoredText.decode(row.getString(8)),
                StoredText.decode(row.getString(9)),
                Instant.ofEpochSecond(row.getLong(10), row.getLong(11)),
                instant(row, 12));
        Optional<KnownAcceptance.Revocation> revocation = Optional.empty();
        Optional<Instant> revokedAt = instant(row, 15);
        if (revokedAt.isPresent()) {
            revocation = Optional.of(new KnownAcceptance.Revocation(
                    revokedAt.get(), StoredText.decode(row.getString(17)), StoredText.decode(row.getString(18))));
        }
        return new KnownAcceptance(acceptance, StoredText.decode(row.getString(14)), revocation);
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long second = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second, row.getLong(column + 1)));
    }

    void anchor(String id, Collection<PointKey> points) throws SQLException {
        long acceptance = number(id);
        try (MarkTable marks = new MarkTable(database, names);
                PreparedStatement insert = database.prepare(
                        "INSERT INTO accepted_point (acceptance_id, series_id, run_id) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING")) {
            for (PointKey key : points) {
                for (MarkTable.PointNumber point : marks.find(key)) {
                    insert.setLong(1, acceptance);
                    insert.setLong(2, point.series());
                    insert.setLong(3, point.run());
                    insert.executeUpdate();
                }
            }
        }
    }

    List<AcceptedPoint> anchors() throws SQLException {
        List<AcceptedPoint> all = new ArrayList<>();
        try (PreparedStatement select = database.prepare("SELECT acceptance.id, benchmark.name, benchmark.parameters,"
                        + " series.metric, environment.key, branch.name, run.id FROM accepted_point"
                        + " JOIN acceptance USING (acceptance_id) JOIN series USING (series_id)"
                        + " JOIN benchmark USING (benchmark_id)"
                        + " JOIN environment ON environment.environment_id = series.environment_id"
                        + " JOIN branch ON branch.branch_id = series.branch_id JOIN run USING (run_id)"
                        + " ORDER BY acceptance_id, run_id, series_id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                SeriesKey key = new SeriesKey(
                        new Benchmark(StoredText.decode(row.getString(2)), StoredText.decodeMap(row.getString(3))),
                        StoredText.decode(row.getString(4)),
                        StoredText.decode(row.getString(5)),
                        StoredText.decode(row.getString(6)));
                all.add(new AcceptedPoint(StoredText.decode(row.getString(1)), names.key(key), row.getString(7)));
            }
        }
        return all;
    }
}
