package dev.plumbline.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, in a file. */
class SqliteRunStoreContractTest extends RunStoreContract {
    @TempDir
    Path directory;

    @Override
    RunStore emptyStore() {
        return SqliteRunStore.open(directory.resolve(".plumbline/history.db"));
    }
}
