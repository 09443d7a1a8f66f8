package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedSuite.entry;
import static dev.plumbline.cli.PlantedSuite.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Further runs of one commit add evidence; they do not wash away what the first one has shown. */
class RerunsOfOneCommitTest {
    private static final int COMMIT = 25;
    private static final int SLOW = 2;

    @TempDir
    private Path folder;

    private final PlantedSuite suite = new PlantedSuite(5, 6);

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        plumb("check", suite.file(folder, 0, COMMIT));
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private CapturedRun run(int repetition, double factor) throws IOException {
        List<String> rows = IntStream.range(0, suite.series())
                .mapToObj(index -> PlantedSuite.row(
                        PlantedSuite.name(index),
                        suite.noise(index, 1000 + repetition)
                                * suite.level(index, COMMIT)
                                * (index == SLOW ? factor : 1),
                        COMMIT,
                        repetition))
                .toList();
        return plumb("check", PlantedSuite.file(folder, "run-" + repetition + ".csv", rows), "--as", "text");
    }

    @Test
    void a_slow_run_and_a_fast_one_hold_until_a_third_one_decides() throws IOException {
        assertThat(run(0, 1.3).exitCode()).isEqualTo(1);

        CapturedRun both = run(1, 1);

        assertThat(both.exitCode()).as(both.out()).isEqualTo(3);
        assertThat(both.out())
                .containsPattern(
                        "b2 time: two runs of commit 0abc001900 are \\d\\d\\.\\d % apart \\(.+, .+\\):\\s1\\sof\\s2\\s"
                                + "shows\\s+the\\s+regression;\\s+a\\s+third\\s+run\\s+decides");
        JsonNode finding = entry(json(plumb("report", "--json")).get("findings"), SLOW);
        assertThat(finding.get("suspect").asBoolean()).isTrue();

        CapturedRun open = run(2, 1);

        assertThat(open.exitCode()).as(open.out()).isZero();
        assertThat(open.out())
                .contains("1 of 3 runs of commit 0abc001900 lies")
                .contains("from the others and is left out: the majority decides");
        CapturedRun first = plumb("check", folder.resolve("run-2.csv").toString());
        assertThat(first.out().replaceAll("\\s+", " "))
                .startsWith("PASS ")
                .containsPattern(
                        "note: 1 of 3 runs of commit 0abc001900 was (2[5-9]|3[0-5])(\\.\\d)? % slower in b2 time"
                                + " \\(\\d+ ms, the others \\d+ ms\\); the majority decides")
                .doesNotContain("where they disagree");
    }

    @Test
    void the_first_file_checked_once_more_does_not_undo_what_a_later_run_has_shown() throws IOException {
        assertThat(run(0, 1).exitCode()).isZero();
        assertThat(run(1, 1.3).exitCode()).isEqualTo(3);

        CapturedRun again = run(0, 1);

        assertThat(again.exitCode()).as(again.out()).isEqualTo(3);
        assertThat(again.out().replaceAll("\\s+", " "))
                .contains("two runs of commit 0abc001900 are ")
                .contains("commit 0abc001900 has 1 other run in the history; it is judged together with these results");
    }

    @Test
    void a_third_slow_run_closes_the_gate() throws IOException {
        run(0, 1.3);
        run(1, 1);

        CapturedRun closed = run(2, 1.31);

        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.out())
                .startsWith("FAIL  1 regression in this change · ")
                .contains("1 of 3 runs of commit 0abc001900 lies");
        JsonNode finding = entry(json(plumb("report", "--json")).get("findings"), SLOW);
        assertThat(finding.at("/effect/relativeChange").asDouble()).isBetween(0.25, 0.36);
    }

    @Test
    void a_fast_run_and_then_a_slow_one_hold_too() throws IOException {
        assertThat(run(0, 1).exitCode()).isZero();
        assertThat(run(1, 1.3).exitCode()).isEqualTo(3);
    }

    @Test
    void a_normal_run_and_a_faster_one_hold_until_a_third_one_decides() throws IOException {
        assertThat(run(0, 1).exitCode()).isZero();

        CapturedRun both = run(1, 0.7);

        assertThat(both.exitCode()).as(both.out()).isEqualTo(3);
        assertThat(both.out().replaceAll("\\s+", " "))
                .startsWith("HOLD runs disagree on 1 benchmark · ")
                .containsPattern("b2 time: two runs of commit 0abc001900 are \\d\\d\\.\\d % apart \\(.+, .+\\): 1 of 2"
                        + " shows an improvement; a third run decides ")
                .containsPattern("\\? runs differ b2 time \\d+ ms → \\d+ ms, \\d+ ms .+ %, -\\d\\d\\.\\d %");
        assertThat(plumb("check", "--dry-run", folder.resolve("run-1.csv").toString())
                        .out())
                .contains("next: measure this commit again · ");
        JsonNode finding = entry(json(plumb("report", "--json")).get("findings"), SLOW);
        assertThat(finding.get("suspect").asBoolean()).isFalse();
        assertThat(finding.get("runValues")).hasSize(2);
        assertThat(finding.get("runValues").get(1).asDouble()
                        / finding.get("runValues").get(0).asDouble())
                .isBetween(0.6, 0.8);

        CapturedRun better = run(2, 0.7);

        assertThat(better.exitCode()).as(better.out()).isZero();
        assertThat(better.out()).startsWith("PASS  no regression · 1 improved · ");
    }

    @Test
    void a_faster_run_and_two_normal_ones_are_no_improvement() throws IOException {
        run(0, 0.7);
        assertThat(run(1, 1).exitCode()).isEqualTo(3);

        CapturedRun normal = run(2, 1);

        assertThat(normal.exitCode()).as(normal.out()).isZero();
        assertThat(normal.out())
                .contains("1 of 3 runs of commit 0abc001900 lies")
                .doesNotContain("1 improved");
    }

    @Test
    void two_runs_a_thousandfold_apart_show_both_values_and_none_between() throws IOException {
        run(0, 1.4);

        CapturedRun both = run(1, 1400);

        assertThat(both.exitCode()).as(both.out()).isEqualTo(1);
        JsonNode values =
                entry(json(plumb("report", "--json")).get("findings"), SLOW).get("runValues");
        assertThat(values.get(1).asDouble() / values.get(0).asDouble()).isBetween(900.0, 1100.0);
        // 31.6 times the first one lies between them
        String row = both.out()
                .lines()
                .filter(line -> line.contains("critical") && line.contains("→"))
                .findFirst()
                .orElseThrow();
        assertThat(row).containsPattern("→ \\S+ \\S+, \\S+ \\S+ +\\+\\d\\d\\.\\d %, ×1,\\d\\d\\d");
        assertThat(plumb("report", "--as", "markdown").out())
                .containsPattern("\\*\\*\\+\\d\\d\\.\\d %, ×1,\\d\\d\\d\\*\\*");
        assertThat(plumb("report", "--kind", "ci").out()).containsPattern("b2.* \\+\\d\\d\\.\\d %, ×1,\\d\\d\\d");
        assertThat(plumb("explain", "b2").out()).containsPattern("levels +\\S+ \\S+ → \\S+ \\S+, \\S+ \\S+");
    }

    @Test
    void runs_that_agree_are_pooled_as_ever() throws IOException {
        run(0, 1.3);

        CapturedRun both = run(1, 1.27);

        assertThat(both.exitCode()).isEqualTo(1);
        assertThat(both.out()).doesNotContain("apart", "left out");
    }
}
