package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedRuleCheckTest {
    private static final int RUNS = 30;

    @TempDir
    private Path folder;

    @Test
    void a_fixed_limit_decides_in_the_place_of_the_judge_and_says_how_often_it_is_wrong() throws IOException {
        PlantedSuite suite = new PlantedSuite(20261128, 6);
        CapturedRun.of(folder, "record", suite.file(folder, 0, RUNS));
        // 20 % slower, which the judge calls
        List<String> rows = suite.rows(RUNS);
        rows = List.of(
                PlantedSuite.row("b0", 1.2 * suite.value(0, RUNS), RUNS),
                rows.get(1),
                rows.get(2),
                rows.get(3),
                rows.get(4),
                rows.get(5));
        String file = PlantedSuite.file(folder, "new.csv", rows);

        CapturedRun judged = CapturedRun.wide(folder, "check", "--dry-run", file);
        CapturedRun wide = with("50%", file);
        CapturedRun narrow = with("1%", PlantedSuite.file(folder, "healthy.csv", suite.rows(RUNS)));
        configure("gate:\n  rule: fixed\n");
        CapturedRun deviations = CapturedRun.wide(folder, "check", "--dry-run", file);

        assertThat(judged.exitCode()).as(judged.out() + judged.err()).isEqualTo(1);
        assertThat(judged.out()).doesNotContain("gate.rule");
        assertThat(wide.exitCode()).as(wide.out()).isZero();
        assertThat(wide.out().replaceAll("\\s+", " "))
                .contains(
                        "1 regression",
                        "the fixed limit of 50.0 % decides instead of the statistical judge: it would have failed"
                                + " 0 of 27 healthy runs (0.0 %; the judge: at most 5.0 %)");
        assertThat(narrow.exitCode()).as(narrow.out()).isEqualTo(1);
        assertThat(narrow.out()).contains("from the mean of its history, beyond the fixed limit of 1.0 %");
        assertThat(deviations.exitCode()).as(deviations.out()).isEqualTo(1);
        assertThat(deviations.out()).contains("the fixed limit of 3 standard deviations decides");
    }

    @Test
    void what_a_fixed_limit_fails_has_a_row_and_an_explanation_and_what_the_limit_finds_is_measured()
            throws IOException {
        PlantedSuite suite = new PlantedSuite(20261128, 6);
        CapturedRun.of(folder, "record", suite.file(folder, 0, RUNS));
        List<String> rows = new ArrayList<>(suite.rows(RUNS));
        rows.set(1, PlantedSuite.row("b1", 1.03 * suite.level(1, RUNS), RUNS));
        String file = PlantedSuite.file(folder, "new.csv", rows);
        configure("gate:\n  rule: fixed\n  fixed-change: 2.5%\n");

        CapturedRun check = CapturedRun.wide(folder, "check", file);
        CapturedRun explained = CapturedRun.wide(folder, "explain", "b1");
        String markdown = CapturedRun.wide(folder, "report", "--as", "markdown").out();

        assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
        assertThat(check.out())
                .startsWith("FAIL  1 beyond a limit of the gate · ")
                .containsPattern("✗ over limit +b1 +time .*\\+[23]\\.[0-9] % +from the mean");
        assertThat(check.out().replaceAll("\\s+", " "))
                .containsPattern("detected [5-9][0-9]\\.[0-9] % of 162 injected regressions of 5 %");
        assertThat(explained.out().replaceAll("\\s+", " "))
                .containsPattern(
                        "gate fails: b1 time is \\+[23]\\.[0-9] % from the mean of its history, beyond the fixed"
                                + " limit of 2\\.5 %");
        assertThat(markdown).contains("| 🔴 over limit | `b1` |");
    }

    @Test
    void a_metric_that_cannot_fail_the_gate_is_no_false_alarm() throws IOException {
        PlantedSuite suite = new PlantedSuite(20261128, 2);
        List<String> rows = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            rows.addAll(suite.rows(run));
            rows.add(PlantedSuite.row("b0", run % 5 == 4 ? 900 : 100, run).replace(",time,", ",wild,"));
        }
        CapturedRun.of(folder, "record", PlantedSuite.file(folder, "history.csv", rows));
        String role = "metrics:\n  - metric: wild\n    role: secondary\n";
        configure(role + "gate:\n  rule: fixed\n  fixed-change: 50%\n");
        List<String> newest = new ArrayList<>(suite.rows(RUNS));
        newest.add(PlantedSuite.row("b0", 100, RUNS).replace(",time,", ",wild,"));
        String file = PlantedSuite.file(folder, "newest.csv", newest);
        CapturedRun secondary = CapturedRun.wide(folder, "check", "--dry-run", file);
        configure("gate:\n  rule: fixed\n  fixed-change: 50%\n");
        CapturedRun primary = CapturedRun.wide(folder, "check", "--dry-run", file);

        assertThat(secondary.out().replaceAll("\\s+", " "))
                .contains("it would have failed 0 of 27 healthy runs (0.0 %;");
        assertThat(primary.out().replaceAll("\\s+", " "))
                .contains("it would have failed 6 of 27 healthy runs (22.2 %;");
    }

    private CapturedRun with(String change, String file) throws IOException {
        configure("gate:\n  rule: fixed\n  fixed-change: " + change + "\n");
        return CapturedRun.wide(folder, "check", "--dry-run", file);
    }

    private void configure(String text) throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), text);
    }
}
