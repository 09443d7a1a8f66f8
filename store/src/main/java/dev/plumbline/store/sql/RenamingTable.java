package dev.plumbline.store.sql;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.store.StoreException;
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
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** The rows of tables {@code renaming} and {@code renaming_undone}. */
final class RenamingTable {
    private static final SortedMap<String, String> NO_PARAMETERS = Collections.emptySortedMap();

    private final Database database;

    RenamingTable(Database database) {
        this.database = database;
    }

    /** The renamings in force, the oldest first. */
    List<KnownRenaming> inForce() throws SQLException {
        try (PreparedStatement select = database.prepare("SELECT renaming_id, what, from_name, from_parameters,"
                        + " to_name, to_parameters, made_by, reason, at_second, at_nano FROM renaming"
                        + " WHERE renaming_id NOT IN (SELECT renaming_id FROM renaming_undone) ORDER BY renaming_id");
                ResultSet row = select.executeQuery()) {
            List<KnownRenaming> known = new ArrayList<>();
            while (row.next()) {
                known.add(new KnownRenaming(
                        row.getLong(1),
                        renaming(row),
                        StoredText.decode(row.getString(7)),
                        StoredText.decode(row.getString(8)),
                        Instant.ofEpochSecond(row.getLong(9), row.getLong(10))));
            }
            return known;
        }
    }

    private static Renaming renaming(ResultSet row) throws SQLException {
        String from = StoredText.decode(row.getString(3));
        String to = StoredText.decode(row.getString(5));
        return switch (row.getString(2)) {
            case "NAME" -> new Renaming.OfName(from, to);
            case "METRIC" -> new Renaming.OfMetric(from, to);
            default ->
                new Renaming.OfBenchmark(
                        new Benchmark(from, StoredText.decodeMap(row.getString(4))),
                        new Benchmark(to, StoredText.decodeMap(row.getString(6))));
        };
    }

    /** @throws StoreException if the old name has become another one already, or the new one leads back to it */
    long add(Renaming renaming, String by, String reason, Instant at) throws SQLException {
        List<KnownRenaming> known = inForce();
        for (KnownRenaming one : known) {
            if (from(one.renaming()).equals(from(renaming))) {
                throw new StoreException("in the history " + database.name() + " " + renaming.oldLabel()
                        + " has become " + one.renaming().newLabel() + " already; plumb series undo " + one.number()
                        + " reverts that");
            }
        }
        List<KnownRenaming> all = new ArrayList<>(known);
        all.add(new KnownRenaming(0, renaming, by, reason, at));
        if (new NamesInForce(all, Aliases.NONE).isCircular()) {
            throw new StoreException("in the history " + database.name() + " " + renaming.newLabel()
                    + " has become " + renaming.oldLabel()
                    + " before, so the two would form a cycle; list active renamings with plumb series list");
        }
        return insert(renaming, by, reason, at);
    }

    /** The key that decides whether two renamings are about the same old name. */
    private static Object from(Renaming renaming) {
        if (renaming instanceof Renaming.OfName name) {
            return List.of("NAME", name.from());
        }
        if (renaming instanceof Renaming.OfMetric metric) {
            return List.of("METRIC", metric.from());
        }
        return ((Renaming.OfBenchmark) renaming).from();
    }

    private long insert(Renaming renaming, String by, String reason, Instant at) throws SQLException {
        long number = database.number("SELECT coalesce(max(renaming_id), 0) + 1 FROM renaming");
        try (PreparedStatement insert = database.prepare("INSERT INTO renaming (renaming_id, what, from_name,"
                + " from_parameters, to_name, to_parameters, at_second, at_nano, made_by, reason)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, number);
            if (renaming instanceof Renaming.OfName name) {
                set(insert, "NAME", name.from(), NO_PARAMETERS, name.to(), NO_PARAMETERS);
            } else if (renaming instanceof Renaming.OfMetric metric) {
                set(insert, "METRIC", metric.from(), NO_PARAMETERS, metric.to(), NO_PARAMETERS);
            } else if (renaming instanceof Renaming.OfBenchmark benchmark) {
                Benchmark from = benchmark.from();
                Benchmark to = benchmark.to();
                set(insert, "BENCHMARK", from.name(), from.parameters(), to.name(), to.parameters());
            }
            insert.setLong(7, at.getEpochSecond());
            insert.setInt(8, at.getNano());
            insert.setString(9, StoredText.encode(by));
            insert.setString(10, StoredText.encode(reason));
            insert.executeUpdate();
        }
        return number;
    }

    private static void set(
            PreparedStatement insert,
            String what,
            String from,
            SortedMap<String, String> fromParameters,
            String to,
            SortedMap<String, String> toParameters)
            throws SQLException {
        insert.setString(2, what);
        insert.setString(3, StoredText.encode(from));
        insert.setString(4, StoredText.encode(fromParameters));
        insert.setString(5, StoredText.encode(to));
        insert.setString(6, StoredText.encode(toParameters));
    }

    KnownRenaming undo(long number, String by, String reason, Instant at) throws SQLException {
        KnownRenaming undone = inForce().stream()
                .filter(known -> known.number() == number)
                .findFirst()
                .orElseThrow(() -> new StoreException("the history " + database.name() + " has no renaming " + number
                        + " ; list them with plumb series list"));
        try (PreparedStatement insert = database.prepare("INSERT INTO renaming_undone (renaming_id, at_second, at_nano,"
                + " undone_by, reason) VALUES (?, ?, ?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setLong(2, at.getEpochSecond());
            insert.setInt(3, at.getNano());
            insert.setString(4, StoredText.encode(by));
            insert.setString(5, StoredText.encode(reason));
            insert.executeUpdate();
        }
        return undone;
    }
}
