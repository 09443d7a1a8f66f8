package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss in runs that were recorded and never checked is told by the next check, once. */
class UnjudgedStepsTest {
    @TempDir
    private Path folder;

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private String runs(int begin, int end, double factorFromTwenty) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int commit = begin; commit < end; commit++) {
            table.append(String.format(
                    Locale.ROOT,
                    "sort,time,ms,lower,%.1f,c%07x,main,2026-01-%02dT00:00:00Z%n",
                    (1000 + commit * 7 % 5) * (commit >= 20 ? factorFromTwenty : 1),
                    commit,
                    1 + commit));
        }
        return Files.writeString(folder.resolve("runs-" + begin + ".csv"), table)
                .toString();
    }

    @Test
    void the_first_check_tells_of_it_and_the_next_does_not() throws IOException {
        plumb("record", runs(0, 28, 1.3));

        CapturedRun first = plumb("check", runs(28, 29, 1.3));
        CapturedRun second = plumb("check", runs(29, 30, 1.3));

        assertThat(first.exitCode()).isZero();
        assertThat(first.out().replaceAll("\\s+", " "))
                .contains("sort time got worse, +30.0 %", "since commit c0000014", "unchecked runs", "plumb incidents");
        assertThat(second.out()).doesNotContain("unchecked runs");
    }

    @Test
    void it_is_the_first_note_of_a_check_of_results_that_are_recorded_already() throws IOException {
        String all = runs(0, 28, 1.3);
        plumb("record", all);

        CapturedRun check = plumb("check", all);

        assertThat(check.out().replaceAll("\\s+", " "))
                .containsSubsequence("note: sort time got worse, +30.0 %", "note: these results are already in");
    }

    @Test
    void what_got_better_or_did_not_move_is_no_loss() throws IOException {
        plumb("record", runs(0, 28, 0.7));

        assertThat(plumb("check", runs(28, 29, 0.7)).out()).doesNotContain("unchecked runs");
    }

    /** The check that failed watches: what is recorded after it is judged against the level before. */
    @Test
    void after_a_failed_check_no_regression_of_recorded_runs_passes_without_a_word() throws IOException {
        plumb("record", suite("history", 0, 20, 1, 1));
        CapturedRun failed = plumb("check", suite("failed", 20, 21, 1.3, 1));
        plumb("record", suite("recorded", 21, 25, 1.3, 1.3));

        CapturedRun next = plumb("check", suite("next", 25, 26, 1.3, 1.3));

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(next.exitCode()).isEqualTo(1);
        String words = next.out().replaceAll("\\s+", " ");
        assertThat(words)
                .contains("2 regressions from earlier commits")
                .containsPattern("critical parse [^✗]* since c0000014")
                .containsPattern("critical put [^✗]* since c0000015");
        assertThat(words)
                .contains("note: put time got worse, +29.9 %")
                .contains("since commit c0000015")
                .contains("detected in unchecked runs; this run is compared with the earlier level");
        assertThat(words).doesNotContain("parse time got worse", "put time by");
        assertThat(plumb("report").out().replaceAll("\\s+", " "))
                .containsPattern(
                        "2 series are worse than before and not accepted: \\w+ time \\S+ % since commit c000001[45]")
                .doesNotContain("gradually");
    }

    private String suite(String name, int begin, int end, double parse, double put) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int commit = begin; commit < end; commit++) {
            double[] factors = {parse, put, 1, 1};
            String[] benchmarks = {"parse", "put", "get", "scan"};
            for (int i = 0; i < benchmarks.length; i++) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.1f,c%07x,main,2026-01-%02dT00:00:00Z%n",
                        benchmarks[i],
                        (1000 + commit * (7 + 2 * i) % 11) * factors[i],
                        commit,
                        1 + commit));
            }
        }
        return Files.writeString(folder.resolve(name + ".csv"), table).toString();
    }
}
