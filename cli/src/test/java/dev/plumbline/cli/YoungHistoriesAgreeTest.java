package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check, history and explain answer of a benchmark that got worse behind its first three runs. */
class YoungHistoriesAgreeTest {
    private static final int BEFORE = 3;

    @TempDir
    private Path folder;

    private PlantedSuite suite;

    @BeforeEach
    void threeRuns() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        suite = new PlantedSuite(1, 1).plant(0, BEFORE, 1.2);
        assertThat(plumb("record", suite.file(folder, 0, BEFORE)).exitCode()).isZero();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private String check(int run) throws IOException {
        return oneLine(plumb("check", suite.file(folder, run, run + 1)).out());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void the_first_one_looks_worse_everywhere() throws IOException {
        assertThat(check(BEFORE)).contains("looks worse: run it again");
        assertThat(oneLine(plumb("history", "b0").out()))
                .contains("too few values to judge, newest 1", "It looks worse than all before: run it again.")
                .doesNotContain("No action needed", "can be judged");
        assertThat(oneLine(plumb("history").out()))
                .contains("4 runs: too few to judge; 1 series with a possible regression: b0 time; plumb history NAME");
    }

    @Test
    void what_a_check_takes_for_a_possible_regression_is_neither_stable_nor_an_outlier() throws IOException {
        int seen = 0;
        String last = "";
        for (int run = BEFORE; run < 16; run++) {
            last = check(run);
            if (!last.contains("possible regression, not certain: the first 3 runs")) {
                continue;
            }
            seen++;
            assertThat(oneLine(plumb("history", "b0").out()))
                    .as("run %d", run)
                    .contains(
                            "possible regression +",
                            "not certain: now ",
                            "suspected: the first 3 values may be of another level",
                            "Run the commit before it again")
                    .doesNotContain("No action needed", "outlier", "plateau", "stable at", "stable:", "health good");
            assertThat(oneLine(plumb("history").out()))
                    .contains("1 series with a possible regression: b0 time; plumb history NAME")
                    .doesNotContain("No series needs attention");
            assertThat(oneLine(plumb("explain", "b0").out()))
                    .contains("warning: possible regression, not certain: the first 3 runs were at");
        }
        assertThat(seen).isGreaterThan(3);
        // enough runs lie on the worse level
        assertThat(last).contains("FAIL 1 regression");
    }
}
