package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Result files of a server that keeps everything in files. */
class OriginalsInFilesTest extends OriginalsContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }
}
