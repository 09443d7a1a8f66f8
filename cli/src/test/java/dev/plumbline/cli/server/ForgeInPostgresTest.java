package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Repositories of projects whose people and histories are in PostgreSQL. */
class ForgeInPostgresTest extends ForgeTest {
    @Override
    Optional<PostgresAddress> database() {
        return postgres();
    }
}
