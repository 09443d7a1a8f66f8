package dev.plumbline.pipeline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs, and which benchmarks, a person means. */
class RunSelectorTest {
    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void emptyHistory() {
        files = new ResultFiles(folder);
    }

    private List<RunInfo> runs(Function<RunSelector, List<RunInfo>> question) {
        try (RunStore store = files.workspace().open()) {
            return question.apply(new RunSelector(store));
        }
    }

    private Optional<String> others(List<RunInfo> shown) {
        try (RunStore store = files.workspace().open()) {
            return new RunSelector(store).otherSuites(shown, "plumb report");
        }
    }

    private void record(int second, Path file) throws IOException {
        Workspace then = Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(ResultFiles.NOON.plusSeconds(second), ZoneOffset.UTC),
                Optional.of(files.historyFile()));
        new RecordResults(then, ReadingSettings.DEFAULT, Progress.SILENT).record(List.of(file));
    }

    private static List<String> reported(List<RunInfo> runs) {
        return runs.stream()
                .map(run -> run.header().revision().commit() + " "
                        + run.header().revision().branch() + " "
                        + run.header().environment().key())
                .sorted()
                .toList();
    }

    @Test
    void the_revision_that_was_recorded_last_comes_with_every_suite_and_environment() throws IOException {
        record(1, files.run(5).with("one", 1).file());
        record(2, files.run(3).with("one", 1).in("other").file());
        record(3, files.run(3).with("two", 1).file());
        record(4, files.run(3).with("one", 1).file());

        assertThat(reported(runs(selector -> selector.recordedLast())))
                .containsExactly("c3 main lab", "c3 main lab", "c3 main other");
        assertThat(reported(runs(selector -> selector.newest()))).containsExactly("c5 main lab");
    }

    @Test
    void of_the_same_suite_the_newest_run_of_a_commit_stands() throws IOException {
        files.record(files.run(3).with("one", 1).file());
        files.record(files.run(3).with("one", 2).file());

        assertThat(runs(selector -> selector.recordedLast())).hasSize(1);
    }

    @Test
    void a_branch_has_its_own_newest_run() throws IOException {
        files.record(files.run(1).with("one", 1).file());
        files.record(files.run(2).with("one", 1).on("feature").file());
        files.record(files.run(3).with("two", 1).file());

        assertThat(reported(runs(selector -> selector.recordedLastOn("feature"))))
                .containsExactly("c2 feature lab");
        assertThat(reported(runs(selector -> selector.newestOn("main")))).containsExactly("c3 main lab");
        assertThat(runs(selector -> selector.newestOn("nowhere"))).isEmpty();
        assertThat(reported(
                        runs(selector -> selector.recordedLastWith(new BenchmarkPattern("one"), Optional.of("main")))))
                .containsExactly("c1 main lab");
        assertThat(reported(runs(selector -> selector.newestWith(new BenchmarkPattern("one")))))
                .containsExactly("c2 feature lab");
        assertThat(runs(selector -> selector.newestWith(new BenchmarkPattern("three"))))
                .isEmpty();
    }

    @Test
    void a_run_is_named_by_the_beginning_of_its_id_or_of_its_commit() throws IOException {
        files.record(files.run(1).with("one", 1).file());
        files.record(files.run(12).with("one", 1).file());
        String id = runs(selector -> selector.newestOn("main")).get(0).id();

        assertThat(reported(runs(selector -> selector.named(id.substring(0, 8)))))
                .containsExactly("c12 main lab");
        assertThat(reported(runs(selector -> selector.named("c12")))).containsExactly("c12 main lab");
        assertThat(reported(runs(selector -> selector.named("c1")))).containsExactly("c1 main lab");
        assertThat(runs(selector -> selector.named("c12", Optional.of("feature"))))
                .isEmpty();
        assertThat(runs(selector -> selector.named("zzz"))).isEmpty();
    }

    @Test
    void other_suites_of_the_history_are_told_with_a_command() throws IOException {
        files.record(files.run(1).with("two", 1).with("three", 1).file());
        files.record(files.run(2).with("one", 1).file());
        List<RunInfo> shown = runs(selector -> selector.recordedLast());

        assertThat(others(shown).orElseThrow()).contains("plumb report --run ").contains("three and 1 more");
        files.record(files.run(3).with("one", 1).with("two", 1).with("three", 1).file());
        assertThat(others(runs(RunSelector::recordedLast))).isEmpty();
    }

    @Test
    void an_empty_history_has_no_run() {
        assertThat(runs(selector -> selector.recordedLast())).isEmpty();
        assertThat(runs(selector -> selector.newest())).isEmpty();
        assertThat(others(List.of())).isEmpty();
    }

    private NameSelector name(String text) throws IOException {
        try (RunStore store = files.workspace().open()) {
            return NameSelector.of(store, text);
        }
    }

    @Test
    void a_benchmark_is_meant_by_its_whole_name_first() throws IOException {
        files.record(files.run(1)
                .with("org.Sort.quick", 1)
                .with("org.Sort.merge", 1)
                .with("net.Sort.merge", 1)
                .with("quick", 1)
                .file());

        assertThat(name("quick").name()).isEqualTo("quick");
        assertThat(name("ORG.SORT.QUICK").name()).isEqualTo("org.Sort.quick");
        assertThat(name("Sort.quick").name()).isEqualTo("org.Sort.quick");
        assertThat(name("Sort.quick").prefix()).isEqualTo("org.");
        assertThatThrownBy(() -> name("Sort.merge"))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("Sort.merge is 2 benchmarks")
                .hasMessageContaining("net.Sort.merge");
        assertThatThrownBy(() -> name("erg"))
                .as("a part of a name changes nothing")
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("did you mean");
        assertThatThrownBy(() -> name("nowhere")).isInstanceOf(NothingFound.class);
    }

    @Test
    void a_benchmark_that_is_not_there_is_told_in_its_kind() throws IOException {
        files.record(files.run(1).with("Sort.quick", 1).file());

        assertThatThrownBy(() -> BenchmarkSelector.check(files.workspace(), new BenchmarkPattern("Sort.quik")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("did you mean Sort.quick?");
        assertThatThrownBy(() -> BenchmarkSelector.check(files.workspace(), new BenchmarkPattern("time")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("not a benchmark but a metric")
                .hasMessageContaining("--metric time");
        assertThatThrownBy(() -> BenchmarkSelector.check(files.workspace(), new BenchmarkPattern("uick*")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("try '*uick*'");
        BenchmarkSelector.check(files.workspace(), new BenchmarkPattern("*quick"));
    }

    @Test
    void who_names_no_branch_means_the_main_one() throws IOException {
        files.history(3);
        files.record(files.healthy(3).on("a").file());
        files.record(files.healthy(3).on("b").file());

        BranchSelector branches = BranchSelector.of(files.workspace(), SeriesQuery.all());

        assertThat(branches.queries()).containsExactly(SeriesQuery.all().onBranch("main"));
        assertThat(branches.words()).hasValue("and 4 series on 2 other branches: --branch a, b");
        assertThat(BranchSelector.of(files.workspace(), SeriesQuery.all().onBranch("a"))
                        .words())
                .isEmpty();
        assertThat(BranchSelector.of(files.workspace(), SeriesQuery.all().ofBenchmark(new BenchmarkPattern("nowhere")))
                        .words())
                .isEmpty();
    }
}
