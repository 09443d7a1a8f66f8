package dev.plumbline.store.sql;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.BaselineStore;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.naming.NamesInForce;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Baselines in the database of the history. */
final class SqlBaselineStore implements BaselineStore {
    private static final String SELECT = "SELECT version_id, name, number, change, baseline_version.at_second,"
            + " baseline_version.at_nano, made_by, reason, origin, tool, settings,"
            + " (SELECT count(*) FROM baseline_entry WHERE baseline_entry.version_id = baseline_version.version_id),"
            + " baseline_validation.at_second, baseline_validation.at_nano FROM baseline_version"
            + " LEFT JOIN (SELECT version_id, max(validation_id) AS validation_id FROM baseline_validation"
            + " GROUP BY version_id) AS latest USING (version_id) LEFT JOIN baseline_validation USING (version_id,"
            + " validation_id) ";

    private final Database database;
    private final Aliases aliases;

    /** A version and the number of its row. */
    private record Row(long id, VersionInfo info) {}

    SqlBaselineStore(Database database, Aliases aliases) {
        this.database = database;
        this.aliases = aliases;
    }

    @Override
    public void add(BaselineVersion version) {
        VersionInfo info = version.info();
        database.write(() -> {
            long newest = number("SELECT coalesce(max(number), 0) FROM baseline_version WHERE name = ?", info.name());
            if (info.number() != newest + 1) {
                throw new StoreException("baselines \"" + info.name() + "\" got version " + newest
                        + " in the meantime; cannot create another version " + info.number() + "; try again");
            }
            long id = insert(info);
            try (BaselineTable table = new BaselineTable(database)) {
                for (EstablishedBaseline baseline : version.baselines()) {
                    table.add(id, info.number(), baseline);
                }
            }
            return null;
        });
    }

    private long number(String sql, String name) throws SQLException {
        try (PreparedStatement select = database.prepare(sql)) {
            select.setString(1, StoredText.encode(name));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private long insert(VersionInfo info) throws SQLException {
        long id = database.number("SELECT coalesce(max(version_id), 0) + 1 FROM baseline_version");
        try (PreparedStatement insert = database.prepare("INSERT INTO baseline_version (version_id, name, number,"
                + " change, at_second, at_nano, made_by, reason, origin, tool, settings)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            Provenance provenance = info.provenance();
            insert.setLong(1, id);
            insert.setString(2, StoredText.encode(info.name()));
            insert.setInt(3, info.number());
            insert.setString(4, info.change().name());
            insert.setLong(5, provenance.at().getEpochSecond());
            insert.setInt(6, provenance.at().getNano());
            insert.setString(7, StoredText.encode(provenance.by()));
            insert.setString(8, StoredText.encode(provenance.reason()));
            insert.setString(9, StoredText.encode(provenance.origin()));
            insert.setString(10, StoredText.encode(provenance.tool()));
            insert.setString(11, StoredText.encode(provenance.settings()));
            insert.executeUpdate();
        }
        info.validated().ifPresent(at -> validation(id, at, info.series(), 0));
        return id;
    }

    @Override
    public List<VersionInfo> newest() {
        return database.read(() -> infos(rows("WHERE number = (SELECT max(other.number) FROM baseline_version AS other"
                + " WHERE other.name = baseline_version.name) ORDER BY name")));
    }

    @Override
    public List<VersionInfo> versions(String name) {
        return database.read(() -> infos(rows("WHERE name = ? ORDER BY number", StoredText.encode(name))));
    }

    @Override
    public Optional<BaselineVersion> newest(String name) {
        return database.read(() -> whole(rows("WHERE name = ? ORDER BY number DESC LIMIT 1", StoredText.encode(name))));
    }

    @Override
    public Optional<BaselineVersion> version(String name, int number) {
        return database.read(() -> whole(rows("WHERE name = ? AND number = ?", StoredText.encode(name), number)));
    }

    private Optional<BaselineVersion> whole(List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        try (BaselineTable table = new BaselineTable(database)) {
            VersionInfo info = rows.get(0).info;
            List<EstablishedBaseline> baselines = table.ofVersion(rows.get(0).id);
            NamesInForce names = names();
            if (!names.areStored()) {
                baselines = renamed(baselines, names);
                info = new VersionInfo(
                        info.name(), info.change(), info.provenance(), baselines.size(), info.validated());
            }
            return Optional.of(new BaselineVersion(info, baselines));
        }
    }

    private NamesInForce names() throws SQLException {
        return new NamesInForce(new RenamingTable(database).inForce(), aliases);
    }

    /** Under the names in force; where an old name and the new one both have a baseline, that of the new one. */
    private static List<EstablishedBaseline> renamed(List<EstablishedBaseline> stored, NamesInForce names) {
        Map<SeriesKey, EstablishedBaseline> renamed = new TreeMap<>();
        for (EstablishedBaseline one : stored) {
            SeriesKey key = names.key(one.key());
            EstablishedBaseline known = renamed.get(key);
            boolean isFirst = known == null
                    || known.provenance().version() < one.provenance().version();
            if (key.equals(one.key())
                    || isFirst && stored.stream().noneMatch(other -> other.key().equals(key))) {
                renamed.put(
                        key,
                        new EstablishedBaseline(
                                key,
                                one.unit(),
                                one.better(),
                                one.runs(),
                                one.statistics(),
                                one.anchor(),
                                one.provenance()));
            }
        }
        return new ArrayList<>(renamed.values());
    }

    private static List<VersionInfo> infos(List<Row> rows) {
        return rows.stream().map(Row::info).toList();
    }

    private List<Row> rows(String condition, Object... parameters) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = database.prepare(SELECT + condition)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row(row));
                }
            }
        }
        return rows;
    }

    private static Row row(ResultSet row) throws SQLException {
        Provenance provenance = new Provenance(
                row.getInt(3),
                Instant.ofEpochSecond(row.getLong(5), row.getLong(6)),
                StoredText.decode(row.getString(7)),
                StoredText.decode(row.getString(8)),
                StoredText.decode(row.getString(9)),
                StoredText.decode(row.getString(10)),
                StoredText.decodeMap(row.getString(11)));
        long validatedSecond = row.getLong(13);
        Optional<Instant> validated =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(validatedSecond, row.getLong(14)));
        return new Row(
                row.getLong(1),
                new VersionInfo(
                        StoredText.decode(row.getString(2)),
                        BaselineChange.valueOf(row.getString(4)),
                        provenance,
                        row.getInt(12),
                        validated));
    }

    @Override
    public void validated(String name, int number, Instant at, int valid, int invalid) {
        database.write(() -> {
            List<Row> rows = rows("WHERE name = ? AND number = ?", StoredText.encode(name), number);
            if (rows.isEmpty()) {
                throw new StoreException(
                        "the history " + database.name() + " has no version " + number + " of baselines " + name);
            }
            validation(rows.get(0).id, at, valid, invalid);
            return null;
        });
    }

    private void validation(long version, Instant at, int valid, int invalid) {
        try (PreparedStatement insert = database.prepare("INSERT INTO baseline_validation (version_id, at_second,"
                + " at_nano, valid, invalid) VALUES (?, ?, ?, ?, ?)")) {
            insert.setLong(1, version);
            insert.setLong(2, at.getEpochSecond());
            insert.setInt(3, at.getNano());
            insert.setInt(4, valid);
            insert.setInt(5, invalid);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw database.failure("writing", e);
        }
    }

    @Override
    public void accept(Acceptance acceptance, String source) {
        database.write(() -> {
            new AcceptanceTable(database, names()).add(acceptance, source);
            return null;
        });
    }

    @Override
    public void revoke(String id, KnownAcceptance.Revocation revocation) {
        database.write(() -> {
            new AcceptanceTable(database, names()).revoke(id, revocation);
            return null;
        });
    }

    @Override
    public List<KnownAcceptance> acceptances() {
        return database.read(() -> new AcceptanceTable(database, names()).all());
    }

    @Override
    public void anchor(String acceptanceId, Collection<PointKey> points) {
        database.write(() -> {
            new AcceptanceTable(database, names()).anchor(acceptanceId, points);
            return null;
        });
    }

    @Override
    public List<AcceptedPoint> anchors() {
        return database.read(() -> new AcceptanceTable(database, names()).anchors());
    }
}
