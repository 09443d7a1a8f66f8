package dev.plumbline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.TriageStoreContract;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, in a file. */
class SqliteTriageStoreTest extends TriageStoreContract {
    private static final Triage FALSE_ALARM = new Triage(
            "i00000001",
            Triage.Decision.FALSE_ALARM,
            Optional.empty(),
            "",
            "ann",
            Instant.EPOCH,
            "why",
            List.of(new Triage.Subject(
                    new SeriesKey(Benchmark.of("Sort"), "time", "lab", "main"), "c1", "c2", "c3", 0.125)));

    @TempDir
    private Path directory;

    @Override
    protected RunStore emptyStore() {
        return SqliteRunStore.open(directory.resolve("history.db"));
    }

    @Test
    void a_history_of_the_version_before_is_brought_up_to_date_with_what_it_holds() throws Exception {
        Path file = directory.resolve("old.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA application_id = " + Schema.APPLICATION_ID);
            for (String name : List.of("001-history.sql", "002-baselines.sql", "003-renamings.sql")) {
                try (InputStream script = Schema.class.getResourceAsStream("/dev/plumbline/store/schema/" + name)) {
                    statement.executeUpdate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            statement.executeUpdate("PRAGMA user_version = 3");
            statement.executeUpdate(
                    "INSERT INTO renaming VALUES (1, 'NAME', 'Sort', '{}', 'Order', '{}', 1, 0, 'a', '')");
        }
        try (RunStore store = SqliteRunStore.open(file)) {
            assertThat(store.renamings()).hasSize(1);
            store.triage().add(FALSE_ALARM);
            assertThat(store.triage()
                            .all()
                            .get(0)
                            .subjects()
                            .get(0)
                            .series()
                            .benchmark()
                            .name())
                    .isEqualTo("Order");
        }
        try (RunStore store = SqliteRunStore.open(file)) {
            assertThat(store.triage().all()).hasSize(1);
        }
    }
}
