package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Keys of requests in PostgreSQL. */
class IdempotencyInPostgresTest extends IdempotencyTest {
    @Override
    Optional<PostgresAddress> database() {
        return postgres();
    }
}
