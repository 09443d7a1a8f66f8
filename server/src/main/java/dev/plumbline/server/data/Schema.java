package dev.plumbline.server.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables, and how older ones become the newest. Times are milliseconds since the epoch. Secrets are kept as
 * digests, passwords as Argon2id hashes.
 */
final class Schema {
    /** The differences between the databases. */
    sealed interface Dialect {
        Dialect SQLITE = new Sqlite();

        /** Keeps a second server from doing the same meanwhile; SQLite's transactions do by themselves. */
        List<String> prepare();

        /** The number of rows grows by itself. */
        String number();

        /** Rows of the audit log are never changed. */
        List<String> appendOnly();

        record Sqlite() implements Dialect {
            @Override
            public List<String> prepare() {
                return List.of();
            }

            @Override
            public String number() {
                return "INTEGER PRIMARY KEY AUTOINCREMENT";
            }

            @Override
            public List<String> appendOnly() {
                return List.of(
                        "CREATE TRIGGER audit_kept BEFORE DELETE ON audit"
                                + " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
                        "CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit"
                                + " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END");
            }
        }

        /** @param schema its name, of letters that need no quoting */
        record Postgres(String schema) implements Dialect {
            @Override
            public List<String> prepare() {
                return List.of(
                        "SELECT pg_advisory_xact_lock(7061520221)", "CREATE SCHEMA IF NOT EXISTS \"" + schema + "\"");
            }

            @Override
            public String number() {
                return "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
            }

            @Override
            public List<String> appendOnly() {
                return List.of(
                        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
                        "CREATE TRIGGER audit_kept BEFORE DELETE OR UPDATE ON audit"
                                + " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()");
            }
        }
    }

    private Schema() {}

    /** @throws IllegalStateException if a later version made the tables */
    static void bringUpToDate(Rows rows, Dialect dialect) throws SQLException {
        for (String statement : dialect.prepare()) {
            rows.execute(statement);
        }
        rows.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
        long version = rows.first("SELECT max(version) AS version FROM schema_version", row -> row.number("version"))
                .orElse(0L);
        List<List<String>> versions = List.of(
                first(dialect),
                IdentityTables.statements(),
                UpkeepTables.statements(),
                EventTables.statements(),
                OriginalTables.statements(),
                ForgeTables.statements(),
                ReplicaTables.statements());
        if (version > versions.size()) {
            throw new IllegalStateException("a newer version of Plumbline created the server's database (schema"
                    + " " + version
                    + ", this version knows " + versions.size() + "); start that version");
        }
        for (int next = Math.toIntExact(version); next < versions.size(); next++) {
            for (String statement : versions.get(next)) {
                rows.execute(statement);
            }
            rows.update("INSERT INTO schema_version (version) VALUES (?)", next + 1L);
        }
    }

    private static List<String> first(Dialect dialect) {
        List<String> all = new ArrayList<>(List.of(
                """
                CREATE TABLE account (
                  id TEXT PRIMARY KEY,
                  name TEXT NOT NULL UNIQUE,
                  password TEXT,
                  is_administrator BIGINT NOT NULL,
                  created_at BIGINT NOT NULL,
                  disabled_at BIGINT)""",
                """
                CREATE TABLE organisation (
                  id TEXT PRIMARY KEY,
                  name TEXT NOT NULL UNIQUE,
                  created_at BIGINT NOT NULL)""",
                """
                CREATE TABLE project (
                  id TEXT PRIMARY KEY,
                  organisation TEXT NOT NULL REFERENCES organisation (id),
                  name TEXT NOT NULL,
                  is_public BIGINT NOT NULL,
                  created_at BIGINT NOT NULL,
                  deleted_at BIGINT)""",
                "CREATE UNIQUE INDEX project_name ON project (organisation, name) WHERE deleted_at IS NULL",
                """
                CREATE TABLE member (
                  organisation TEXT NOT NULL REFERENCES organisation (id),
                  account TEXT NOT NULL REFERENCES account (id),
                  project TEXT REFERENCES project (id),
                  role TEXT NOT NULL)""",
                "CREATE UNIQUE INDEX member_of_organisation ON member (organisation, account) WHERE project IS NULL",
                "CREATE UNIQUE INDEX member_of_project ON member (project, account) WHERE project IS NOT NULL",
                "CREATE INDEX member_account ON member (account)",
                """
                CREATE TABLE token (
                  id TEXT PRIMARY KEY,
                  digest TEXT NOT NULL UNIQUE,
                  beginning TEXT NOT NULL,
                  name TEXT NOT NULL,
                  account TEXT NOT NULL REFERENCES account (id),
                  project TEXT NOT NULL REFERENCES project (id),
                  role TEXT NOT NULL,
                  created_at BIGINT NOT NULL,
                  expires_at BIGINT NOT NULL,
                  revoked_at BIGINT,
                  used_at BIGINT)""",
                "CREATE INDEX token_project ON token (project)",
                """
                CREATE TABLE session (
                  digest TEXT PRIMARY KEY,
                  account TEXT NOT NULL REFERENCES account (id),
                  created_at BIGINT NOT NULL,
                  used_at BIGINT NOT NULL)""",
                "CREATE INDEX session_account ON session (account)",
                """
                CREATE TABLE invitation (
                  digest TEXT PRIMARY KEY,
                  organisation TEXT REFERENCES organisation (id),
                  role TEXT,
                  is_administrator BIGINT NOT NULL,
                  created_at BIGINT NOT NULL,
                  expires_at BIGINT NOT NULL,
                  used_at BIGINT)""",
                "CREATE TABLE audit (number " + dialect.number() + """
                , at BIGINT NOT NULL,
                  actor TEXT NOT NULL,
                  address TEXT NOT NULL,
                  organisation TEXT,
                  action TEXT NOT NULL,
                  object TEXT NOT NULL,
                  outcome TEXT NOT NULL)""",
                "CREATE INDEX audit_organisation ON audit (organisation, number)"));
        all.addAll(dialect.appendOnly());
        return all;
    }
}
