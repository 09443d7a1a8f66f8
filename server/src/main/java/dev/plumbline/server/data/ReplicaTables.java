package dev.plumbline.server.data;

import java.util.List;

/** The table by which readers know whether a replica of the database has what was written. */
final class ReplicaTables {
    private ReplicaTables() {}

    /** The position in the log of the database after the last write to the history of a project. */
    static List<String> statements() {
        return List.of("""
                CREATE TABLE history_position (
                  project TEXT PRIMARY KEY REFERENCES project (id),
                  position BIGINT NOT NULL)""");
    }
}
