package dev.plumbline.pipeline.check.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that measures again, run by a real shell. */
class ConfirmCommandTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @TempDir
    private Path scratch;

    private Path result;

    @BeforeEach
    void a_result_file() throws IOException {
        result = Files.writeString(folder.resolve("result.csv"), "old");
    }

    private List<Path> measure(String tool, String line, Duration limit, String... names)
            throws IOException, InterruptedException {
        RunHeader header = new RunHeader(
                Revision.of("abc", "main"),
                Environment.unknown(),
                Optional.empty(),
                Instant.EPOCH,
                new TreeMap<>(Map.of("tool", tool)));
        return new ConfirmCommand(new ResultFiles(folder).workspace(), line, ProcessRunner.forThisMachine())
                .measure(
                        new Remeasurement.Request(
                                List.of(names), List.of(new RunInfo("first", header)), List.of(result)),
                        limit,
                        scratch);
    }

    private String printed(String tool, String line, String... names) throws IOException, InterruptedException {
        List<Path> files = measure(tool, line, LONG, names);
        assertThat(files).hasSize(1);
        assertThat(files.get(0)).hasFileName("result.csv");
        return Files.readString(files.get(0));
    }

    @Test
    void names_reach_the_command_as_data_whatever_stands_in_them() throws Exception {
        String[] hostile = {
            "$(touch pwned)",
            "`touch pwned`",
            "'; touch pwned; '",
            "\"; touch pwned; \"",
            "two\nlines",
            "a  b*",
            "a.B$C.*[x]",
            "; touch pwned #"
        };

        String text = printed("hyperfine", "for name in {benchmarks}; do printf '<%s>' \"$name\"; done", hostile);

        assertThat(text).isEqualTo("<" + String.join("><", hostile) + ">");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void a_tool_that_takes_an_expression_gets_one_word() throws Exception {
        assertThat(printed("JMH", "printf '<%s>' x={benchmarks} y", "a.b", "$(touch pwned) 'c'"))
                .isEqualTo("<x=^(a\\.b|\\$\\(touch pwned\\) 'c')$><y>");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x \"{benchmarks}\"",
                "x '{benchmarks}'",
                "x \\{benchmarks}",
                "x --json=\"{output}\"",
                "sh -c 'x {output}'",
                "it\\'s \"a\" 'b' \"c {benchmarks}"
            })
    void a_place_within_quotes_is_refused_before_anything_runs(String line) {
        assertThatThrownBy(() ->
                        new ConfirmCommand(new ResultFiles(folder).workspace(), line, ProcessRunner.forThisMachine()))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("without quotes");
    }

    @Test
    void a_name_that_could_be_an_option_is_not_passed_on() {
        assertThatThrownBy(() -> measure("pytest-benchmark", "touch ran {benchmarks}", LONG, "--rootdir=/"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could be mistaken for an option");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void the_output_file_is_a_new_one_under_the_name_of_the_result() throws Exception {
        List<Path> files = measure("JMH", "test ! -e {output} && echo new > {output}; echo chatter", LONG, "a");

        assertThat(files).hasSize(1);
        assertThat(files.get(0)).hasFileName("result.csv").hasContent("new");
        assertThat(result).hasContent("old");
    }

    @Test
    void without_an_output_file_what_was_checked_counts_if_it_was_written_over_and_else_what_was_printed()
            throws Exception {
        assertThat(measure("JMH", "echo chatter; echo newer > result.csv", LONG, "a"))
                .containsExactly(result);
        assertThat(result).hasContent("newer");
    }

    @Test
    void what_is_complained_of_is_no_result() throws Exception {
        assertThat(printed("JMH", "echo warning >&2; echo numbers", "a")).isEqualTo("numbers\n");
    }

    @Test
    void what_fails_or_leaves_nothing_says_so_with_what_was_complained_of() {
        assertThatThrownBy(() -> measure("JMH", "echo no such jar >&2; exit 7", LONG, "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with exit code 7")
                .hasMessageContaining("no such jar");
    }

    @Test
    void a_command_that_writes_no_result_says_so() {
        assertThatThrownBy(() -> measure("JMH", "true {output}", LONG, "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrote no {output}");
    }

    @Test
    void a_command_that_prints_nothing_says_so() {
        assertThatThrownBy(() -> measure("JMH", "true", LONG, "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("left no result");
    }

    @Test
    @Timeout(20)
    void a_command_that_hangs_is_killed_with_all_it_started() {
        assertThatThrownBy(() -> measure("JMH", "sleep 60; touch late", Duration.ofMillis(400), "a"))
                .isInstanceOf(IOException.class)
                .hasMessage("was killed after 0.4 s, its time limit");
        assertThat(folder.resolve("late")).doesNotExist();
    }
}
