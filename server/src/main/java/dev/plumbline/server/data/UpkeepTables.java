package dev.plumbline.server.data;

import java.util.List;

/** The tables of what a server does by itself. */
final class UpkeepTables {
    private UpkeepTables() {}

    /** Rules for how long results are kept; 0 days are forever. */
    static List<String> statements() {
        return List.of("""
                CREATE TABLE retention (
                  project TEXT PRIMARY KEY REFERENCES project (id),
                  run_days BIGINT NOT NULL,
                  keep_runs BIGINT NOT NULL,
                  sample_days BIGINT NOT NULL,
                  level_runs BIGINT NOT NULL,
                  set_at BIGINT NOT NULL,
                  applied_at BIGINT)""");
    }
}
