package dev.plumbline.store.postgres;

import dev.plumbline.store.BaselineStoreContract;
import dev.plumbline.store.RunStore;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;

/** The contract, on a server. */
class PostgresBaselineStoreTest extends BaselineStoreContract {
    @AfterAll
    static void forget() throws SQLException {
        TestServer.forget("contract");
    }

    @Override
    protected RunStore emptyStore() throws SQLException {
        return TestServer.emptyStore("contract");
    }
}
