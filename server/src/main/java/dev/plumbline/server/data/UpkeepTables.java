package dev.plumbline.server.data;

import java.util.List;

/** The tables of what a server does by itself. */
final class UpkeepTables {
    private UpkeepTables() {}

    /** Rules for how long results are kept, where 0 days are forever, answers under keys, and runs that should come. */
    static List<String> statements() {
        return List.of(
                """
                CREATE TABLE retention (
                  project TEXT PRIMARY KEY REFERENCES project (id),
                  run_days BIGINT NOT NULL,
                  keep_runs BIGINT NOT NULL,
                  sample_days BIGINT NOT NULL,
                  level_runs BIGINT NOT NULL,
                  set_at BIGINT NOT NULL,
                  applied_at BIGINT)""",
                """
                CREATE TABLE idempotency_key (
                  caller TEXT NOT NULL,
                  name TEXT NOT NULL,
                  digest TEXT NOT NULL,
                  began_at BIGINT NOT NULL,
                  status BIGINT,
                  type TEXT,
                  gate TEXT,
                  body TEXT,
                  PRIMARY KEY (caller, name))""",
                "CREATE INDEX idempotency_key_began ON idempotency_key (began_at)",
                """
                CREATE TABLE expected_run (
                  id TEXT PRIMARY KEY,
                  project TEXT NOT NULL REFERENCES project (id),
                  name TEXT NOT NULL,
                  branch TEXT,
                  environment TEXT,
                  hours BIGINT NOT NULL,
                  since BIGINT NOT NULL)""",
                "CREATE INDEX expected_run_project ON expected_run (project)");
    }
}
