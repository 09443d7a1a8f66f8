package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlumbCallTest {
    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private PlumbCall.Answer plumb(String... words) {
        return new PlumbCall(folder, Map.of(), Clock.systemUTC(), "-Dplumb.arguments=-v")
                .run(List.of(words), warnings::add);
    }

    @Test
    void an_answer_comes_line_by_line() {
        PlumbCall.Answer answer = plumb("formats");

        assertThat(answer.exitCode()).isEqualTo(ExitCode.OPEN);
        assertThat(answer.out()).hasSizeGreaterThan(10).anyMatch(line -> line.contains("jmh-json"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void all_details_are_asked_for_in_the_way_of_the_build() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "benchmark,metric,unit,value\nsort,time,ms,12.5\n");

        assertThat(plumb("check", "a.csv").out()).last().asString().endsWith("all details: -Dplumb.arguments=-v");
    }

    @Test
    void wrong_use_is_an_error_of_the_build_in_the_words_of_the_command_line() {
        PlumbCall.Answer answer = plumb("check", "missing.json");

        assertThat(answer.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(warnings)
                .isEqualTo(answer.err())
                .first()
                .asString()
                .contains("missing.json")
                .doesNotStartWith("plumb:");
    }
}
