package dev.plumbline.pipeline.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineQuality;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.QualityCheck;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.baseline.EstablishBaselines.Source;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What baselines are established on, how they go on, and how they are looked at. */
class EstablishBaselinesTest {
    private static final Author ANN = new Author("ann", "release");
    private static final int HISTORY = 20;

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

    private EstablishBaselines.Outcome establish(Source source) throws IOException {
        return establish("default", source);
    }

    private EstablishBaselines.Outcome establish(String name, Source source) throws IOException {
        return new EstablishBaselines(files.workspace(), name, BaselineSettings.DEFAULT, ANN, Progress.SILENT)
                .establish(source);
    }

    private EstablishBaselines.Outcome establish() throws IOException {
        return establish(new Source.History(SeriesQuery.all()));
    }

    private static Source.History of(String benchmark) {
        return new Source.History(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(benchmark)));
    }

    private List<EstablishedBaseline> newest(String name) throws IOException {
        return new ReadVersion(files.workspace())
                .read(name, OptionalInt.empty())
                .baselines();
    }

    private EstablishedBaseline fast() throws IOException {
        return newest("default").stream()
                .filter(one -> one.key().benchmark().name().equals("fast"))
                .findFirst()
                .orElseThrow();
    }

    private void assertNoVersion() {
        try (RunStore store = files.workspace().open()) {
            assertThat(store.baselines().newest()).isEmpty();
        }
    }

    // ---- on what

    @Test
    void a_benchmark_alone_is_established_and_the_baselines_of_others_stay() throws IOException {
        establish();
        for (int i = HISTORY; i < HISTORY + 3; i++) {
            files.record(files.healthy(i).file());
        }

        EstablishBaselines.Outcome outcome = establish(of("fast"));

        assertThat(outcome.establishments())
                .extracting(one -> one.key().benchmark().name())
                .containsExactly("fast");
        assertThat(newest("default")).hasSize(2);
        assertThat(fast().runs()).hasSize(HISTORY + 3);
        assertThat(newest("default").get(1).runs()).hasSize(HISTORY);
    }

    @Test
    void the_branch_that_others_are_judged_against_counts_unless_another_is_named() throws IOException {
        for (int i = 0; i < 6; i++) {
            files.record(files.run(i).on("topic").with("fast", 300 + i).file());
        }

        establish();
        establish("topic", new Source.History(SeriesQuery.all().onBranch("topic")));

        assertThat(newest("default")).allMatch(one -> one.key().branch().equals("main"));
        assertThat(newest("topic"))
                .singleElement()
                .satisfies(one -> assertThat(one.statistics().mean()).isGreaterThan(290));
        assertThatThrownBy(() -> establish(new Source.History(SeriesQuery.all().onBranch("none"))))
                .isInstanceOf(NothingFound.class)
                .hasMessageStartingWith("nothing on none; the history has main, topic");
    }

    @Test
    void runs_are_named_by_the_beginning_of_their_ids() throws IOException {
        String id;
        try (RunStore store = files.workspace().open()) {
            id = store.runs(RunQuery.all().newest(1)).get(0).id();
        }

        establish(new Source.Runs(List.of(id.substring(0, 9))));

        assertThat(fast().runs()).extracting(run -> run.commit()).containsExactly("c" + (HISTORY - 1));
        assertThat(fast().provenance().origin()).isEqualTo("run " + id.substring(0, 9));
    }

    @ParameterizedTest
    @CsvSource({
        "zzz,no run has an id that begins with zzz",
        "'',an empty string names no run; give the beginning of its id",
    })
    void a_run_that_is_not_there_is_answered(String id, String message) {
        assertThatThrownBy(() -> establish(new Source.Runs(List.of(id))))
                .isInstanceOf(NothingFound.class)
                .hasMessage(message);
        assertNoVersion();
    }

    @Test
    void a_beginning_of_several_ids_is_ambiguous() {
        String digit;
        try (RunStore store = files.workspace().open()) {
            List<String> first = store.runs(RunQuery.all()).stream()
                    .map(run -> run.id().substring(0, 1))
                    .toList();
            digit = first.stream()
                    .filter(one -> first.indexOf(one) != first.lastIndexOf(one))
                    .findFirst()
                    .orElseThrow();
        }

        assertThatThrownBy(() -> establish(new Source.Runs(List.of(digit))))
                .isInstanceOf(NothingFound.class)
                .hasMessageMatching("ambiguous run: \\d+ runs have an id that begins with " + digit);
    }

    @Test
    void a_revision_is_all_its_clean_runs() throws IOException {
        files.record(files.run(7).with("fast", 101).with("slow", 501).file());

        EstablishBaselines.Outcome outcome = establish(new Source.OfRevision("c7"));

        assertThat(fast().runs()).hasSize(2);
        assertThat(outcome.trusted()).isFalse();
        assertThat(outcome.warnings().get(0)).isEqualTo("none of the 2 baselines can be trusted yet");
        assertThat(fast().provenance().origin()).isEqualTo("revision c7");
    }

    @Test
    void a_revision_that_nobody_measured_is_answered_with_the_nearest_in_one_sentence() throws IOException {
        GitFolder repository = new GitFolder(folder);
        String commit = repository.commit("a", "1");
        repository.git("tag", "v1");

        assertThatThrownBy(() -> establish(new Source.OfRevision("v1")))
                .isInstanceOf(NothingFound.class)
                .hasMessage("no run in the history measured v1, which is commit " + commit);
        assertThatThrownBy(() -> establish(new Source.OfRevision(commit.substring(0, 9))))
                .isInstanceOf(NothingFound.class)
                .hasMessage("no run in the history measured " + commit.substring(0, 9) + ", which is commit " + commit);
        assertThatThrownBy(() -> establish(new Source.OfRevision("v2")))
                .isInstanceOf(NothingFound.class)
                .hasMessage("no run in the history measured v2; did you mean \"v1\"?");
        assertNoVersion();
    }

    @Test
    void files_are_not_added_to_the_history_and_those_that_cannot_be_read_make_no_version() throws IOException {
        Path good = files.run(50).with("fast", 100).with("slow", 500).file();
        Path broken = files.write("broken.csv", "benchmark,value,unit\nhalf,\"2");

        assertThatThrownBy(() ->
                        establish(new Source.ResultFiles(List.of(good, broken), Overrides.NONE, Optional.empty())))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("broken.csv");
        assertNoVersion();
        assertThatThrownBy(() -> establish(
                        new Source.ResultFiles(List.of(folder.resolve("none.csv")), Overrides.NONE, Optional.empty())))
                .isInstanceOf(NoSuchFileException.class);

        establish(new Source.ResultFiles(List.of(good), Overrides.NONE, Optional.empty()));

        assertThat(newest("default")).hasSize(2);
        assertThat(files.series()).allMatch(series -> series.points().size() == HISTORY);
    }

    // ---- how they go on

    @Test
    void a_regression_that_nobody_accepted_keeps_a_baseline_where_it_is() throws IOException {
        establish();
        double before = fast().statistics().mean();
        for (int i = HISTORY; i < HISTORY + 8; i++) {
            files.check(files.run(i)
                    .with("fast", 125 + 0.2 * (i % 3))
                    .with("slow", 500 + i % 4)
                    .file());
        }

        EstablishBaselines.Outcome outcome = establish(of("fast"));

        assertThat(outcome.isNew()).isFalse();
        assertThat(outcome.establishments())
                .extracting(Establishment::outcome)
                .containsExactly(Establishment.Outcome.KEPT);
        assertThat(fast().statistics().mean()).isEqualTo(before);
    }

    @Test
    void an_improvement_moves_a_baseline_once_it_has_held() throws IOException {
        establish();
        for (int i = HISTORY; i < HISTORY + 8; i++) {
            files.check(files.run(i)
                    .with("fast", 70 + 0.2 * (i % 3))
                    .with("slow", 500 + i % 4)
                    .file());
        }

        assertThat(establish(of("fast")).establishments())
                .extracting(Establishment::outcome)
                .containsExactly(Establishment.Outcome.IMPROVED);
        assertThat(fast().statistics().mean()).isBetween(69.0, 72.0);
    }

    @Test
    void a_baseline_on_far_fewer_runs_than_before_is_warned_of_with_the_way_back() throws IOException {
        establish();

        EstablishBaselines.Outcome outcome = establish(new Source.OfRevision("c3"));

        assertThat(outcome.warnings().get(0))
                .isEqualTo("fast is based on 1 run instead of 20, and so do 1 more: too few to estimate the noise;"
                        + " plumb baseline rollback --name default restores the earlier version");
    }

    @Test
    void versions_say_how_they_came_about_and_an_old_one_comes_back_as_a_new_one() throws IOException {
        establish();
        List<EstablishedBaseline> first = newest("default");
        establish(new Source.OfRevision("c3"));
        new RollBackBaselines(files.workspace(), "default", ANN).rollBack(OptionalInt.of(1));
        new ResetBaselines(files.workspace(), "default", ANN).reset(Optional.of(new BenchmarkPattern("slow")));

        List<VersionInfo> versions = new ListVersions(files.workspace()).list("default");
        assertThat(versions).extracting(VersionInfo::number).containsExactly(1, 2, 3, 4);
        assertThat(versions)
                .extracting(VersionInfo::change)
                .containsExactly(
                        BaselineChange.ESTABLISHED,
                        BaselineChange.ESTABLISHED,
                        BaselineChange.ROLLED_BACK,
                        BaselineChange.RESET);
        assertThat(new ReadVersion(files.workspace())
                        .read("default", OptionalInt.of(3))
                        .baselines())
                .isEqualTo(first);
        assertThat(newest("default"))
                .extracting(one -> one.key().benchmark().name())
                .containsExactly("fast");
    }

    @Test
    void baselines_that_are_reset_without_a_name_are_all_gone_and_an_empty_name_resets_none() throws IOException {
        establish();
        ResetBaselines reset = new ResetBaselines(files.workspace(), "default", ANN);

        assertThatThrownBy(() -> reset.reset(Optional.of(new BenchmarkPattern(""))))
                .isInstanceOf(NothingFound.class);
        assertThat(newest("default")).hasSize(2);

        reset.reset(Optional.empty());
        assertThat(newest("default")).isEmpty();
        assertThatThrownBy(() -> reset.reset(Optional.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("nothing was removed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "a@1", "\u0000", "a b\n"})
    void what_cannot_be_the_name_of_baselines_is_refused(String name) {
        assertThatThrownBy(() ->
                        new EstablishBaselines(files.workspace(), name, BaselineSettings.DEFAULT, ANN, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void without_a_history_there_is_nothing_to_establish_on() throws IOException {
        ResultFiles none = new ResultFiles(Files.createDirectory(folder.resolve("none")));

        for (Source source : List.of(
                new Source.History(SeriesQuery.all()), new Source.Runs(List.of("a")), new Source.OfRevision("c1"))) {
            assertThatThrownBy(() -> new EstablishBaselines(
                                    none.workspace(), "default", BaselineSettings.DEFAULT, ANN, Progress.SILENT)
                            .establish(source))
                    .isInstanceOf(NothingFound.class);
        }
        assertThat(none.historyFile()).doesNotExist();
    }

    // ---- looked at

    private ValidateBaselines validating(Instant now) {
        return new ValidateBaselines(
                Workspace.of(folder, Map.of(), Clock.fixed(now, ZoneOffset.UTC), Optional.of(files.historyFile())),
                BaselineSettings.DEFAULT);
    }

    @Test
    void fresh_baselines_of_a_quiet_history_are_valid_and_too_old_ones_are_not() throws IOException {
        establish();
        Instant measured = ResultFiles.NOON.minusSeconds(3600L * (1000 - HISTORY));

        ValidateBaselines.Outcome fresh =
                validating(measured.plus(Duration.ofDays(1))).validate(Optional.empty(), "default");
        ValidateBaselines.Outcome old =
                validating(measured.plus(Duration.ofDays(91))).validate(Optional.empty(), "default");

        assertThat(fresh.valid()).isEqualTo(2);
        assertThat(old.valid()).isZero();
        assertThat(old.qualities())
                .flatExtracting(BaselineQuality::failures)
                .extracting(QualityCheck::kind)
                .containsOnly(QualityCheck.Kind.AGE, QualityCheck.Kind.ENVIRONMENT);
    }

    @Test
    void looking_at_a_folder_or_at_one_benchmark_is_not_remembered() throws IOException {
        establish();
        new ExportBaselines(files.workspace()).export("default", OptionalInt.empty(), Path.of("exported"));
        byte[] before = Files.readAllBytes(files.historyFile());

        ValidateBaselines validating = new ValidateBaselines(files.workspace(), BaselineSettings.DEFAULT);
        assertThat(validating.validate(Optional.of("exported"), "default").qualities())
                .hasSize(2);
        assertThat(validating.validate(Optional.of("fast"), "default").qualities())
                .hasSize(1);
        assertThat(Arrays.equals(Files.readAllBytes(files.historyFile()), before))
                .isTrue();

        validating.validate(Optional.of("default@1"), "default");
        assertThat(Arrays.equals(Files.readAllBytes(files.historyFile()), before))
                .as("a whole version is")
                .isFalse();
    }
}
