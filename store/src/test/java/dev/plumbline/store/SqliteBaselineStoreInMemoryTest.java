package dev.plumbline.store;

/** The contract, in memory. */
class SqliteBaselineStoreInMemoryTest extends BaselineStoreContract {
    @Override
    RunStore emptyStore() {
        return SqliteRunStore.inMemory();
    }
}
