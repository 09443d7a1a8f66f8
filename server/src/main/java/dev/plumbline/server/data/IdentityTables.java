package dev.plumbline.server.data;

import java.util.List;

/** The tables of those for whom others vouch: people by providers, jobs by CI services, devices by people. */
final class IdentityTables {
    private IdentityTables() {}

    static List<String> statements() {
        return List.of(
                """
                CREATE TABLE login (
                  issuer TEXT NOT NULL,
                  subject TEXT NOT NULL,
                  account TEXT NOT NULL REFERENCES account (id),
                  mail TEXT,
                  created_at BIGINT NOT NULL,
                  used_at BIGINT NOT NULL,
                  PRIMARY KEY (issuer, subject))""",
                "CREATE INDEX login_account ON login (account)",
                """
                CREATE TABLE sign_in (
                  state TEXT PRIMARY KEY,
                  browser TEXT NOT NULL,
                  provider TEXT NOT NULL,
                  back TEXT NOT NULL,
                  account TEXT REFERENCES account (id),
                  created_at BIGINT NOT NULL)""",
                """
                CREATE TABLE group_member (
                  issuer TEXT NOT NULL,
                  account TEXT NOT NULL REFERENCES account (id),
                  organisation TEXT NOT NULL REFERENCES organisation (id),
                  project TEXT REFERENCES project (id),
                  role TEXT NOT NULL)""",
                "CREATE INDEX group_member_account ON group_member (account)",
                "CREATE VIEW membership AS SELECT organisation, account, project, role, 0 AS by_group FROM member"
                        + " UNION SELECT organisation, account, project, role, 1 AS by_group FROM group_member",
                """
                CREATE TABLE trust_rule (
                  id TEXT PRIMARY KEY,
                  project TEXT NOT NULL REFERENCES project (id),
                  account TEXT NOT NULL REFERENCES account (id),
                  issuer TEXT NOT NULL,
                  claims TEXT NOT NULL,
                  minutes BIGINT NOT NULL,
                  created_at BIGINT NOT NULL)""",
                "CREATE INDEX trust_rule_project ON trust_rule (project)",
                "ALTER TABLE token ADD COLUMN trust_rule TEXT",
                """
                CREATE TABLE device (
                  digest TEXT PRIMARY KEY,
                  code TEXT NOT NULL UNIQUE,
                  project_path TEXT,
                  address TEXT NOT NULL,
                  state TEXT NOT NULL,
                  created_at BIGINT NOT NULL,
                  polled_at BIGINT,
                  account TEXT REFERENCES account (id),
                  project TEXT REFERENCES project (id),
                  role TEXT,
                  days BIGINT)""");
    }
}
