package dev.plumbline.store.postgres;

import dev.plumbline.store.RunStore;
import dev.plumbline.store.TriageStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;

/** The contract, on a server. */
class PostgresTriageStoreTest extends TriageStoreContract {
    @AfterAll
    static void forget() throws SQLException {
        TestServer.forget("contract");
    }

    @Override
    protected RunStore emptyStore() throws SQLException {
        return TestServer.emptyStore("contract");
    }
}
