package dev.plumbline.cli.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Fuzzed requests to a server on files. */
class ApiFuzzInFilesTest extends ApiFuzzContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }
}
