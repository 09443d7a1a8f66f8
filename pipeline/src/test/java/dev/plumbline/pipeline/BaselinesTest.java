package dev.plumbline.pipeline;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.Establishment.Outcome;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.annotate.AcceptChanges;
import dev.plumbline.pipeline.annotate.ListAcceptances;
import dev.plumbline.pipeline.annotate.RevokeAcceptance;
import dev.plumbline.pipeline.baseline.EstablishBaselines;
import dev.plumbline.pipeline.baseline.EstablishBaselines.Source;
import dev.plumbline.pipeline.baseline.ExportBaselines;
import dev.plumbline.pipeline.baseline.ImportBaselines;
import dev.plumbline.pipeline.baseline.ListVersions;
import dev.plumbline.pipeline.baseline.ReadVersion;
import dev.plumbline.pipeline.baseline.ResetBaselines;
import dev.plumbline.pipeline.baseline.RollBackBaselines;
import dev.plumbline.pipeline.baseline.ValidateBaselines;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import dev.plumbline.pipeline.threshold.ReadThresholds;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.content.SeriesDetail;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselinesTest {
    private static final Author ANN = new Author("ann", "because");

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void thirtyHealthyRuns() throws IOException {
        files = new ResultFiles(folder);
        files.history(30);
    }

    private EstablishBaselines.Outcome establish() throws IOException {
        return establisher().establish(new Source.History(SeriesQuery.all()));
    }

    private EstablishBaselines establisher() {
        return establisher("default");
    }

    private EstablishBaselines establisher(String name) {
        return new EstablishBaselines(files.workspace(), name, BaselineSettings.DEFAULT, ANN, Progress.SILENT);
    }

    private BaselineVersion newest() throws IOException {
        return newest("default");
    }

    private BaselineVersion newest(String name) throws IOException {
        return new ReadVersion(files.workspace()).read(name, OptionalInt.empty());
    }

    private double median(String benchmark) throws IOException {
        return newest().baselines().stream()
                .filter(baseline -> baseline.key().benchmark().name().equals(benchmark))
                .findFirst()
                .orElseThrow()
                .statistics()
                .median();
    }

    private Report check(Workspace workspace, Optional<String> baseline, Path... results) throws IOException {
        return new CheckResults(
                        workspace,
                        ReadingSettings.DEFAULT,
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        CheckResults.Options.of(Optional.empty(), baseline),
                        Progress.SILENT)
                .check(List.of(results), false)
                .report();
    }

    private Workspace at(Instant time) {
        return Workspace.of(folder, Map.of(), Clock.fixed(time, ZoneOffset.UTC), Optional.of(files.historyFile()));
    }

    private Path slow(int index) {
        return files.run(index)
                .with("fast", 120 + 0.3 * (index % 4))
                .with("slow", 500 + 0.5 * (index % 5))
                .file();
    }

    private AcceptChanges changes() {
        return changes("default");
    }

    private AcceptChanges changes(String name) {
        return new AcceptChanges(files.workspace(), name, BaselineSettings.DEFAULT, ANN);
    }

    private long badPoints() {
        return files.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(Point::judgedBad)
                .count();
    }

    // ---- versions

    @Test
    void every_change_is_a_version_and_earlier_ones_can_be_taken_back() throws IOException {
        VersionInfo first = establish().version();
        files.record(files.healthy(30).file());
        establish();
        VersionInfo back = new RollBackBaselines(files.workspace(), "default", ANN).rollBack(OptionalInt.of(1));
        VersionInfo reset =
                new ResetBaselines(files.workspace(), "default", ANN).reset(Optional.of(new BenchmarkPattern("fast")));

        assertThat(first.number()).isEqualTo(1);
        assertThat(new ListVersions(files.workspace()).list("default"))
                .extracting(VersionInfo::change)
                .containsExactly(
                        BaselineChange.ESTABLISHED,
                        BaselineChange.ESTABLISHED,
                        BaselineChange.ROLLED_BACK,
                        BaselineChange.RESET);
        assertThat(new ReadVersion(files.workspace())
                        .read("default", OptionalInt.of(3))
                        .baselines())
                .isEqualTo(new ReadVersion(files.workspace())
                        .read("default", OptionalInt.of(1))
                        .baselines());
        assertThat(back.number()).isEqualTo(3);
        assertThat(reset.series()).isEqualTo(1);
    }

    @Test
    void nothing_new_makes_no_version() throws IOException {
        establish();
        EstablishBaselines.Outcome again = establish();

        assertThat(again.isNew()).isFalse();
        assertThat(again.version().number()).isEqualTo(1);
    }

    @Test
    void baselines_come_from_runs_revisions_and_files_too() throws IOException {
        assertThat(establisher().establish(new Source.OfRevision("c7")).establishments())
                .allMatch(one -> one.baseline().orElseThrow().runs().size() == 1);
        String id = newest().baselines().get(0).last().id();
        assertThat(establisher()
                        .establish(new Source.Runs(List.of(id.substring(0, 10))))
                        .version()
                        .provenance()
                        .origin())
                .isEqualTo("run " + id.substring(0, 10));
        Path file = files.run(99).with("fast", 90).file();
        establisher().establish(new Source.ResultFiles(List.of(file), Overrides.NONE, Optional.empty()));

        assertThat(median("fast")).isEqualTo(90);
        assertThat(median("slow")).as("not in the file").isEqualTo(500, within(10.0));
        assertThatThrownBy(() -> establisher().establish(new Source.OfRevision("no-such-tag")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no-such-tag");
    }

    @Test
    void validation_is_remembered() throws IOException {
        establish();
        ValidateBaselines.Outcome outcome = new ValidateBaselines(files.workspace(), BaselineSettings.DEFAULT)
                .validate(Optional.empty(), "default");

        assertThat(outcome.valid()).isEqualTo(2);
        assertThat(newest().info().validated()).contains(ResultFiles.NOON);
        assertThat(BaselineText.version(newest(), TextStyle.DEFAULT)).contains("last validated 2026-06-01 12:00 UTC");
    }

    // ---- judging

    @Test
    void an_established_baseline_judges_in_place_of_the_history() throws IOException {
        establish();
        for (int i = 30; i < 60; i++) {
            files.record(slow(i)); // recorded, never checked: the rolling level moves with them
        }
        Report rolling = check(files.workspace(), Optional.of("none"), slow(60));
        Report established = check(files.workspace(), Optional.of("default"), slow(61));

        assertThat(finding(rolling, "fast").verdict().kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(finding(established, "fast").verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(established.base()).contains("baselines default, version 1");
        assertThat(check(files.workspace(), Optional.of("default@1"), slow(62))
                        .gate()
                        .state())
                .isEqualTo(State.CLOSED);
    }

    @Test
    void a_baseline_that_is_not_there_is_told_and_nothing_is_recorded() {
        int points = files.series().get(0).points().size();

        assertThatThrownBy(() -> check(files.workspace(), Optional.of("nowhere"), slow(30)))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("nowhere");
        assertThat(files.series().get(0).points()).hasSize(points);
    }

    @Test
    void exported_files_judge_without_any_history_and_come_back_the_same() throws IOException {
        establish();
        Path exported = Path.of("plumbline/baselines");
        ExportBaselines export = new ExportBaselines(files.workspace());
        assertThat(export.export("default", OptionalInt.empty(), exported).written())
                .isEqualTo(3);
        assertThat(export.export("default", OptionalInt.empty(), exported).written())
                .isZero();
        VersionInfo imported = new ImportBaselines(files.workspace(), ANN).importFrom(exported, Optional.of("copy"));

        assertThat(new ReadVersion(files.workspace())
                        .read("copy", OptionalInt.empty())
                        .baselines())
                .isEqualTo(newest().baselines());
        assertThat(imported.change()).isEqualTo(BaselineChange.IMPORTED);
        Workspace bare = Workspace.of(
                folder, Map.of(), files.workspace().clock(), Optional.of(folder.resolve("none/history.db")));
        Report report = check(bare, Optional.of(exported.toString()), slow(30));
        assertThat(finding(report, "fast").verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(report.gate().state()).isEqualTo(State.CLOSED);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void an_export_does_not_follow_a_link_out_of_the_repository() throws IOException {
        establish();
        Path outside = Files.createTempDirectory("outside");
        Files.createSymbolicLink(files.workspace().root().resolve("plumbline"), outside);

        assertThatThrownBy(() -> new ExportBaselines(files.workspace())
                        .export("default", OptionalInt.empty(), Path.of(ExportBaselines.DEFAULT_FOLDER)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("a link leads out of the repository");
        assertThat(outside).isEmptyDirectory();
        Files.delete(outside);
    }

    @Test
    void a_file_whose_statistics_do_not_follow_from_its_runs_is_refused() throws IOException {
        establish();
        Path exported = folder.resolve("out");
        new ExportBaselines(files.workspace()).export("default", OptionalInt.empty(), exported);
        Path model;
        try (Stream<Path> models = Files.list(exported.resolve("models"))) {
            model = models.filter(file -> file.getFileName().toString().startsWith("fast"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(model, Files.readString(model).replaceFirst("\"mean\": [0-9.]+", "\"mean\": 150.0"));

        assertThatThrownBy(() -> new ImportBaselines(files.workspace(), ANN).importFrom(exported, Optional.empty()))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("do not match");
    }

    @Test
    void another_environment_is_told_which_one_is_nearest() throws IOException {
        establish();
        Report report = check(
                files.workspace(),
                Optional.of("default"),
                files.healthy(30).in("laptop").file());

        assertThat(report.findings()).allMatch(finding -> finding.verdict().kind() == Kind.NOT_COMPARABLE);
        assertThat(report.notes())
                .anyMatch(note -> note.contains("nearest one is lab"))
                .noneMatch(note -> note.contains("judged by the history"));
    }

    @Test
    void a_branch_is_judged_against_its_base_up_to_the_fork() throws IOException {
        files.record(files.healthy(30).on("feature").file());
        for (int i = 31; i < 60; i++) {
            files.record(files.run(i)
                    .with("fast", 80 + 0.1 * (i % 5))
                    .with("slow", 500)
                    .file());
        }
        Report report = files.check(files.healthy(61).on("feature").file());

        assertThat(finding(report, "fast").verdict().kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(finding(report, "fast").baseline().orElseThrow().level()).isEqualTo(100, within(1.0));
    }

    @Test
    void a_branch_is_not_judged_against_a_baseline_from_after_its_fork() throws IOException {
        files.record(files.healthy(30).on("feature").file());
        for (int i = 31; i < 60; i++) {
            files.record(files.run(i)
                    .with("fast", 80 + 0.1 * (i % 5))
                    .with("slow", 500 + 0.5 * (i % 5))
                    .file());
        }
        establish();
        assertThat(median("fast")).isEqualTo(80, within(1.0));

        Report branch = check(
                files.workspace(),
                Optional.of("default"),
                files.healthy(61).on("feature").file());

        assertThat(finding(branch, "fast").verdict().kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(branch.notes())
                .contains("the baseline of 1 series is newer than this branch; judged by the history of main up to"
                        + " the fork");
        Report main = check(
                files.workspace(), Optional.of("default"), files.healthy(62).file());
        assertThat(finding(main, "fast").verdict().kind()).isEqualTo(Kind.REGRESSED);
    }

    // ---- acceptances

    @Test
    void an_accepted_regression_opens_the_gate_and_moves_history_and_baseline() throws IOException {
        establish();
        Report bad = files.check(slow(30));
        assertThat(bad.gate().state()).isEqualTo(State.CLOSED);
        assertThat(establish().establishments())
                .noneMatch(one -> one.outcome() == Outcome.ACCEPTED || one.outcome() == Outcome.IMPROVED);

        AcceptChanges.Outcome accepted =
                changes().accept(finding(bad, "fast").id(), Acceptance.Scope.ENV, Optional.empty(), false);

        assertThat(accepted.accepted()).hasSize(1);
        assertThat(accepted.accepted().get(0).acceptance().change()).isEqualTo(0.2, within(0.02));
        assertThat(accepted.moved()).map(VersionInfo::change).contains(BaselineChange.ACCEPTED);
        assertThat(badPoints()).isZero();
        assertThat(median("fast")).isEqualTo(120, within(1.0));
        for (int i = 31; i < 45; i++) {
            Report report = files.check(files.run(i)
                    .with("fast", 120 + 0.3 * (i % 4))
                    .with("slow", 500)
                    .file());
            assertThat(report.gate().state())
                    .as("run %d %s", i, report.gate().trace())
                    .isEqualTo(State.OPEN);
        }
        Report worse =
                files.check(files.run(45).with("fast", 144).with("slow", 500).file());
        assertThat(finding(worse, "fast").verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(worse.gate().state()).as("the acceptance covers one change").isEqualTo(State.CLOSED);
    }

    @Test
    void baselines_of_a_release_stay_where_they_are_and_a_check_against_them_goes_by_what_was_accepted()
            throws IOException {
        establish();
        establisher("release").establish(new Source.History(SeriesQuery.all()));
        files.check(slow(30));

        AcceptChanges.Outcome accepted = changes().accept("fast", Acceptance.Scope.ENV, Optional.empty(), false);

        assertThat(accepted.moved()).map(VersionInfo::name).contains("default");
        assertThat(accepted.staying()).containsExactly("release");
        assertThat(newest("release").info().number()).isEqualTo(1);
        Report healthy = check(files.workspace(), Optional.of("release"), slow(31));
        assertThat(healthy.gate().state()).isEqualTo(State.OPEN);
        assertThat(healthy.notes())
                .contains("1 series is judged by the history since the newest acceptance, because the baseline"
                        + " has too few runs since then");
        assertThat(establisher("release")
                        .establish(new Source.History(SeriesQuery.all()))
                        .establishments())
                .as("asked for, they move too")
                .anyMatch(one -> one.outcome() == Outcome.ACCEPTED);
    }

    /** Moved to the one run that was accepted, a baseline judges nothing by itself; nor do runs that come join it. */
    @Test
    void a_regression_behind_an_accepted_one_closes_the_gate_against_the_baseline_that_moved() throws IOException {
        establish();
        check(files.workspace(), Optional.of("default"), slow(30));
        changes().accept("fast", Acceptance.Scope.ENV, Optional.empty(), false);
        assertThat(newest().baselines()).anyMatch(baseline -> baseline.runs().size() == 1);
        for (int i = 31; i < 35; i++) {
            assertThat(check(files.workspace(), Optional.of("default"), slow(i))
                            .gate()
                            .state())
                    .isEqualTo(State.OPEN);
        }

        Report worse = check(
                files.workspace(),
                Optional.of("default"),
                files.run(35).with("fast", 140).with("slow", 500).file());

        assertThat(finding(worse, "fast").verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(worse.gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void baselines_on_too_few_runs_to_judge_against_are_told_of() throws IOException {
        establisher().establish(new Source.OfRevision("c7"));

        Report report = check(files.workspace(), Optional.of("default"), slow(30));

        assertThat(report.notes())
                .contains("the baselines of 2 series have too few runs to judge against; record more runs, then"
                        + " re-establish: plumb baseline establish");
    }

    @Test
    void an_acceptance_moves_the_baselines_that_it_is_told() throws IOException {
        establish();
        establisher("release").establish(new Source.History(SeriesQuery.all()));
        files.check(slow(30));

        assertThatThrownBy(() -> changes("releas").accept("fast", Acceptance.Scope.ENV, Optional.empty(), false))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no baselines named \"releas\"; did you mean \"release\"?");
        assertThat(new ListAcceptances(files.workspace()).list()).isEmpty();
        AcceptChanges.Outcome accepted =
                changes("release").accept("fast", Acceptance.Scope.ENV, Optional.empty(), false);

        assertThat(accepted.moved()).map(VersionInfo::name).contains("release");
        assertThat(accepted.staying()).containsExactly("default");
    }

    @Test
    void what_came_little_by_little_is_accepted_with_all_that_it_came_to() throws IOException {
        for (int i = 30; i < 110; i++) {
            files.record(files.run(i)
                    .with("fast", (100 + 0.3 * (i % 4)) * (1 + 0.15 * (i - 30) / 80))
                    .with("slow", 500 + 0.5 * (i % 5))
                    .file());
        }
        Case slope = new ListIncidents(files.workspace(), Policy.DEFAULT)
                .list(SeriesQuery.all(), OptionalInt.empty(), false)
                .cases()
                .get(0);
        assertThat(slope.incident().kind()).isEqualTo(Incident.Kind.SLOPE);

        AcceptChanges.Outcome accepted =
                changes().accept(slope.incident().id(), Acceptance.Scope.ENV, Optional.empty(), false);

        assertThat(accepted.accepted()).hasSize(1);
        assertThat(accepted.accepted().get(0).acceptance().change()).isCloseTo(0.15, within(0.02));
        assertThat(new ListIncidents(files.workspace(), Policy.DEFAULT)
                        .list(SeriesQuery.all(), OptionalInt.empty(), false)
                        .cases())
                .isEmpty();
    }

    @Test
    void the_course_on_a_page_begins_with_the_accepted_level() throws IOException {
        files.check(slow(30));
        changes().accept("fast", Acceptance.Scope.ENV, Optional.empty(), false);
        files.check(slow(31));

        DetailedReport page = files.checker().check(List.of(slow(32)), true);

        SeriesDetail fast = page.exhibits().entrySet().stream()
                .filter(entry -> entry.getKey().benchmark().name().equals("fast"))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(fast.course().points())
                .extracting(point -> point.run().header().revision().commit())
                .containsExactly("c30", "c31", "c32");
        assertThat(fast.steps().steps()).isEmpty();
        assertThat(page.report().notes()).noneMatch(note -> note.contains("unchecked runs"));
    }

    /** As long as nothing is judged there, nothing is said of what could be detected. */
    @Test
    void thresholds_and_calibration_begin_with_the_accepted_level_as_a_check_does() throws IOException {
        files.history(30);
        Report bad = files.check(slow(30));
        changes().accept(finding(bad, "fast").id(), Acceptance.Scope.ENV, Optional.empty(), false);

        assertThat(thresholds("fast").runs()).isEqualTo(1);
        // with the noise of the level before
        assertThat(thresholds("fast").sensitivity()).isPresent();
        assertThat(thresholds("slow").runs()).isEqualTo(31);
        assertThat(thresholds("slow").sensitivity()).isPresent();
        for (int i = 31; i < 36; i++) {
            files.check(slow(i));
        }
        assertThat(thresholds("fast").runs()).isEqualTo(6);
        assertThat(thresholds("fast").sensitivity()).isPresent();
    }

    private ReadThresholds.Answer thresholds(String benchmark) throws IOException {
        return new ReadThresholds(files.workspace(), new Thresholds(Policy.DEFAULT, List.of()), Replay.Settings.DEFAULT)
                .read(
                        new ReadThresholds.Wanted(
                                new BenchmarkPattern(benchmark), Optional.empty(), Optional.empty(), Optional.empty()),
                        false,
                        Progress.SILENT)
                .answers()
                .get(0);
    }

    @Test
    void a_revoked_acceptance_counts_no_more() throws IOException {
        Report bad = files.check(slow(30));
        AcceptChanges.Outcome accepted = changes()
                .accept(finding(bad, "fast").id().substring(0, 8), Acceptance.Scope.METRIC, Optional.empty(), false);
        files.check(slow(31));
        KnownAcceptance revoked = new RevokeAcceptance(files.workspace(), ANN)
                .revoke(accepted.accepted().get(0).acceptance().id())
                .acceptance();

        assertThat(revoked.stateAt(ResultFiles.NOON)).isEqualTo(KnownAcceptance.State.REVOKED);
        assertThat(badPoints()).isEqualTo(2);
        assertThat(files.check(slow(32)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void an_acceptance_that_has_ended_counts_no_more() throws IOException {
        files.check(slow(30));
        changes().accept("fast", Acceptance.Scope.ENV, Optional.of(ResultFiles.NOON.plus(Duration.ofDays(7))), false);

        assertThat(check(at(ResultFiles.NOON.plus(Duration.ofDays(6))), Optional.empty(), slow(31))
                        .gate()
                        .state())
                .isEqualTo(State.OPEN);
        assertThat(check(at(ResultFiles.NOON.plus(Duration.ofDays(8))), Optional.empty(), slow(32))
                        .gate()
                        .state())
                .isEqualTo(State.CLOSED);
        assertThat(badPoints()).isEqualTo(3);
    }

    @Test
    void baselines_that_moved_with_an_acceptance_go_back_when_it_ends() throws IOException {
        establish();
        double before = median("fast");
        files.check(slow(30));
        Instant end = ResultFiles.NOON.plus(Duration.ofDays(7));
        changes().accept("fast", Acceptance.Scope.ENV, Optional.of(end), false);
        assertThat(median("fast")).isGreaterThan(1.1 * before);
        assertThat(newest().info().number()).isEqualTo(2);

        Report after = check(at(end.plusSeconds(60)), Optional.of("default"), slow(31));

        assertThat(after.gate().state()).isEqualTo(State.CLOSED);
        assertThat(after.notes()).anyMatch(note -> note.startsWith("baselines default went back, version 3"));
        assertThat(median("fast")).isEqualTo(before);
        check(at(end.plusSeconds(120)), Optional.of("default"), slow(32));
        assertThat(newest().info().number()).as("once").isEqualTo(3);
    }

    @Test
    void baselines_go_back_when_what_they_stand_on_is_revoked() throws IOException {
        establish();
        double before = median("fast");
        files.check(slow(30));
        String id = changes()
                .accept("fast", Acceptance.Scope.ENV, Optional.empty(), false)
                .accepted()
                .get(0)
                .acceptance()
                .id();

        assertThat(new RevokeAcceptance(files.workspace(), ANN).revoke(id).versions())
                .extracting(VersionInfo::number, VersionInfo::change)
                .containsExactly(tuple(3, BaselineChange.ROLLED_BACK));
        assertThat(median("fast")).isEqualTo(before);
    }

    @Test
    void an_acceptance_in_a_file_covers_a_change_of_its_size_once() throws IOException {
        files.write(
                "accepted.yaml",
                "benchmark: fast\nmetric: time\nchange: 21 %\nreason: agreed\nby: ann\nat: 2026-05-01\n");
        Path target = Files.createDirectories(folder.resolve("plumbline/acceptances"));
        Files.move(folder.resolve("accepted.yaml"), target.resolve("accepted.yaml"));
        Report report = files.check(slow(30));

        assertThat(finding(report, "fast").verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(finding(report, "fast").statement().orElseThrow().by()).isEqualTo("ann");
        assertThat(report.gate().state()).isEqualTo(State.OPEN);
        assertThat(badPoints()).isZero();
        for (int i = 31; i < 40; i++) {
            assertThat(files.check(slow(i)).gate().state()).isEqualTo(State.OPEN);
        }
        assertThat(files.check(files.run(40).with("fast", 140).with("slow", 500).file())
                        .gate()
                        .state())
                .isEqualTo(State.CLOSED);
    }

    /** The accepted size and the one that is found are both measured, at a level where the noise has grown with it. */
    @Test
    void an_acceptance_in_a_file_covers_what_another_run_of_the_same_change_may_show() throws IOException {
        for (int i = 0; i < 30; i++) {
            files.record(wild(i, 1 + 0.02 * new Random(i).nextGaussian()));
        }
        Path target = Files.createDirectories(folder.resolve("plumbline/acceptances"));
        Files.writeString(
                target.resolve("accepted.yaml"),
                "benchmark: wild\nmetric: time\nchange: 47 %\nreason: agreed\nby: ann\nat: 2026-05-01\n");

        assertThat(files.dryRun(wild(30, 1.6)).gate().state())
                .as("another change")
                .isEqualTo(State.CLOSED);
        Report covered = files.check(wild(30, 1.55));
        assertThat(finding(covered, "wild").verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(covered.gate().state()).isEqualTo(State.OPEN);
    }

    private Path wild(int index, double factor) {
        return files.run(index).with("wild", 100 * factor).file();
    }

    @Test
    void a_written_acceptance_reads_back_the_same() throws IOException {
        Report bad = files.check(slow(30));
        AcceptChanges.Outcome accepted = new AcceptChanges(
                        files.workspace(),
                        "default",
                        BaselineSettings.DEFAULT,
                        new Author("a\"n\\n \uD83D\uDE80", "why: - #\n\u0001"))
                .accept(finding(bad, "fast").id(), Acceptance.Scope.BENCHMARK, Optional.empty(), true);

        assertThat(accepted.files()).hasSize(1);
        assertThat(AcceptanceFiles.read(files.workspace()))
                .extracting(AcceptanceFiles.FromFile::acceptance)
                .containsExactly(accepted.accepted().get(0).acceptance());
    }

    @Test
    void an_acceptance_is_not_written_where_a_link_leads_out_of_the_repository() throws IOException {
        Path elsewhere = Files.createDirectories(files.workspace().root().resolveSibling("elsewhere"));
        Files.createSymbolicLink(files.workspace().root().resolve("plumbline"), elsewhere);
        String id = finding(files.check(slow(30)), "fast").id();

        assertThatThrownBy(() -> changes().accept(id, Acceptance.Scope.BENCHMARK, Optional.empty(), true))
                .isInstanceOf(IOException.class)
                .hasMessage("plumbline/acceptances.yaml: a link leads out of the repository; delete the link");
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(files.workspace().root().resolve("plumbline"));
        assertThat(finding(files.check(slow(31)), "fast").statement()).isEmpty();
    }

    @Test
    void what_was_not_called_bad_cannot_be_accepted() {
        assertThatThrownBy(() -> changes().accept("fast", Acceptance.Scope.ENV, Optional.empty(), false))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("nothing to accept");
    }

    // ---- wearing down

    @Test
    void sixty_checks_of_a_regression_wear_nothing_down() throws IOException {
        for (int i = 30; i < 90; i++) {
            Report report = files.check(files.run(i)
                    .with("fast", 106 + 0.2 * (i % 5))
                    .with("slow", 500)
                    .file());
            if (i > 35) {
                assertThat(finding(report, "fast").verdict().kind())
                        .as("run %d", i)
                        .isEqualTo(Kind.REGRESSED);
            }
        }
        List<Series> all = files.series();
        assertThat(all.get(0).points().stream().filter(point -> !point.judgedBad()))
                .hasSizeLessThanOrEqualTo(31);
    }
}
