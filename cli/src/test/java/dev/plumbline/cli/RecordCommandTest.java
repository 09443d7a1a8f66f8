package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandTest {
    @TempDir
    private Path folder;

    @Test
    void results_of_which_nothing_can_be_used_are_input_that_cannot_be_read() {
        String nothing = "benchmark,metric,value,unit\nsort,time,fast,ms\n";
        String half = nothing + "sort,time,10,ms\n";

        CapturedRun recorded = CapturedRun.reading(nothing, folder, "record", "-");

        assertThat(recorded.exitCode()).isEqualTo(2);
        assertThat(recorded.err()).contains("fast");
        assertThat(CapturedRun.reading(nothing, folder, "record", "-", "--dry-run")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CapturedRun.reading(half, folder, "record", "-").exitCode()).isZero();
        // it is known already, which is no mistake
        assertThat(CapturedRun.reading(half, folder, "record", "-").exitCode()).isZero();
    }
}
