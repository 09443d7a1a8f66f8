package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Badges and charts of histories in files. */
class PicturesInFilesTest extends PicturesContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }
}
