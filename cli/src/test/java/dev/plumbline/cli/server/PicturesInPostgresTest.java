package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Badges and charts of histories in PostgreSQL. */
class PicturesInPostgresTest extends PicturesTest {
    @Override
    Optional<PostgresAddress> database() {
        return postgres();
    }
}
