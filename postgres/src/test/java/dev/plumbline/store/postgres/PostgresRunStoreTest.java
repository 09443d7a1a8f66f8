package dev.plumbline.store.postgres;

import dev.plumbline.store.RunStore;
import dev.plumbline.store.RunStoreContract;
import java.sql.SQLException;

/** The contract, on a server. */
class PostgresRunStoreTest extends RunStoreContract {
    @Override
    protected RunStore emptyStore() throws SQLException {
        return TestServer.emptyStore("contract");
    }
}
