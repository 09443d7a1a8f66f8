package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** An old result file that is checked for another commit holds the gate; equal counts and sizes do not. */
class CopiedResultsTest {
    private static final int RUNS = 20;

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private String copied(PlantedSuite suite, int series, int from, int commit) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            rows.add(PlantedSuite.row(PlantedSuite.name(i), suite.value(i, from), commit));
        }
        return PlantedSuite.file(folder, "copied.csv", rows);
    }

    @Test
    void results_of_another_commit_hold_the_gate_and_are_not_recorded() throws IOException {
        PlantedSuite suite = new PlantedSuite(1, 3);
        assertThat(plumb("record", suite.file(folder, 0, RUNS)).exitCode()).isZero();
        String copied = copied(suite, 3, RUNS - 4, RUNS);

        CapturedRun first = plumb("check", copied);
        CapturedRun again = plumb("check", copied);

        String words = "nothing was measured: every value is that of run ";
        String source = " of commit " + PlantedSuite.commit(RUNS - 4).substring(0, 10);
        for (CapturedRun one : new CapturedRun[] {first, again}) {
            assertThat(one.out().replaceAll("\\s+", " ")).startsWith("HOLD").contains(words, source);
        }
        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(again.exitCode()).isEqualTo(3);
        String next = "measure commit " + PlantedSuite.commit(RUNS).substring(0, 10) + ", then plumb check RESULT";
        String reused = "reused on purpose: plumb check RESULT --on-copied pass";
        assertThat(first.out().replaceAll("\\s+", " "))
                .contains("copied results are not recorded", "next: " + next + " · " + reused);
        assertThat(runs()).isEqualTo(RUNS);
        assertThat(plumb("check", copied, "--on-copied", "close").exitCode()).isEqualTo(1);
        assertThat(runs()).isEqualTo(RUNS);
        assertThat(plumb("check", copied, "--on-copied", "pass").exitCode()).isZero();
        assertThat(runs()).isEqualTo(RUNS + 1);
    }

    @Test
    void a_copy_that_was_recorded_before_it_was_checked_stays_and_is_held() throws IOException {
        PlantedSuite suite = new PlantedSuite(4, 3);
        assertThat(plumb("record", suite.file(folder, 0, RUNS)).exitCode()).isZero();
        String copied = copied(suite, 3, RUNS - 4, RUNS);
        assertThat(plumb("record", copied).err()).contains("is this an old result file?");

        assertThat(plumb("check", copied).exitCode()).isEqualTo(3);

        assertThat(runs()).isEqualTo(RUNS + 1);
        assertThat(plumb("report").out()).startsWith("HOLD");
    }

    @Test
    void recorded_copies_do_not_outvote_a_run_of_their_commit() throws IOException {
        PlantedSuite suite = new PlantedSuite(5, 3);
        assertThat(plumb("record", suite.file(folder, 0, RUNS)).exitCode()).isZero();
        for (int from : new int[] {RUNS - 4, RUNS - 6}) {
            assertThat(plumb("record", copied(suite, 3, from, RUNS)).exitCode()).isZero();
        }
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rows.add(PlantedSuite.row(PlantedSuite.name(i), 1.3 * suite.value(i, RUNS), RUNS));
        }

        CapturedRun held = plumb("check", PlantedSuite.file(folder, "slower.csv", rows));

        String words = held.out().replaceAll("\\s+", " ");
        assertThat(words).startsWith("HOLD").contains("2 of the 3 runs of this commit measured nothing");
        String[] prune = words.replaceAll(".*plumb (prune(?: --run [0-9a-f]+)+ --yes).*", "$1")
                .split(" ");
        assertThat(plumb(prune).exitCode()).isZero();
        assertThat(plumb("check", folder.resolve("slower.csv").toString()).exitCode())
                .isEqualTo(1);
    }

    private int runs() throws IOException {
        return JsonMapper.shared()
                .readTree(plumb("prune", "--days", "0", "--keep-runs", "0", "--level-runs", "0", "--json")
                        .out())
                .path("runs")
                .asInt();
    }

    @Test
    void a_benchmark_on_its_own_is_enough_and_a_new_value_is_no_copy() throws IOException {
        PlantedSuite suite = new PlantedSuite(2, 1);
        assertThat(plumb("record", suite.file(folder, 0, RUNS)).exitCode()).isZero();

        assertThat(plumb("check", copied(suite, 1, RUNS - 1, RUNS)).exitCode()).isEqualTo(3);
        assertThat(plumb("check", suite.file(folder, RUNS + 1, RUNS + 2)).exitCode())
                .isZero();
    }

    @Test
    void old_files_of_one_benchmark_are_runs_of_their_own_and_counted_on_the_first_screen() throws IOException {
        PlantedSuite suite = new PlantedSuite(3, 2);
        assertThat(plumb("record", suite.file(folder, 0, RUNS)).exitCode()).isZero();
        List<String> command = new ArrayList<>(List.of("check"));
        for (int from = 0; from < 5; from++) {
            command.add(PlantedSuite.file(
                    folder,
                    "old" + from + ".csv",
                    List.of(
                            PlantedSuite.row(PlantedSuite.name(0), suite.value(0, from), RUNS),
                            PlantedSuite.row(PlantedSuite.name(1), suite.value(1, from), RUNS))));
        }

        CapturedRun old = plumb(command.toArray(String[]::new));
        CapturedRun usual = plumb("check", suite.file(folder, RUNS + 1, RUNS + 2));

        assertThat(old.out().replaceAll("\\s+", " "))
                .contains(" on main (5 runs), against ")
                .doesNotContain("measurements of each");
        assertThat(usual.out()).contains("against the history").doesNotContain("measurements of each");
    }

    /** Twelve commits, each with other numbers, and a revert to the last but one: every value is equal, rightly. */
    private CapturedRun reverted(String unit, IntToDoubleFunction valueOf) throws IOException {
        String header = PlantedSuite.HEADER + "\n";
        StringBuilder table = new StringBuilder(header);
        for (int run = 0; run < 12; run++) {
            table.append(rows(unit, run, run, valueOf));
        }
        Files.writeString(folder.resolve("history.csv"), table);
        assertThat(plumb("record", "history.csv").exitCode()).isZero();
        Files.writeString(folder.resolve("revert.csv"), header + rows(unit, 12, 10, valueOf));
        return plumb("check", "revert.csv");
    }

    private static String rows(String unit, int commit, int as, IntToDoubleFunction valueOf) {
        StringBuilder rows = new StringBuilder();
        for (int series = 0; series < 6; series++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "b%d,metric,%s,lower,%s,%s,main,2026-01-%02dT06:00:00Z,,box%n",
                    series,
                    unit,
                    (series + 1) * valueOf.applyAsDouble(as),
                    PlantedSuite.commit(commit),
                    commit + 1));
        }
        return rows.toString();
    }

    @Test
    void a_revert_of_what_counts_instructions_or_bytes_is_no_copy() throws IOException {
        CapturedRun instructions = reverted("instructions", run -> 1_000_000 + 7_919 * run % 613);

        assertThat(instructions.exitCode()).as(instructions.out()).isZero();
        assertThat(instructions.out()).doesNotContain("nothing was measured");
    }

    @Test
    void allocated_bytes_are_equal_from_run_to_run() throws IOException {
        assertThat(reverted("B/op", run -> 4096 + 16 * (run % 7)).exitCode()).isZero();
    }

    @Test
    void times_that_never_change_are_no_copy() throws IOException {
        assertThat(reverted("ms", run -> 12.5).exitCode()).isZero();
    }

    @Test
    void times_of_few_digits_may_be_equal_by_chance() throws IOException {
        assertThat(reverted("s", run -> 3 + run % 3).exitCode()).isZero();
    }
}
