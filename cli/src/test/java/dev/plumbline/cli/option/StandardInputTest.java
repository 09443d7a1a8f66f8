package dev.plumbline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that come through a pipe. */
class StandardInputTest {
    private static final String RESULT = "benchmark,metric,value,unit\nsort,time,10,ms\nsort,time,11,ms\n";

    @TempDir
    private Path folder;

    @Test
    void its_format_is_found_out_from_its_content() {
        assertThat(CapturedRun.reading(RESULT, folder, "record", "-").out()).contains("recorded 1 measurement in");
        assertThat(CapturedRun.reading(RESULT, folder, "record", "-", "--dry-run")
                        .out())
                .contains("sort");
        assertThat(CapturedRun.reading(RESULT, folder, "check", "-").out()).contains("sort");
        assertThat(CapturedRun.reading(RESULT, folder, "analyze", "-").out()).contains("sort");
    }

    @Test
    void a_format_may_be_forced() {
        CapturedRun forced = CapturedRun.reading(RESULT, folder, "record", "-", "--format", "plumbline-csv");
        CapturedRun wrong = CapturedRun.reading(RESULT, folder, "record", "-", "--format", "jmh-json");

        assertThat(forced.exitCode()).isZero();
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("standard input").doesNotContain(".input");
    }

    @Test
    void it_may_be_one_side_of_a_comparison_and_not_both() throws IOException {
        Path file = Files.writeString(folder.resolve("base.csv"), RESULT);

        CapturedRun compared = CapturedRun.reading(RESULT, folder, "compare", file.toString(), "-");
        assertThat(compared.out()).contains("against").doesNotContain(".input");
        assertThat(CapturedRun.reading(RESULT, folder, "compare", "-", file.toString())
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("against standard input");
        assertThat(CapturedRun.reading(RESULT, folder, "compare", "-", "-").exitCode())
                .isEqualTo(2);
    }

    @Test
    void what_breaks_off_is_called_standard_input() {
        CapturedRun run = CapturedRun.reading("{\"plumbline\": 1, \"runs\": [", folder, "check", "-");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("standard input").doesNotContain(".input:");
    }

    @Test
    void a_file_of_that_name_is_still_to_be_had() throws IOException {
        Files.writeString(folder.resolve("-"), RESULT);

        assertThat(CapturedRun.of(folder, "record", "./-").out()).contains("recorded 1");
    }
}
