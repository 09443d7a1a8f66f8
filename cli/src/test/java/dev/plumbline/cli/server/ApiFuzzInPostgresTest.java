package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Fuzzed requests to a server on PostgreSQL. */
class ApiFuzzInPostgresTest extends ApiFuzzTest {
    @Override
    Optional<PostgresAddress> database() {
        return postgres();
    }
}
