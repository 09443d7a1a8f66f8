package dev.plumbline.pipeline.history;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.baseline.EstablishBaselines;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.report.Report;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go: named ones, and old ones. */
class RemoveRunsTest {
    private static final int HISTORY = 12;

    @TempDir
    private static Path shared;

    private static ResultFiles template;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeAll
    static void aHistory() throws IOException {
        template = new ResultFiles(shared);
        template.history(HISTORY);
    }

    @BeforeEach
    void aCopy() throws IOException {
        files = ResultFiles.withHistoryOf(template, folder);
    }

    private RemoveRuns.Removal remove(boolean forReal, String... names) throws IOException {
        return new RemoveRuns(files.workspace()).remove(List.of(names), forReal);
    }

    private List<String> commits() {
        try (RunStore store = files.workspace().open()) {
            return store.runs(RunQuery.all()).stream()
                    .map(run -> run.header().revision().commit())
                    .toList();
        }
    }

    private List<RunInfo> runs() {
        try (RunStore store = files.workspace().open()) {
            return List.copyOf(store.runs(RunQuery.all()));
        }
    }

    @Test
    void a_run_is_named_by_its_id_or_its_commit_and_is_gone_with_its_values() throws IOException {
        String id = runs().get(3).id();

        assertThat(remove(true, id.substring(0, 8)).runs())
                .extracting(RunInfo::id)
                .containsExactly(id);
        assertThat(remove(true, "c5").runs()).hasSize(1);

        assertThat(commits()).hasSize(HISTORY - 2).doesNotContain("c3", "c5");
        assertThat(files.series()).allMatch(series -> series.points().size() == HISTORY - 2);
    }

    @Test
    void all_runs_of_a_commit_go_together_and_one_named_twice_goes_once() throws IOException {
        files.record(files.run(4).with("fast", 101).with("slow", 501).file());

        RemoveRuns.Removal removal = remove(true, "c4", "c4", "c6");

        assertThat(removal.runs()).hasSize(3);
        assertThat(commits()).hasSize(HISTORY - 2);
    }

    @Test
    void a_revision_that_is_a_whole_id_is_not_the_beginning_of_another() throws IOException {
        assertThat(remove(true, "c1").runs()).hasSize(1);
        assertThat(commits()).contains("c10", "c11").doesNotContain("c1");
    }

    /** An id of a run is made of its content, so that some begin like any revision that is a number. */
    @Test
    void a_whole_revision_is_that_revision_although_the_id_of_another_run_begins_so() throws IOException {
        ResultFiles numbered = new ResultFiles(Files.createDirectory(folder.resolve("numbered")));
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            paths.add(numbered.write(
                    "n" + i + ".csv",
                    "benchmark,metric,unit,value,commit,environment\nfast,time,ms," + (100 + i) + ","
                            + Integer.toHexString(0x10 + i) + ",lab\n"));
        }
        numbered.record(paths.toArray(Path[]::new));
        try (RunStore store = numbered.workspace().open()) {
            List<RunInfo> all = List.copyOf(store.runs(RunQuery.all()));
            RunInfo clashing = all.stream()
                    .filter(run -> all.stream()
                            .anyMatch(other -> other.header()
                                            .revision()
                                            .commit()
                                            .equals(run.id().substring(0, 2))
                                    && !other.equals(run)))
                    .findFirst()
                    .orElseThrow();
            String revision = clashing.id().substring(0, 2);

            assertThat(new RunSelector(store).named(revision))
                    .extracting(run -> run.header().revision().commit())
                    .containsExactly(revision);
            assertThat(new RemoveRuns(numbered.workspace())
                            .remove(List.of(revision), false)
                            .runs())
                    .extracting(run -> run.header().revision().commit())
                    .containsExactly(revision);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        c     | "c" is the beginning of
        nope  | no run or commit "nope" in the history
        c99   | no run or commit "c99" in the history
        ''    | an empty string names no run; give the beginning of its id, or its commit
        """)
    void a_name_that_selects_none_or_several_removes_nothing_of_the_others_either(String name, String message)
            throws IOException {
        byte[] before = Files.readAllBytes(files.historyFile());

        assertThatThrownBy(() -> remove(true, "c2", name))
                .isInstanceOf(NothingFound.class)
                .hasMessageStartingWith(message);

        assertThat(Arrays.equals(Files.readAllBytes(files.historyFile()), before))
                .isTrue();
    }

    @Test
    void an_empty_name_is_none_even_where_there_is_only_one_run() throws IOException {
        ResultFiles one = new ResultFiles(Files.createDirectory(folder.resolve("one")));
        one.history(1);

        assertThatThrownBy(() -> new RemoveRuns(one.workspace()).remove(List.of(""), true))
                .isInstanceOf(NothingFound.class);
        assertThat(one.series()).hasSize(2);
    }

    @Test
    void for_show_everything_is_reported_and_nothing_is_written() throws IOException {
        byte[] before = Files.readAllBytes(files.historyFile());

        RemoveRuns.Removal shown = remove(false, "c2", "c3");

        assertThat(Arrays.equals(Files.readAllBytes(files.historyFile()), before))
                .isTrue();
        assertThat(remove(true, "c2", "c3")).isEqualTo(shown);
    }

    @Test
    void a_bad_run_that_is_removed_no_longer_holds_anything_against_later_ones() throws IOException {
        Report bad = files.check(
                files.run(HISTORY).with("fast", 130).with("slow", 500).file());
        assertThat(bad.gate().state()).isEqualTo(State.CLOSED);

        remove(true, "c" + HISTORY);
        Report next = files.check(files.healthy(HISTORY + 1).file());

        assertThat(finding(next, "fast").verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(finding(next, "fast").baseline().orElseThrow().runs()).isEqualTo(HISTORY);
    }

    @Test
    void the_same_results_can_be_recorded_again_after_they_were_removed() throws IOException {
        Path file = files.healthy(HISTORY).file();
        files.record(file);
        remove(true, "c" + HISTORY);

        assertThat(files.record(file).newMeasurements()).isEqualTo(2);
        assertThat(commits()).hasSize(HISTORY + 1).endsWith("c" + HISTORY);
    }

    @Test
    void runs_that_a_baseline_stands_on_stay_and_are_counted() throws IOException {
        new EstablishBaselines(
                        files.workspace(), "default", BaselineSettings.DEFAULT, new Author("ann", ""), Progress.SILENT)
                .establish(new EstablishBaselines.Source.History(SeriesQuery.all()));

        RemoveRuns.Removal removal = remove(true, "c11");

        assertThat(removal.runs()).hasSize(1);
        assertThat(commits()).contains("c11");
    }

    @Test
    void without_a_history_there_is_nothing_to_remove_and_none_is_begun() throws IOException {
        ResultFiles none = new ResultFiles(Files.createDirectory(folder.resolve("none")));

        assertThatThrownBy(() -> new RemoveRuns(none.workspace()).remove(List.of("c1"), true))
                .isInstanceOf(NothingFound.class);
        assertThat(none.historyFile()).doesNotExist();
    }

    // ---- old runs

    @ParameterizedTest(name = "{0} days and {1} runs leave {2}")
    @CsvSource({"0,1,1", "0,5,5", "0,0,0", "10000,0,12", "0,100,12"})
    void old_runs_go_beyond_both_limits(int days, int runs, int left) throws IOException {
        new PruneHistory(files.workspace()).prune(PruneHistory.Rules.ofRuns(days, runs), true);

        assertThat(commits()).hasSize(left);
        if (left > 0) {
            assertThat(commits()).endsWith("c" + (HISTORY - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void each_environment_and_branch_keeps_its_own(int kept) throws IOException {
        for (int i = 0; i < 4; i++) {
            files.record(
                    files.healthy(i).in("other").file(),
                    files.healthy(i).on("topic").file());
        }

        new PruneHistory(files.workspace()).prune(PruneHistory.Rules.ofRuns(0, kept), true);

        assertThat(files.series().stream().mapToInt(series -> series.points().size()))
                .allMatch(points -> points == kept);
        assertThat(commits()).hasSize(3 * kept);
    }
}
