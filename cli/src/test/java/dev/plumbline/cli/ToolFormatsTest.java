package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other tools, from the file to the history. */
class ToolFormatsTest {
    private static final Path FILES =
            Path.of("..", "ingest", "src", "test", "resources").toAbsolutePath();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "luau/console.txt, base64",
        "console-time/node.txt, sqrt",
        "asv/console.txt, time_",
        "github-action-benchmark/columns.json, sort"
    })
    void a_file_is_recorded_without_naming_its_format(String file, String benchmark) {
        CapturedRun recorded =
                CapturedRun.wide(folder, "record", FILES.resolve(file).toString(), "--branch", "main");

        assertThat(recorded.exitCode()).as(recorded.out() + recorded.err()).isZero();
        assertThat(CapturedRun.wide(folder, "history", "--branch", "main").out())
                .contains(benchmark);
    }

    @Test
    void a_history_in_columns_whose_lengths_disagree_is_refused_with_file_line_and_column() throws IOException {
        Path file = folder.resolve("data.json");
        Files.writeString(
                file,
                Files.readString(FILES.resolve("github-action-benchmark/columns.json"))
                        .replace("[812, null, 820]", "[812, 820]"));

        CapturedRun recorded = CapturedRun.wide(folder, "record", "data.json");

        assertThat(recorded.exitCode()).isEqualTo(2);
        assertThat(recorded.err())
                .contains("data.json:39:17: 3 runs, 2 names and 2 lists of values: the list at ")
                .contains("data.json:41:9 has 2 values, not one for each run");
    }

    @Test
    void a_run_of_cargo_without_a_benchmark_says_that_none_ran() throws IOException {
        Files.writeString(
                folder.resolve("bench.txt"),
                "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished"
                        + " in 0.00s\n\n");

        CapturedRun recorded = CapturedRun.wide(folder, "record", "bench.txt");
        CapturedRun checked = CapturedRun.wide(folder, "check", "bench.txt");

        assertThat(recorded.out() + recorded.err()).contains("bench.txt:2: no benchmark ran");
        assertThat(checked.out() + checked.err()).contains("bench.txt:2: no benchmark ran");
        assertThat(checked.exitCode()).isNotZero();
    }
}
