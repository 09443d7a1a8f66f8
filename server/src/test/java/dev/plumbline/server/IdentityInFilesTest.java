package dev.plumbline.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** Those for whom others vouch, with everything in files. */
class IdentityInFilesTest extends IdentityContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }
}
