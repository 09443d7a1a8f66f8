package dev.plumbline.server.data;

import java.util.List;

/** The tables of result files that are kept as they came; the files themselves are beside the histories. */
final class OriginalTables {
    private OriginalTables() {}

    /**
     * The number of days for which a project keeps them, where it is not the default, and 0 for none; the files by
     * their digests; and the sources of each run, in order. The places of a run are its indexes among the runs in the
     * file, such as {@code 0-2,5}.
     */
    static List<String> statements() {
        return List.of(
                """
                CREATE TABLE original_rule (
                  project TEXT PRIMARY KEY REFERENCES project (id),
                  days BIGINT NOT NULL)""",
                """
                CREATE TABLE original (
                  project TEXT NOT NULL REFERENCES project (id),
                  digest TEXT NOT NULL,
                  bytes BIGINT NOT NULL,
                  packed_bytes BIGINT NOT NULL,
                  kept_at BIGINT NOT NULL,
                  PRIMARY KEY (project, digest))""",
                "CREATE INDEX original_kept ON original (project, kept_at)",
                """
                CREATE TABLE original_run (
                  project TEXT NOT NULL REFERENCES project (id),
                  run TEXT NOT NULL,
                  position BIGINT NOT NULL,
                  digest TEXT NOT NULL,
                  name TEXT NOT NULL,
                  format TEXT,
                  headers BIGINT NOT NULL,
                  places TEXT NOT NULL,
                  reader TEXT NOT NULL,
                  PRIMARY KEY (project, run, position))""",
                "CREATE INDEX original_run_digest ON original_run (project, digest)");
    }
}
