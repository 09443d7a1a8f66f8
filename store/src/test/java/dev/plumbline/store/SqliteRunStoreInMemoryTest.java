package dev.plumbline.store;

/** The contract, in memory. */
class SqliteRunStoreInMemoryTest extends RunStoreContract {
    @Override
    RunStore emptyStore() {
        return SqliteRunStore.inMemory();
    }
}
