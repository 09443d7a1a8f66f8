package dev.plumbline.pipeline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.history.ExplainNoSeries;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.threshold.ReadThresholds;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names mean that people type, and how those are answered that mean nothing. */
class SelectorsTest {
    @TempDir
    private static Path shared;

    private static ResultFiles template;

    @TempDir
    private Path folder;

    private ResultFiles files;
    private RunStore store;

    @BeforeAll
    static void aHistory() throws IOException {
        template = new ResultFiles(shared);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(template.run(i)
                    .with("org.example.Sort.quick", 10 + i)
                    .with("org.example.Sort.merge", 20 + i)
                    .with("org.example.Search.binary", 30 + i));
            runs.add(template.run(i).in("laptop").on("feature").with("org.example.Sort.quick", 40 + i));
        }
        template.record(template.together(runs));
    }

    @BeforeEach
    void aCopy() throws IOException {
        files = ResultFiles.withHistoryOf(template, folder);
        store = files.workspace().open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SeriesQuery of(String benchmark) {
        return SeriesQuery.all().ofBenchmark(new BenchmarkPattern(benchmark));
    }

    // ---- benchmarks

    @ParameterizedTest
    @ValueSource(
            strings = {"org.example.Sort.quick", "Sort.quick", "sort", "quick", "*Sort*", "org.*.binary", "…quick"})
    void a_name_a_part_of_it_and_a_pattern_are_known(String text) {
        assertThatCode(() -> BenchmarkSelector.check(of(text), store)).doesNotThrowAnyException();
        assertThat(BenchmarkSelector.hint(text, store, "plumb history")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Sort.qiuck  | no benchmark in the history is named Sort.qiuck; did you mean org.example.Sort.quick?
        Crc.update  | no benchmark in the history is named Crc.update; list them with plumb history
        Sort*       | no benchmark in the history matches Sort*: a pattern must match the whole name; try '*Sort*'
        *.Sort      | no benchmark in the history matches *.Sort: a pattern must match the whole name; try '*.Sort*'
        *Crc*       | no benchmark in the history matches *Crc*; list them with plumb history
        time        | time is not a benchmark but a metric of 3 benchmarks, such as org.example.Search.binary: \
        plumb history --metric time
        TIME        | TIME is not a benchmark but a metric of 3 benchmarks
        i0123abcd   | i0123abcd is not a benchmark; plumb incidents i0123abcd shows an incident
        """)
    void a_name_that_means_nothing_is_answered_in_its_kind(String text, String message) {
        assertThatThrownBy(() -> BenchmarkSelector.check(of(text), store))
                .isInstanceOf(NothingFound.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void no_more_than_three_near_names_are_listed_the_nearest_first() throws IOException {
        for (int i = 0; i < 9; i++) {
            files.record(files.run(50 + i).with("org.example.Parse.step" + i, 1).file());
        }

        assertThatThrownBy(() -> BenchmarkSelector.check(of("Pase.step1"), store))
                .hasMessage("no benchmark in the history is named Pase.step1; did you mean"
                        + " org.example.Parse.step1 or org.example.Parse.step0 or org.example.Parse.step2?"
                        + " list them with plumb history");
    }

    @Test
    void an_empty_history_knows_no_better_and_a_question_for_all_is_never_refused() throws IOException {
        ResultFiles empty = new ResultFiles(Files.createDirectory(folder.resolve("empty")));
        try (RunStore none = empty.workspace().open()) {
            assertThatCode(() -> BenchmarkSelector.check(of("x"), none)).doesNotThrowAnyException();
        }
        assertThatCode(() -> BenchmarkSelector.check(SeriesQuery.all(), store)).doesNotThrowAnyException();
        assertThatCode(() -> BenchmarkSelector.check(
                        new ResultFiles(folder.resolve("none")).workspace(), new BenchmarkPattern("x")))
                .as("no history at all")
                .doesNotThrowAnyException();
    }

    @Test
    void of_files_the_first_benchmark_is_named() {
        List<SeriesKey> keys = List.of(
                new SeriesKey(Benchmark.of("a.First"), "time", "lab", "main"),
                new SeriesKey(Benchmark.of("b.Second"), "rate", "lab", "main"));

        assertThatThrownBy(() -> BenchmarkSelector.check(of("nothing"), keys))
                .hasMessage("no benchmark in the files is named nothing; the first one is a.First");
        assertThatThrownBy(() -> BenchmarkSelector.check(of("rate"), keys))
                .hasMessage("rate is not a benchmark but a metric of b.Second: --metric rate");
        assertThatCode(() -> BenchmarkSelector.check(of("second"), keys)).doesNotThrowAnyException();
        assertThatCode(() -> BenchmarkSelector.check(of("nothing"), List.of())).doesNotThrowAnyException();
    }

    // ---- metrics, environments, branches

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        metric      | tiem   | no series has the metric tiem; there is time; did you mean "time"?
        environment | lbatop | no series has the environment lbatop; there are lab, laptop; did you mean "laptop"?
        branch      | mian   | no series has the branch mian; there are feature, main; did you mean "main"?
        branch      | other  | no series has the branch other; there are feature, main
        """)
    void a_metric_an_environment_or_a_branch_that_is_not_there_is_answered_with_those_that_are(
            String what, String name, String message) {
        SeriesQuery query =
                switch (what) {
                    case "metric" -> SeriesQuery.all().ofMetric(name);
                    case "environment" -> SeriesQuery.all().inEnvironment(name);
                    default -> SeriesQuery.all().onBranch(name);
                };

        assertThatThrownBy(() -> SeriesSelector.check(query, store.keys(SeriesQuery.all())))
                .isInstanceOf(NothingFound.class)
                .hasMessage(message);
    }

    @Test
    void of_a_benchmark_only_what_it_has_is_listed() {
        assertThatThrownBy(() ->
                        SeriesSelector.check(of("Search.binary").onBranch("feature"), store.keys(SeriesQuery.all())))
                .hasMessage("no series has the branch feature; there is main");
        assertThatCode(() -> SeriesSelector.check(of("Sort.quick").onBranch("feature"), store.keys(SeriesQuery.all())))
                .doesNotThrowAnyException();
    }

    @Test
    void more_than_five_names_are_counted() throws IOException {
        for (int i = 0; i < 6; i++) {
            files.record(files.run(60 + i)
                    .in("env" + i)
                    .with("org.example.Sort.quick", 1)
                    .file());
        }

        assertThatThrownBy(() -> SeriesSelector.check(
                        SeriesQuery.all().inEnvironment("nowhere-near"), store.keys(SeriesQuery.all())))
                .hasMessage("no series has the environment nowhere-near; there are env0, env1, env2, env3, env4 and 3"
                        + " more");
    }

    @Test
    void where_the_benchmark_itself_is_unknown_that_is_the_answer_and_no_empty_list() {
        List<ThrowableAssert.ThrowingCallable> questions = List.of(
                () -> new ExplainNoSeries(files.workspace())
                        .explain(of("Sort.qiuck").onBranch("main")),
                () -> thresholds("Sort.qiuck", Optional.of("time")),
                () -> thresholds("Sort.qiuck", Optional.empty()));

        assertThat(questions).allSatisfy(question -> assertThatThrownBy(question)
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("is named Sort.qiuck; did you mean org.example.Sort.quick?"));
        assertThatThrownBy(() -> thresholds("Sort.quick", Optional.of("tiem")))
                .hasMessage("no series has the metric tiem; there is time; did you mean \"time\"?");
    }

    private void thresholds(String benchmark, Optional<String> metric) throws IOException {
        new ReadThresholds(files.workspace(), new Thresholds(Policy.DEFAULT, List.of()), Replay.Settings.DEFAULT)
                .read(
                        new ReadThresholds.Wanted(
                                new BenchmarkPattern(benchmark), metric, Optional.empty(), Optional.empty()),
                        false,
                        Progress.SILENT);
    }

    // ---- short names of options

    private static GatePolicy muting(String option, String benchmark) {
        return GatePolicy.DEFAULT.withRules(List.of(new GateRule(
                option, Optional.of(new NamePattern(benchmark)), Optional.empty(), GateRule.Weight.MUTED)));
    }

    private String resolved(String option, String benchmark) throws IOException {
        return RuleNames.resolved(muting(option, benchmark), store)
                .rules()
                .get(0)
                .benchmark()
                .orElseThrow()
                .text();
    }

    @Test
    void a_short_name_of_an_option_becomes_the_whole_one_and_all_else_stays() throws IOException {
        assertThat(resolved("--muted", "Sort.quick")).isEqualTo("org.example.Sort.quick");
        assertThat(resolved("--muted", "org.example.Sort.quick")).isEqualTo("org.example.Sort.quick");
        assertThat(resolved("--muted", "*quick")).isEqualTo("*quick");
        assertThat(resolved("--muted", "Crc.update")).isEqualTo("Crc.update");
        assertThat(resolved("plumbline.yaml:3:5", "Sort.quick"))
                .as("of the file")
                .isEqualTo("Sort.quick");
    }

    @Test
    void a_short_name_of_several_benchmarks_is_refused_with_some_of_them() throws IOException {
        for (int i = 0; i < 7; i++) {
            files.record(files.run(70 + i).with("p" + i + ".Map.get", 1).file());
        }

        assertThatThrownBy(() -> resolved("--critical", "Map.get"))
                .isInstanceOf(WrongRequest.class)
                .hasMessage("--critical Map.get is 7 benchmarks: p0.Map.get, p1.Map.get, p2.Map.get, p3.Map.get,"
                        + " p4.Map.get and 2 more; name one of them, or all with a pattern such as '*Map.get'");
    }

    @Test
    void without_a_history_names_stay_and_nothing_is_begun() throws IOException {
        ResultFiles none = new ResultFiles(Files.createDirectory(folder.resolve("none")));

        assertThat(RuleNames.resolved(muting("--muted", "Sort.quick"), none.workspace()))
                .isEqualTo(muting("--muted", "Sort.quick"));
        assertThat(none.historyFile()).doesNotExist();
    }

    // ---- branches

    @Test
    void branches_come_with_the_one_first_that_has_the_most_runs_and_of_equals_the_last_measured() throws IOException {
        assertThat(HistoryBranches.of(store).all()).hasSize(2);
        files.record(files.run(5).on("z").with("org.example.Sort.quick", 1).file());
        files.record(files.run(6).on("a").with("org.example.Sort.quick", 1).file());
        files.record(files.run(7).on("main").with("org.example.Sort.quick", 1).file());

        assertThat(HistoryBranches.of(store).all()).containsExactly("main", "feature", "a", "z");
        assertThat(HistoryBranches.of(store).longest()).hasValue("main");
    }

    @Test
    void a_commit_without_a_branch_is_never_the_main_branch() throws IOException {
        ResultFiles alone = new ResultFiles(Files.createDirectory(folder.resolve("alone")));
        for (int i = 0; i < 4; i++) {
            alone.record(alone.run(i).on("detached-0123456789").with("x", 1 + i).file());
        }
        alone.record(alone.run(9).on("work").with("x", 9).file());
        try (RunStore some = alone.workspace().open()) {
            assertThat(HistoryBranches.of(some).longest()).hasValue("work");
            assertThat(alone.workspace().baseBranch(some)).isEqualTo("work");
        }
    }

    @Test
    void a_branch_without_runs_is_answered_with_those_that_have_some() throws IOException {
        for (int i = 0; i < 5; i++) {
            files.record(files.run(80 + i)
                    .on("b" + i)
                    .with("org.example.Sort.quick", 1)
                    .file());
        }

        assertThatThrownBy(() -> HistoryBranches.of(store).check("release"))
                .isInstanceOf(NothingFound.class)
                .hasMessageMatching(
                        "nothing on release; the history has (\\S+, ){4}\\S+ and 2 more: --branch (main|feature)");
        assertThatThrownBy(() -> HistoryBranches.none().check("main"))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no series found");
    }

    @Test
    void who_names_a_branch_gets_it_alone_and_who_names_none_hears_of_the_others() throws IOException {
        BranchSelector named =
                BranchSelector.of(files.workspace(), SeriesQuery.all().onBranch("feature"));
        BranchSelector none = BranchSelector.of(files.workspace(), SeriesQuery.all());

        assertThat(named.queries()).hasSize(1);
        assertThat(named.words()).isEmpty();
        assertThat(none.queries()).extracting(SeriesQuery::branch).containsExactly(Optional.of("main"));
        assertThat(none.words()).hasValue("and 1 series on another branch: --branch feature");
        assertThat(BranchSelector.of(files.workspace(), of("Search.binary")).words())
                .isEmpty();
        for (String branch : List.of("w", "x", "y")) {
            files.record(
                    files.run(90).on(branch).with("org.example.Sort.quick", 1).file());
        }
        assertThat(BranchSelector.of(files.workspace(), SeriesQuery.all()).words())
                .hasValue("and 4 series on 4 other branches: --branch feature, w, x, …");
    }

    @Test
    void where_neither_the_main_branch_nor_the_checked_out_one_has_what_is_asked_for_all_branches_are_meant()
            throws IOException {
        files.record(files.run(95).on("topic").with("org.example.OnlyHere.x", 1).file());

        BranchSelector selected = BranchSelector.of(files.workspace(), of("OnlyHere"));

        assertThat(selected.queries()).extracting(SeriesQuery::branch).containsExactly(Optional.empty());
    }
}
