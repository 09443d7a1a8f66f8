package dev.plumbline.store.postgres;

import dev.plumbline.store.BaselineStoreContract;
import dev.plumbline.store.RunStore;
import java.sql.SQLException;

/** The contract, on a server. */
class PostgresBaselineStoreTest extends BaselineStoreContract {
    @Override
    protected RunStore emptyStore() throws SQLException {
        return TestServer.emptyStore("contract");
    }
}
