package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.sqlite.SqliteRunStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyHistoryTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void begin_a_history() {
        SqliteRunStore.open(folder.resolve("h.db")).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "history",
                "incidents",
                "calibrate",
                "threshold show a",
                "threshold validate",
                "threshold tune",
                "baseline establish"
            })
    void every_command_says_the_same_of_a_history_without_runs(String command) {
        CapturedRun run = CapturedRun.of(folder, (command + " --store=h.db").split(" ", -1));

        assertThat(run.err()).contains("no series found; add results with plumb record RESULT");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
