package dev.plumbline.store.sqlite;

import dev.plumbline.store.RunStore;
import dev.plumbline.store.TriageStoreContract;

/** The contract, in memory. */
class SqliteTriageStoreInMemoryTest extends TriageStoreContract {
    @Override
    protected RunStore emptyStore() {
        return SqliteRunStore.inMemory();
    }
}
