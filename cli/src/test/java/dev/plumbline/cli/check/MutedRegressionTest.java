package dev.plumbline.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that passes because somebody muted what fails it says so where the regression is shown. */
class MutedRegressionTest {
    @TempDir
    private Path folder;

    private String results(int from, int to, double factor) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int commit = from; commit < to; commit++) {
            for (String benchmark : new String[] {"Codec.parse", "Codec.put", "Sort.quick"}) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.3f,%08x,main,2026-01-%02dT00:00:00Z%n",
                        benchmark,
                        (1000 + commit * 7 % 5) * (benchmark.equals("Codec.parse") ? factor : 1),
                        commit + 1,
                        1 + commit));
            }
        }
        return Files.writeString(folder.resolve("r" + from + ".csv"), table).toString();
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
