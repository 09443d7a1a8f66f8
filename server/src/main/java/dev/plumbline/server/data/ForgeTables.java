package dev.plumbline.server.data;

import java.util.List;

/** The tables of repositories that projects are connected to. */
final class ForgeTables {
    private ForgeTables() {}

    /**
     * The connection of a project, whose row of the webhooks has its address, the secret of what comes in and the queue
     * of what goes out; and the events that came in, so that none counts twice.
     */
    static List<String> statements() {
        return List.of("""
                CREATE TABLE forge (
                  webhook TEXT PRIMARY KEY REFERENCES webhook (id) ON DELETE CASCADE,
                  project TEXT NOT NULL UNIQUE REFERENCES project (id),
                  kind TEXT NOT NULL,
                  name TEXT NOT NULL,
                  is_awaiting BIGINT NOT NULL,
                  token TEXT,
                  app TEXT,
                  private_key TEXT)""", """
                CREATE TABLE forge_event (
                  webhook TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
                  id TEXT NOT NULL,
                  received_at BIGINT NOT NULL,
                  PRIMARY KEY (webhook, id))""", "CREATE INDEX forge_event_received ON forge_event (received_at)");
    }
}
