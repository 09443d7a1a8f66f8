package dev.plumbline.server.data;

import java.util.List;

/** The tables of what leaves the server by itself: badges, and messages to other programs. */
final class EventTables {
    private EventTables() {}

    /**
     * The badge settings of projects, the addresses of messages, the last known state of each project (or none), and
     * the messages, waiting and sent.
     */
    static List<String> statements() {
        return List.of(
                "ALTER TABLE project ADD COLUMN has_public_badge BIGINT NOT NULL DEFAULT 0",
                """
                CREATE TABLE webhook (
                  id TEXT PRIMARY KEY,
                  project TEXT NOT NULL REFERENCES project (id),
                  address TEXT NOT NULL,
                  events TEXT NOT NULL,
                  secret TEXT NOT NULL,
                  account TEXT NOT NULL REFERENCES account (id),
                  created_at BIGINT NOT NULL)""",
                "CREATE INDEX webhook_project ON webhook (project)",
                """
                CREATE TABLE project_watch (
                  project TEXT PRIMARY KEY REFERENCES project (id),
                  known TEXT,
                  looks BIGINT NOT NULL,
                  changed_at BIGINT)""",
                """
                CREATE TABLE webhook_delivery (
                  id TEXT PRIMARY KEY,
                  webhook TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
                  event TEXT NOT NULL,
                  body TEXT NOT NULL,
                  state TEXT NOT NULL,
                  attempts BIGINT NOT NULL,
                  created_at BIGINT NOT NULL,
                  due_at BIGINT NOT NULL,
                  ended_at BIGINT,
                  status BIGINT,
                  answer TEXT)""",
                "CREATE INDEX webhook_delivery_of ON webhook_delivery (webhook, created_at)",
                "CREATE INDEX webhook_delivery_due ON webhook_delivery (state, due_at)");
    }
}
