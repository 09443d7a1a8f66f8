package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Keys of requests in a file. */
class IdempotencyInFilesTest extends IdempotencyContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }
}
