package dev.plumbline.store.sqlite;

import dev.plumbline.store.BaselineStoreContract;
import dev.plumbline.store.RunStore;

/** The contract, in memory. */
class SqliteBaselineStoreInMemoryTest extends BaselineStoreContract {
    @Override
    protected RunStore emptyStore() {
        return SqliteRunStore.inMemory();
    }
}
