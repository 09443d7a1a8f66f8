package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Webhooks of histories in files. */
class WebhooksInFilesTest extends WebhooksContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }
}
