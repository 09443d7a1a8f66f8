package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times that were written in another unit, beside allocations that were not. */
class WrongUnitTest {
    @TempDir
    private Path folder;

    private int runs;

    @BeforeEach
    void noGit() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
    }

    private CapturedRun check(String unit) throws IOException {
        Random random = new Random(++runs);
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,commit_time,environment\n");
        for (int i = 1; i <= 4; i++) {
            String end = String.format(Locale.ROOT, "c%07d,2026-01-%02dT00:00:00Z,lab\n", runs, runs);
            table.append(String.format(
                    Locale.ROOT,
                    "b%d,time,%s,lower,%.3f,%s",
                    i,
                    unit,
                    100 * i * (1 + 0.01 * random.nextGaussian()),
                    end));
            table.append(String.format(Locale.ROOT, "b%d,alloc,B,lower,%d,%s", i, 1000 * i + random.nextInt(5), end));
        }
        return CapturedRun.wide(
                folder,
                "check",
                Files.writeString(folder.resolve("run.csv"), table).toString());
    }

    private static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void a_second_run_in_another_unit_holds_the_gate_with_the_hint() throws IOException {
        assertThat(check("ns").exitCode()).isZero();

        CapturedRun wrong = check("ms");

        assertThat(wrong.exitCode()).isEqualTo(3);
        assertThat(flat(wrong))
                .startsWith("HOLD ")
                .contains("the unit of 4 values of time looks wrong")
                .contains("all 4 values of time are about 1,000,000 times what they were")
                .contains("next: check the unit of the results");
    }

    @Test
    void a_run_in_another_unit_is_recognised_beside_metrics_that_did_not_move() throws IOException {
        for (int i = 0; i < 9; i++) {
            assertThat(check("ns").exitCode()).isZero();
        }

        CapturedRun wrong = check("us");

        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(flat(wrong))
                .contains("all 4 values of time are about 1,000 times what they were")
                .contains("next: check the unit of the results")
                .doesNotContain("the unit of 4 values of time looks wrong");
    }

    @Test
    void a_unit_for_a_while_is_told_where_its_own_run_is_shown_and_nowhere_else() throws IOException {
        for (int i = 0; i < 8; i++) {
            assertThat(check("ns").exitCode()).isZero();
        }
        check("MB/s");

        CapturedRun next = check("ns");

        String told = "the unit was \"MB/s\" in place of \"ns\" for a while, from run ";
        assertThat(next.exitCode()).isZero();
        assertThat(flat(next)).doesNotContain("MB/s");
        assertThat(flat(CapturedRun.wide(folder, "explain", "b1 time"))).doesNotContain("MB/s");
        assertThat(flat(CapturedRun.wide(folder, "report", "--run", "c0000005", "-v")))
                .doesNotContain("MB/s");
        assertThat(flat(CapturedRun.wide(folder, "explain", "b1", "--metric", "time", "--run", "c0000009")))
                .contains(told, "(revision c0000009, 2026-");
        assertThat(flat(CapturedRun.wide(folder, "history", "b1", "--metric", "time")))
                .contains(told, "(revision c0000009, 2026-");
    }

    @Test
    void a_run_in_the_right_unit_says_nothing_of_units() throws IOException {
        check("ns");

        CapturedRun right = check("ns");

        assertThat(right.exitCode()).isZero();
        assertThat(flat(right)).doesNotContain("unit");
    }
}
