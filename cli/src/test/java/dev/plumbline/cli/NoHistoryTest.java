package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing was recorded yet, every command that reads the history says the same and ends alike. */
class NoHistoryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "history",
                "history --json",
                "history decode",
                "explain decode",
                "incidents",
                "triage list",
                "report",
                "report --kind executive",
                "dashboard",
                "calibrate",
                "threshold show decode",
                "threshold validate",
                "threshold tune",
                "baseline list",
                "baseline show",
                "baseline establish",
                "baseline versions",
                "baseline export",
                "prune",
                "series list"
            })
    void it_is_told_in_one_sentence_with_exit_code_two(String call) {
        CapturedRun run = CapturedRun.of(folder, call.split(" ", -1));

        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.WRONG);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("there is no history")
                .contains("history.db yet; create one with plumb" + " record RESULT");
        assertThat(folder).isEmptyDirectory();
    }
}
