package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every count of benchmarks has one that is measured in two environments once, as the worse of the two. */
class TwoEnvironmentsTest {
    private static final List<String> BENCHMARKS = List.of("Codec.parse", "Codec.write", "Sort.merge", "Sort.quick");
    private static final int RECORDED = 14;

    @TempDir
    private Path folder;

    @BeforeEach
    void recordBoth() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        StringBuilder rows = new StringBuilder(HEAD);
        for (int day = 0; day < RECORDED; day++) {
            rows.append(rows(day, "arm", 1)).append(rows(day, "x86", 1));
        }
        CapturedRun.wide(folder, "record", file(rows.toString()));
    }

    private static final String HEAD = "benchmark,metric,unit,better,value,commit,branch,commit_time,environment\n";

    /** What a commit measures somewhere, one benchmark at a multiple of its level. */
    private static String rows(int day, String environment, double sort) {
        Random random = new Random(31L * day + environment.hashCode());
        StringBuilder rows = new StringBuilder();
        for (String benchmark : BENCHMARKS) {
            for (int value = 0; value < 5; value++) {
                rows.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.4f,%040x,main,%sT06:00:00Z,%s%n",
                        benchmark,
                        100 * (benchmark.equals("Sort.quick") ? sort : 1) * (1 + 0.005 * random.nextGaussian()),
                        0xabc000 + day,
                        LocalDate.of(2026, 1, 1).plusDays(day),
                        environment));
            }
        }
        return rows.toString();
    }

    private String file(String rows) throws IOException {
        return Files.writeString(folder.resolve("run.csv"), rows).toString();
    }

    private CapturedRun check(double onArm, double onX86) throws IOException {
        return check(RECORDED, onArm, onX86);
    }

    private CapturedRun check(int day, double onArm, double onX86) throws IOException {
        String rows = HEAD + rows(day, "arm", onArm) + rows(day, "x86", onX86);
        return CapturedRun.wide(folder, "check", file(rows));
    }

    private static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void a_regression_in_both_is_one_regression_and_its_rows_name_the_environments() throws IOException {
        CapturedRun check = check(1.3, 1.4);
        CapturedRun json = CapturedRun.wide(folder, "report", "--as", "json");
        CapturedRun executive = CapturedRun.wide(folder, "report", "--kind", "executive", "--since", "2025-12-01");

        assertThat(flat(check))
                .startsWith("FAIL 1 regression in this change · 3 unchanged ")
                .contains("Sort.quick in arm", "Sort.quick in x86");
        assertThat(flat(json)).contains("\"REGRESSED\": 1, ", "\"UNCHANGED\": 3");
        assertThat(flat(executive))
                .contains("4 benchmarks in 2 environments: 1 reported as worse by a check, not confirmed yet, 3 level");
    }

    @Test
    void history_counts_the_regressions_of_the_newest_run_as_the_check_does() throws IOException {
        for (int day = RECORDED; day < RECORDED + 3; day++) {
            assertThat(check(day, 1.4, 1.4).exitCode()).isEqualTo(1);
        }

        assertThat(flat(CapturedRun.wide(folder, "history")))
                .contains("main: 1 regression in the newest run; plumb explain Sort.quick");
    }

    @Test
    void one_that_is_worse_in_one_and_unchanged_in_the_other_is_worse() throws IOException {
        CapturedRun check = check(1, 1.4);

        assertThat(flat(check)).startsWith("FAIL 1 regression in this change · 3 unchanged ");
    }

    @Test
    void a_new_environment_hides_nothing_of_what_the_other_one_judges() throws IOException {
        String rows = HEAD + rows(RECORDED, "arm", 1) + rows(RECORDED, "new", 1);

        CapturedRun check = CapturedRun.wide(folder, "check", file(rows));

        assertThat(check.exitCode()).as(check.out()).isEqualTo(3);
        assertThat(flat(check)).startsWith("HOLD 4 not comparable in environment new · 4 unchanged ");
    }
}
