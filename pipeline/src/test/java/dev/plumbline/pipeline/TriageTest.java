package dev.plumbline.pipeline;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.annotate.AcceptChanges;
import dev.plumbline.pipeline.annotate.ListTriages;
import dev.plumbline.pipeline.annotate.RecordTriage;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.pipeline.history.FindStops;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.history.ReadBalance;
import dev.plumbline.pipeline.history.ReadHistory;
import dev.plumbline.pipeline.history.ShowIncident;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.CommitLog;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of a change, and what checks make of it. */
class TriageTest {
    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aHistoryOfThirtyRuns() throws IOException {
        files = new ResultFiles(folder);
        files.history(30);
    }

    private Path slow(int index, double factor) {
        return files.run(index)
                .with("fast", factor * (100 + 0.3 * (index % 4)))
                .with("slow", 500 + index % 3)
                .file();
    }

    private Report check(Path file, Instant at) throws IOException {
        Workspace workspace = workspace(at);
        return new CheckResults(
                        workspace,
                        ReadingSettings.DEFAULT,
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        CheckResults.Options.of(Optional.empty(), Optional.empty()),
                        Progress.SILENT)
                .check(List.of(file), false)
                .report();
    }

    private Workspace workspace(Instant at) {
        return Workspace.of(folder, Map.of(), Clock.fixed(at, ZoneOffset.UTC), Optional.of(files.historyFile()));
    }

    private void say(String id, Triage.Decision decision, Optional<Instant> until, Optional<String> fixedBy)
            throws IOException {
        new RecordTriage(files.workspace(), Policy.DEFAULT)
                .record(id, decision, until, fixedBy, new Author("ann", "known"));
    }

    private long bad() {
        try (RunStore store = files.workspace().open()) {
            return store.series(SeriesQuery.all()).stream()
                    .flatMap(series -> series.points().stream())
                    .filter(Point::judgedBad)
                    .count();
        }
    }

    private static Annotation.Kind stated(Report report) {
        return finding(report, "fast").statement().orElseThrow().kind();
    }

    @Test
    void what_is_acknowledged_closes_no_gate_again_until_it_gets_worse() throws IOException {
        Report first = files.check(slow(30, 1.2));
        assertThat(first.gate().state()).isEqualTo(State.CLOSED);
        say(finding(first, "fast").id(), Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty());

        for (int i = 31; i < 40; i++) {
            Report report = files.check(slow(i, 1.2));
            assertThat(finding(report, "fast").verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
            assertThat(report.gate().state()).as("run %d", i).isEqualTo(State.OPEN);
            assertThat(stated(report)).isEqualTo(Annotation.Kind.ACKNOWLEDGED);
            assertThat(report.notes()).noneMatch(note -> note.contains("plumb accept"));
        }
        assertThat(bad()).as("it is no new normal").isEqualTo(10);
        assertThat(files.check(slow(40, 1.5)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void what_is_acknowledged_closes_no_gate_by_noise_however_many_runs_come() throws IOException {
        Random random = new Random(3);
        for (int i = 30; i < 60; i++) {
            files.record(noisy(i, 100, random));
        }
        Report first = files.check(noisy(60, 130, random));
        assertThat(first.gate().state()).isEqualTo(State.CLOSED);
        say(finding(first, "noisy").id(), Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty());

        for (int i = 61; i < 101; i++) {
            assertThat(files.check(noisy(i, 130, random)).gate().state())
                    .as("run %d", i)
                    .isEqualTo(State.OPEN);
        }
        assertThat(files.check(noisy(101, 160, random)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void an_incident_that_is_seen_no_more_is_told_as_that() throws IOException {
        try (RunStore store = files.workspace().open()) {
            Series series = store.series(SeriesQuery.all()).get(0);
            String commit = series.points().get(9).run().header().revision().commit();
            store.triage()
                    .remember(List.of(new KnownIncident(
                            "i0badcafe",
                            series.key().branch(),
                            true,
                            series.key(),
                            commit,
                            commit,
                            Instant.parse("2026-01-02T03:04:05Z"))));
        }
        ShowIncident incidents = new ShowIncident(files.workspace(), Policy.DEFAULT);

        assertThatThrownBy(() -> incidents.show("i0bad", SeriesQuery.all()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("incident i0badcafe no longer exists")
                .hasMessageContaining("plumb triage show i0badcafe");
        assertThatThrownBy(() -> incidents.show("i1", SeriesQuery.all())).hasMessageContaining("no incident has an id");
    }

    @Test
    void an_incident_speaks_of_its_changes_also_when_they_are_worked_out_again() throws IOException {
        for (int i = 30; i < 42; i++) {
            files.record(slow(i, 1.2));
        }
        String id = new ListIncidents(files.workspace(), Policy.DEFAULT)
                .list(SeriesQuery.all(), OptionalInt.empty(), false)
                .cases()
                .get(0)
                .incident()
                .id();
        say(id.substring(0, 5), Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty());

        assertThat(new ShowIncident(files.workspace(), Policy.DEFAULT)
                        .show(id, SeriesQuery.all())
                        .cases()
                        .get(0)
                        .statement())
                .isPresent();
        assertThatThrownBy(() -> say("i", Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty()))
                .isInstanceOf(NothingFound.class);
    }

    @Test
    void a_mute_ends() throws IOException {
        Report first = files.check(slow(30, 1.2));
        Instant end = ResultFiles.NOON.plus(Duration.ofDays(7));
        say(finding(first, "fast").id(), Triage.Decision.MUTED, Optional.of(end), Optional.empty());

        assertThat(stated(check(slow(31, 1.2), end.minusSeconds(1)))).isEqualTo(Annotation.Kind.MUTED);
        assertThat(check(slow(32, 1.2), end).gate().state()).isEqualTo(State.CLOSED);
        assertThatThrownBy(() -> say(
                        finding(first, "fast").id(),
                        Triage.Decision.MUTED,
                        Optional.of(ResultFiles.NOON),
                        Optional.empty()))
                .isInstanceOf(WrongRequest.class);
    }

    @Test
    void what_a_commit_is_said_to_mend_counts_again_from_that_commit_on() throws IOException {
        Report first = files.check(slow(30, 1.2));
        say(finding(first, "fast").id(), Triage.Decision.FIXED, Optional.empty(), Optional.of("c33"));

        assertThat(stated(files.check(slow(31, 1.2)))).isEqualTo(Annotation.Kind.FIXED);
        assertThat(files.check(slow(32, 1.2)).gate().state()).isEqualTo(State.OPEN);
        assertThat(files.check(slow(33, 1.2)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_promise_to_mend_what_runs_with_the_commit_show_still_holds_nowhere_and_is_told() throws IOException {
        for (int i = 30; i < 42; i++) {
            files.check(slow(i, 1.2));
        }
        String id = theIncident(true).incident().id();
        say(id, Triage.Decision.FIXED, Optional.empty(), Optional.of("c43"));
        files.check(slow(42, 1.2));
        assertThat(theIncident(true).state()).as("the commit is not there yet").isEqualTo(Case.State.FIXED);
        assertThat(theIncident(true).broken()).isEmpty();

        Report report = files.check(slow(43, 1.2));

        String words = "should have been fixed by c43 (by ann, 2026-06-01) but persists";
        assertThat(report.gate().state()).isEqualTo(State.CLOSED);
        Case open = theIncident(false);
        assertThat(finding(report, "fast").warnings())
                .contains(new Warning.BrokenPromise(open.broken().orElseThrow()));
        assertThat(open.isOpen()).isTrue();
        assertThat(open.statement()).isEmpty();
        assertThat(open.broken().orElseThrow().revision()).isEqualTo("c43");
        assertThat(incidents(false).details(TextStyle.DEFAULT)).contains(words);
        assertThat(incidents(false).list(TextStyle.DEFAULT)).contains(id + " " + words);
        assertThat(analysis("fast").confirmed()).last().satisfies(change -> assertThat(
                        analysis("fast").saidOf(change).broken())
                .isPresent());
        assertThat(new ReadBalance(files.workspace(), Policy.DEFAULT)
                        .read(SeriesQuery.all(), Optional.empty(), Optional.empty(), 90)
                        .cases())
                .singleElement()
                .satisfies(one -> assertThat(one.broken()).isPresent());
        assertThat(list()).contains("fix promised with c43, still there");

        say(id, Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty());
        assertThat(theIncident(false).state()).as("what was said last").isEqualTo(Case.State.ACKNOWLEDGED);
        assertThat(theIncident(false).broken()).isEmpty();
        assertThat(finding(files.check(slow(44, 1.2)), "fast").warnings()).doesNotContain(new Warning.Text(words));
    }

    @Test
    void a_promise_that_came_true_is_not_broken_while_the_history_cannot_confirm_it_yet() throws IOException {
        for (int i = 30; i < 42; i++) {
            files.check(slow(i, 1.2));
        }
        say(theIncident(true).incident().id(), Triage.Decision.FIXED, Optional.empty(), Optional.of("c42"));
        for (int i = 42; i < 52; i++) {
            files.check(slow(i, 1));
            Case one = theIncident(true);
            assertThat(one.broken()).as("run %d", i).isEmpty();
            assertThat(one.state()).as("run %d", i).isEqualTo(Case.State.FIXED);
        }
        assertThat(theIncident(true).incident().recovered()).isTrue();
    }

    @Test
    void a_promise_that_came_true_is_called_fixed_wherever_it_is_shown_and_by_whichever_id_it_was_made()
            throws IOException {
        Report first = files.check(slow(30, 1.2));
        for (int i = 31; i < 42; i++) {
            files.check(slow(i, 1.2));
        }
        say(finding(first, "fast").id(), Triage.Decision.FIXED, Optional.empty(), Optional.of("c42"));
        assertThat(incidents(false).list(TextStyle.DEFAULT)).contains("not open: 1 fix promised");
        assertThat(incidents(true).list(TextStyle.DEFAULT)).contains(" fix promised ");
        assertThat(list()).contains("fix promised with c42");
        for (int i = 42; i < 46; i++) {
            files.check(slow(i, 1));
        }

        assertThat(incidents(false).list(TextStyle.DEFAULT))
                .contains("not open: 1 fixed")
                .doesNotContain("promised");
        assertThat(incidents(true).list(TextStyle.DEFAULT)).contains(" fixed ").doesNotContain("promised");
        assertThat(list()).contains("fixed with c42").doesNotContain("promised");
    }

    @Test
    void a_promise_is_broken_by_runs_that_no_check_has_judged_too() throws IOException {
        for (int i = 30; i < 42; i++) {
            files.record(slow(i, 1.2));
        }
        say(theIncident(true).incident().id(), Triage.Decision.FIXED, Optional.empty(), Optional.of("c42"));
        files.record(slow(42, 1.2));

        assertThat(theIncident(false).isOpen()).isTrue();
    }

    @Test
    void a_promise_to_mend_what_a_check_has_called_is_broken_in_the_same_way() throws IOException {
        String id = finding(files.check(slow(30, 1.2)), "fast").id();
        say(id, Triage.Decision.FIXED, Optional.empty(), Optional.of("c31"));
        assertThat(incidents(true).called()).singleElement().satisfies(one -> assertThat(one.isOpen())
                .isFalse());
        say(id, Triage.Decision.FIXED, Optional.empty(), Optional.of("c30"));

        assertThat(incidents(false).called()).singleElement().satisfies(one -> {
            assertThat(one.isOpen()).isTrue();
            assertThat(one.statements().broken()).isPresent();
        });
        assertThat(incidents(false).list(TextStyle.DEFAULT)).contains("should have been fixed by c30");

        say(id, Triage.Decision.FIXED, Optional.empty(), Optional.of("c37"));
        for (int i = 31; i < 37; i++) {
            files.check(slow(i, 1.2));
        }
        assertThat(theIncident(true).state()).isEqualTo(Case.State.FIXED);
        files.check(slow(37, 1.2));
        assertThat(theIncident(false).broken()).isPresent();
    }

    @Test
    void what_is_accepted_after_something_else_was_said_is_accepted() throws IOException {
        for (int i = 30; i < 42; i++) {
            files.check(slow(i, 1.2));
        }
        String id = theIncident(true).incident().id();
        for (Triage.Decision decision : List.of(Triage.Decision.ACKNOWLEDGED, Triage.Decision.FIXED)) {
            say(
                    id,
                    decision,
                    Optional.empty(),
                    decision == Triage.Decision.FIXED ? Optional.of("c90") : Optional.empty());
        }
        Instant later = ResultFiles.NOON.plusSeconds(60);
        accept(id, later);

        assertThat(theIncident(true).state()).isEqualTo(Case.State.ACCEPTED);
        assertThat(theIncident(true).statement().orElseThrow().at()).isEqualTo(later);
        assertThat(list()).contains("fix promised with c90, then accepted");
        assertThat(analysis("fast").confirmed()).last().satisfies(change -> assertThat(
                        analysis("fast").saidOf(change).holding().orElseThrow().kind())
                .isEqualTo(Annotation.Kind.ACCEPTED));
    }

    @Test
    void what_is_said_after_an_acceptance_is_said_of_the_change() throws IOException {
        for (int i = 30; i < 42; i++) {
            files.check(slow(i, 1.2));
        }
        String id = theIncident(true).incident().id();
        accept(id, ResultFiles.NOON.minusSeconds(60));
        say(id, Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty());

        assertThat(theIncident(true).state()).isEqualTo(Case.State.ACKNOWLEDGED);
        assertThat(list()).contains("acknowledged").doesNotContain("then accepted");
    }

    private void accept(String id, Instant at) throws IOException {
        new AcceptChanges(workspace(at), "default", BaselineSettings.DEFAULT, new Author("bob", "agreed"))
                .accept(id, Acceptance.Scope.METRIC, Optional.empty(), false);
    }

    private IncidentsReport incidents(boolean every) throws IOException {
        return new ListIncidents(files.workspace(), Policy.DEFAULT).list(SeriesQuery.all(), OptionalInt.empty(), every);
    }

    private Case theIncident(boolean every) throws IOException {
        List<Case> worse = incidents(every).cases().stream()
                .filter(one -> one.incident().worse())
                .toList();
        assertThat(worse).hasSize(1);
        return worse.get(0);
    }

    private SeriesAnalysis analysis(String benchmark) throws IOException {
        return new ReadHistory(files.workspace(), ReadHistory.Detail.WHOLE)
                .read(
                        BranchSelector.all(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(benchmark))),
                        RevisionRange.EVERYTHING,
                        ReadHistory.Order.NAME,
                        FindStops.Stops.NONE)
                .get(0)
                .analysis();
    }

    private String list() throws IOException {
        return new ListTriages(files.workspace(), Policy.DEFAULT).list().text(TextStyle.DEFAULT.withWidth(160));
    }

    @Test
    void points_of_a_false_alarm_count_again_and_what_was_said_can_be_taken_back() throws IOException {
        Report first = files.check(slow(30, 1.2));
        String id = finding(first, "fast").id();
        say(id, Triage.Decision.FALSE_ALARM, Optional.empty(), Optional.empty());
        assertThat(bad()).isZero();
        assertThat(stated(new ReportRun(
                                files.workspace(),
                                Policy.DEFAULT,
                                GatePolicy.DEFAULT,
                                Optional.empty(),
                                new ReportRun.Wanted.Last())
                        .report(Optional.empty(), false)
                        .report()))
                .isEqualTo(Annotation.Kind.FALSE_ALARM);

        say(id, Triage.Decision.REOPENED, Optional.empty(), Optional.empty());
        assertThat(files.check(slow(31, 1.2)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_false_alarm_alerts_no_more_also_when_its_level_lasts_until_it_gets_worse() throws IOException {
        Report first = files.check(slow(30, 1.2));
        say(finding(first, "fast").id(), Triage.Decision.FALSE_ALARM, Optional.empty(), Optional.empty());

        for (int i = 31; i < 42; i++) {
            Report report = files.check(slow(i, 1.2));
            assertThat(report.gate().state()).as("run %d", i).isEqualTo(State.OPEN);
            assertThat(report.notes()).as("run %d", i).noneMatch(note -> note.contains("nobody accepted"));
        }
        assertThat(bad()).as("its points count").isZero();
        assertThat(files.check(slow(42, 1.5)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_false_alarm_alerts_no_more_also_where_noise_hides_that_its_level_lasts() throws IOException {
        Random random = new Random(1);
        for (int i = 30; i < 45; i++) {
            files.record(noisy(i, 100, random));
        }
        Report first = files.check(noisy(45, 112, random));
        assertThat(first.gate().state()).isEqualTo(State.CLOSED);
        say(finding(first, "noisy").id(), Triage.Decision.FALSE_ALARM, Optional.empty(), Optional.empty());

        for (int i = 46; i < 53; i++) {
            assertThat(files.check(noisy(i, 112, random)).gate().state())
                    .as("run %d", i)
                    .isEqualTo(State.OPEN);
        }
    }

    @Test
    void an_incident_that_is_a_false_alarm_speaks_of_noisy_series_that_it_does_not_name() throws IOException {
        Random random = new Random(1);
        for (int i = 30; i < 45; i++) {
            files.record(noisy(i, 100, random));
        }
        Report first = files.check(noisy(45, 112, random));
        assertThat(first.gate().state()).isEqualTo(State.CLOSED);
        falseIncident(finding(first, "noisy").key());

        for (int i = 46; i < 51; i++) {
            assertThat(files.check(noisy(i, 112, random)).gate().state())
                    .as("run %d", i)
                    .isEqualTo(State.OPEN);
        }
        assertThat(files.check(noisy(51, 150, random)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void an_incident_that_is_a_false_alarm_does_not_speak_of_what_began_later() throws IOException {
        Random random = new Random(1);
        files.record(noisy(30, 100, random));
        Report report = files.check(noisy(31, 100, random));
        for (int i = 32; i < 60; i++) {
            report = files.check(noisy(i, 100, random));
        }
        falseIncident(finding(report, "noisy").key());

        int closed = 0;
        for (int i = 60; i < 75; i++) {
            closed += files.check(noisy(i, 112, random)).gate().state() == State.CLOSED ? 1 : 0;
        }
        assertThat(closed).isGreaterThan(8);
    }

    /** An incident of another series that began with commit 45. */
    private void falseIncident(SeriesKey noisy) {
        try (RunStore store = files.workspace().open()) {
            SeriesKey fast = new SeriesKey(Benchmark.of("fast"), noisy.metric(), noisy.environment(), noisy.branch());
            store.triage()
                    .add(new Triage(
                            "i01234567",
                            Triage.Decision.FALSE_ALARM,
                            Optional.empty(),
                            "",
                            "ann",
                            ResultFiles.NOON,
                            "known",
                            List.of(new Triage.Subject(fast, "c45", "c45", "c45", 0.2))));
        }
    }

    private Path noisy(int index, double level, Random random) {
        return files.run(index)
                .with("noisy", level * (1 + 0.03 * random.nextGaussian()))
                .file();
    }

    @Test
    void a_change_after_a_false_alarm_that_went_away_alerts() throws IOException {
        Report first = files.check(slow(30, 1.2));
        say(finding(first, "fast").id(), Triage.Decision.FALSE_ALARM, Optional.empty(), Optional.empty());
        for (int i = 31; i < 36; i++) {
            files.check(slow(i, 1));
        }

        // one odd run among so many is rare enough that another one is called at once
        assertThat(files.check(slow(36, 1.15)).gate().state()).isEqualTo(State.CLOSED);
        files.check(slow(37, 1.15));
        assertThat(files.check(slow(38, 1.15)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void what_is_said_of_a_change_on_top_of_a_false_alarm_is_said_of_the_size_that_the_check_told() throws IOException {
        Report first = files.check(slow(30, 1.1));
        say(finding(first, "fast").id(), Triage.Decision.FALSE_ALARM, Optional.empty(), Optional.empty());
        files.check(slow(31, 1.1));
        Report second = files.check(slow(32, 1.4));
        assertThat(second.gate().state()).isEqualTo(State.CLOSED);
        say(finding(second, "fast").id(), Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty());

        double reported =
                finding(second, "fast").verdict().effect().orElseThrow().relativeChange();
        assertThat(new ListTriages(files.workspace(), Policy.DEFAULT).list().stated())
                .last()
                .satisfies(
                        triage -> assertThat(triage.subjects().get(0).change()).isCloseTo(reported, within(0.005)));
        assertThat(files.check(slow(33, 1.4)).gate().state()).isEqualTo(State.OPEN);
    }

    @Test
    void another_regression_of_the_same_series_alerts_although_the_first_was_known_and_is_gone() throws IOException {
        Report first = files.check(slow(30, 1.2));
        say(finding(first, "fast").id(), Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty());
        for (int i = 31; i < 40; i++) {
            files.check(slow(i, 1));
        }

        assertThat(files.check(slow(40, 1.2)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void commits_are_read_whatever_stands_in_them() {
        String log = String.join(
                "\u0000",
                "",
                "c2",
                "Ann",
                "20",
                "second \u001b[31m",
                "",
                "\na\nb.java",
                "src/\u202eB.java",
                "",
                "c1",
                "",
                "10",
                "",
                "",
                "",
                "c0",
                "Bob",
                "no number");
        List<Commit> commits = CommitLog.parse(log);

        assertThat(commits).extracting(Commit::id).containsExactly("c1", "c2");
        assertThat(commits.get(1).files()).containsExactly("a\nb.java", "src/\u202eB.java");
        assertThat(commits.get(0).files()).isEmpty();
        assertThat(CommitLog.parse("")).isEmpty();
        assertThat(CommitLog.parse("\u0000\u0000\u0000")).isEmpty();
    }
}
