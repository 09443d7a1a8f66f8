package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.pipeline.annotate.ListTriages;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.history.PruneHistory;
import dev.plumbline.pipeline.history.ReadPeriod;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories that are none, or no longer whole: told with the file's name, and left as they are. */
class DamagedStoreTest {
    @TempDir
    private Path folder;

    private ResultFiles files;
    private Path store;

    @BeforeEach
    void tenRuns() throws IOException {
        files = new ResultFiles(folder);
        store = files.historyFile();
    }

    private List<ThrowingCallable> uses() {
        return List.of(
                () -> files.check(files.healthy(10).file()),
                () -> files.dryRun(files.healthy(10).file()),
                () -> files.record(files.healthy(10).file()),
                () -> new ListIncidents(files.workspace(), Policy.DEFAULT)
                        .list(SeriesQuery.all(), OptionalInt.empty(), true),
                () -> new ReadPeriod(files.workspace(), Policy.DEFAULT)
                        .read(SeriesQuery.all(), List.of(OptionalInt.empty())),
                () -> new ListTriages(files.workspace(), Policy.DEFAULT).list(),
                () -> new PruneHistory(files.workspace()).prune(PruneHistory.Rules.ofRuns(0, 1), true));
    }

    private void assertTold(byte[] content) throws IOException {
        Files.createDirectories(store.getParent());
        for (ThrowingCallable use : uses()) {
            Files.write(store, content);
            assertThatThrownBy(use)
                    .isInstanceOfAny(StoreException.class, IOException.class)
                    .hasMessageContaining("history.db");
            assertThat(Files.readAllBytes(store)).isEqualTo(content);
        }
    }

    @Test
    void text_is_no_history() throws IOException {
        assertTold("this is my diary, do not overwrite\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void another_programs_database_header_is_no_history() throws IOException {
        byte[] content = new byte[4096];
        Arrays.fill(content, (byte) 7);
        System.arraycopy("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 16);
        assertTold(content);
    }

    @Test
    void a_history_that_was_cut_off_is_told() throws IOException {
        files.history(10);
        byte[] whole = Files.readAllBytes(store);
        assertTold(Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void a_folder_in_its_place_is_told() throws IOException {
        Files.createDirectories(store.resolve("inside"));
        for (ThrowingCallable use : uses()) {
            assertThatThrownBy(use)
                    .isInstanceOfAny(StoreException.class, IOException.class)
                    .hasMessageContaining("history.db");
        }
        assertThat(store.resolve("inside")).isDirectory();
    }

    @Test
    void an_empty_file_becomes_a_history() throws IOException {
        Files.createDirectories(store.getParent());
        Files.createFile(store);

        files.history(3);

        assertThat(files.series()).hasSize(2).allMatch(series -> series.points().size() == 3);
    }
}
