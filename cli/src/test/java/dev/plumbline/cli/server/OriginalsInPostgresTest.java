package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Result files of a server with PostgreSQL. */
class OriginalsInPostgresTest extends OriginalsTest {
    @Override
    Optional<PostgresAddress> database() {
        return postgres();
    }
}
