package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void what_is_promised_is_measured_on_the_demo_s_history() {
        CapturedRun run = CapturedRun.wide(folder, "demo", "--quick", "--validate");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("gate CLOSED", "(40 replayed healthy runs, seed 1)", "\n8 of 8 hold\n")
                .containsPattern("pass  detection after the benchmark has ended +< 30 s +[0-9.]+ s")
                .containsPattern("pass  false positives: healthy runs that close the gate +≤ 5.0 % +[0-9.]+ % of 40 ")
                .containsPattern("pass  severity of a change of 3.5 % +minor +minor")
                .doesNotContain("FAIL", "Not decided yet");
    }

    @Test
    void quick_and_verbose_exclude_each_other() {
        CapturedRun run = CapturedRun.wide(folder, "demo", "--quick", "--verbose");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--quick prints the verdict alone");
    }
}
