package dev.plumbline.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
                .contains(
                        "FAIL: ",
                        "(40 replayed healthy runs, seed 1)",
                        "\n6 of 8 hold, 2 are not shown with few trials\n")
                .containsPattern("pass  detection after the benchmark has ended +< 30 s +[0-9.]+ s")
                .containsPattern("open  false positives: healthy runs that fail the gate +≤ 5.0 % +0.0 % of 40 .*: not"
                        + " shown, 73 would suffice")
                .containsPattern("pass  severity of a change of 3.5 % +minor +minor")
                .doesNotContain("\nFAIL  false", "\nFAIL  severity", "Not decided yet");
    }

    @Test
    void java_code_is_measured_on_this_machine_and_what_was_planted_is_found() throws IOException {
        CapturedRun run = CapturedRun.wide(
                folder,
                "demo",
                "--real-benchmarks=java",
                "--quick",
                "--into",
                folder.resolve("demo").toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .startsWith("Measuring a small Java library on this machine with plumb run --java: 5 benchmarks,"
                        + " 6 runs of main and one of 2 forks of its branch shorter-code. This takes about ")
                .contains("$ plumb check candidate.json\n", "In CI this check would end with exit code ")
                // times depend on how busy the machine is; what is allocated does not
                .containsPattern("(pass|FAIL)  sort, changed to insertion sort, is slower +a regression +")
                .containsPattern("pass  join, changed to fill a buffer, is faster +an improvement +.*allocated -")
                .containsPattern("(pass|FAIL)  checksum is unchanged +no change called +")
                .contains("Go on with: plumb explain sort --store ");
        CapturedRun history = CapturedRun.wide(folder.resolve("demo"), "history");
        assertThat(history.out()).contains("all in example.LibraryBenchmark.").containsPattern("sort +latency +6 ");
    }

    @Test
    void jmh_that_cannot_be_had_is_an_error_where_it_is_asked_for() {
        CapturedRun run = CapturedRun.of(
                folder, Map.of("HOME", folder.toString(), "PATH", ""), "demo", "--real-benchmarks=jmh", "--quick");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("JMH 1.37 is not in " + folder.resolve(".m2/repository"))
                .contains("mvn is not installed to fetch it; measure without it: --real-benchmarks=java");
    }

    @Test
    void every_command_that_is_printed_works_as_it_is() throws IOException {
        CapturedRun gone = CapturedRun.wide(folder, "demo");
        CapturedRun kept = CapturedRun.wide(folder, "demo", "--into", "demo");

        assertThat(gone.out())
                .contains("all details: -v", "plumb demo --into demo")
                .doesNotContain("next: ", "plumb accept");
        String next = kept.out().replaceAll("(?s).*next: (.*?) · intended: (.*?) \\(the first of .*", "$1\n$2");
        assertThat(next.lines()).hasSize(2);
        for (String line : next.lines().toList()) {
            assertThat(line).startsWith("plumb ").endsWith(" --store demo/.plumbline/history.db");
            CapturedRun run =
                    CapturedRun.wide(folder, line.substring("plumb ".length()).split(" "));
            assertThat(run.exitCode()).as(line + run.err()).isZero();
        }
    }

    @Test
    void quick_and_verbose_exclude_each_other() {
        CapturedRun run = CapturedRun.wide(folder, "demo", "--quick", "--verbose");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--quick prints only the verdict");
    }
}
