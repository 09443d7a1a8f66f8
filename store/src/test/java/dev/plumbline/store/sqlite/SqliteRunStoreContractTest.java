package dev.plumbline.store.sqlite;

import dev.plumbline.store.RunStore;
import dev.plumbline.store.RunStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, in a file. */
class SqliteRunStoreContractTest extends RunStoreContract {
    @TempDir
    Path directory;

    @Override
    protected RunStore emptyStore() {
        return SqliteRunStore.open(directory.resolve(".plumbline/history.db"));
    }
}
