package dev.plumbline.store.sqlite;

import dev.plumbline.store.RunStore;
import dev.plumbline.store.RunStoreContract;

/** The contract, in memory. */
class SqliteRunStoreInMemoryTest extends RunStoreContract {
    @Override
    protected RunStore emptyStore() {
        return SqliteRunStore.inMemory();
    }
}
