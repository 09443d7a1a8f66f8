package dev.plumbline.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that passes because somebody muted what fails it says so where the regression is shown. */
class MutedRegressionTest {
    @TempDir
    private Path folder;

    private String results(int from, int to, double factor) throws IOException {
        return CodecResults.write(folder, from, to, factor);
    }

    @Test
    void a_muted_regression_is_named_so_in_its_row_and_in_the_headline() throws IOException {
        assertThat(CapturedRun.wide(folder, "record", results(0, 15, 1)).exitCode())
                .isZero();

        CapturedRun run = CapturedRun.wide(folder, "check", "--muted", "Codec.*", results(15, 16, 1.3));

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("PASS  1 regression in this change · it is muted")
                .contains("✗ critical, muted  Codec.parse");
        assertThat(CapturedRun.wide(folder, "check", "--dry-run", results(15, 16, 1.3))
                        .out())
                .doesNotContain("muted");
    }
}
