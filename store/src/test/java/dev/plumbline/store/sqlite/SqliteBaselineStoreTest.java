package dev.plumbline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.BaselineStoreContract;
import dev.plumbline.store.Fixtures;
import dev.plumbline.store.Pruned;
import dev.plumbline.store.RetentionPolicy;
import dev.plumbline.store.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, in a file. */
class SqliteBaselineStoreTest extends BaselineStoreContract {
    @TempDir
    Path directory;

    @Override
    protected RunStore emptyStore() {
        return SqliteRunStore.open(directory.resolve("history.db"));
    }

    @Test
    void the_room_of_what_was_forgotten_is_given_back() throws java.io.IOException {
        Path file = directory.resolve("large.db");
        try (RunStore store = SqliteRunStore.open(file)) {
            for (int n = 0; n < 300; n++) {
                double[] values = new java.util.Random(n).doubles(200).toArray();
                store.record(Fixtures.run(n, Fixtures.time("Sort", values)));
            }
            Pruned pruned = store.prune(new RetentionPolicy(Fixtures.NOON.plusSeconds(3600L * 290), 0), true);
            assertThat(pruned.runs()).isEqualTo(290);
            assertThat(pruned.bytesAfter()).isLessThan(pruned.bytesBefore() / 3);
            assertThat(Files.size(file)).isEqualTo(pruned.bytesAfter());
        }
    }
}
