package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Webhooks of histories in PostgreSQL. */
class WebhooksInPostgresTest extends WebhooksTest {
    @Override
    Optional<PostgresAddress> database() {
        return postgres();
    }
}
