package dev.plumbline.server.data;

import static java.util.Objects.requireNonNull;

/**
 * The position in the log of the database, in bytes, when the history of a project was last changed. A replica that has
 * applied the log up to there has all that was written to the project by any server.
 */
public final class HistoryPositions {
    /** Where the log ends: no earlier than the end of what was committed, even if that is not on a disk yet. */
    private static final String END = "pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

    private final ServerDatabase database;

    /** @param database in PostgreSQL, with the histories beside it */
    public HistoryPositions(ServerDatabase database) {
        this.database = requireNonNull(database, "database");
    }

    /** Notes that the history of a project was written to. */
    public void written(String project) {
        database.write(rows -> rows.update(
                "INSERT INTO history_position (project, position) VALUES (?, " + END + ")"
                        + " ON CONFLICT (project) DO UPDATE SET position = excluded.position",
                project));
    }

    /** The position after the last write to the history of a project; 0 where there was none. */
    public long of(String project) {
        return database.read(rows -> rows.first(
                        "SELECT position FROM history_position WHERE project = ?",
                        row -> row.number("position"),
                        project))
                .orElse(0L);
    }

    /** Forgets positions that are no positions of this database, because it was made from a dump of another one. */
    public void forgetForeign() {
        database.write(rows -> rows.update("DELETE FROM history_position WHERE position > " + END));
    }
}
