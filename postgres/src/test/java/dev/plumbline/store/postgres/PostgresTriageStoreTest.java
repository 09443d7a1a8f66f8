package dev.plumbline.store.postgres;

import dev.plumbline.store.RunStore;
import dev.plumbline.store.TriageStoreContract;
import java.sql.SQLException;

/** The contract, on a server. */
class PostgresTriageStoreTest extends TriageStoreContract {
    @Override
    protected RunStore emptyStore() throws SQLException {
        return TestServer.emptyStore("contract");
    }
}
