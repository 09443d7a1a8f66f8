package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.annotate.AcceptChanges;
import dev.plumbline.pipeline.annotate.RecordTriage;
import dev.plumbline.pipeline.check.ExplainFindings;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.pipeline.history.FindStops;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.history.ReadHistory;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One change over time: whatever a person asks, on whichever day after it began, has the same verdict, the same id, the
 * same commit and the same size, and what somebody said of it stays with it.
 */
class AgreementTest {
    private static final int HISTORY = 20;
    private static final String MOVED = "suite.Moved.run";
    private static final Author ANN = new Author("ann", "known");
    /** After how many runs of the change everything is asked. */
    private static final Set<Integer> ASKED = Set.of(1, 2, 7);

    private static final int LAST = 7;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aFolder() {
        files = new ResultFiles(folder);
    }

    /** A run of four benchmarks with 1 % of noise, one of them at some part of its level. */
    private ResultFiles.Run run(long seed, int index, double factor) {
        Random random = new Random(seed * 1000 + index);
        ResultFiles.Run run = files.run(index).with(MOVED, 50 * factor * (1 + 0.01 * random.nextGaussian()));
        for (int i = 0; i < 3; i++) {
            run.with("suite.Other" + i + ".run", (10 + i) * (1 + 0.01 * random.nextGaussian()));
        }
        return run;
    }

    private void healthy(long seed) throws IOException {
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < HISTORY; i++) {
            runs.add(run(seed, i, 1));
        }
        files.record(files.together(runs));
    }

    private Report check(long seed, int index, double factor) throws IOException {
        return files.check(run(seed, index, factor).file());
    }

    private static Finding moved(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.key().benchmark().name().equals(MOVED))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isMoved(SeriesKey key) {
        return key.benchmark().name().equals(MOVED);
    }

    // ---- the questions

    private Report report() throws IOException {
        return new ReportRun(
                        files.workspace(),
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        Optional.empty(),
                        new ReportRun.Wanted.Last())
                .report(Optional.empty(), false)
                .report();
    }

    private List<Finding> explained(String pattern) throws IOException {
        return new ExplainFindings(
                        files.workspace(),
                        Policy.DEFAULT,
                        Optional.empty(),
                        Optional.empty(),
                        GatePolicy.DEFAULT,
                        Optional.empty())
                .explain(new BenchmarkPattern(pattern), Optional.empty(), Optional.empty())
                .findings();
    }

    private IncidentsReport incidents(boolean every) throws IOException {
        return new ListIncidents(files.workspace(), Policy.DEFAULT).list(SeriesQuery.all(), OptionalInt.empty(), every);
    }

    private AnalyzedSeries history() throws IOException {
        return new ReadHistory(files.workspace(), ReadHistory.Detail.WHOLE)
                .read(
                        BranchSelector.all(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(MOVED))),
                        RevisionRange.EVERYTHING,
                        ReadHistory.Order.NAME,
                        FindStops.Stops.NONE)
                .get(0);
    }

    private static List<Shift> shifts(List<Case> cases) {
        return cases.stream()
                .flatMap(one -> one.incident().shifts().stream())
                .filter(shift -> isMoved(shift.key()))
                .toList();
    }

    private static List<CalledRegression> calledOf(List<CalledRegression> all) {
        return all.stream().filter(one -> isMoved(one.key())).toList();
    }

    // ---- the laws

    @ParameterizedTest(name = "seed {0}, times {1}")
    @CsvSource({"1,1.15", "2,1.5"})
    void every_answer_to_a_regression_that_stays_is_the_same_on_every_day(long seed, double factor) throws IOException {
        healthy(seed);
        String commit = "c" + HISTORY;
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= LAST; i++) {
            Report checked = check(seed, HISTORY - 1 + i, factor);
            Finding finding = moved(checked.findings());
            assertThat(finding.verdict()).as("run %d", i).isInstanceOf(Verdict.Regressed.class);
            assertThat(checked.gate().state()).as("run %d", i).isEqualTo(State.CLOSED);
            assertThat(finding.since()).as("run %d", i).isEqualTo(commit);
            ids.add(finding.id());
            if (!ASKED.contains(i)) {
                continue;
            }
            assertThat(report().findings()).as("run %d", i).isEqualTo(checked.findings());
            assertThat(report().gate()).isEqualTo(checked.gate());
            assertThat(moved(explained(MOVED))).isEqualTo(finding);
            assertThat(moved(explained(finding.id()))).as("by its id").isEqualTo(finding);
            assertIncidentsAndHistoryAgree(i, finding, commit);
        }
        assertThat(ids).as("it keeps its id").hasSize(LAST).containsOnly(ids.get(0));
    }

    private void assertIncidentsAndHistoryAgree(int run, Finding finding, String commit) throws IOException {
        double size = finding.verdict().effect().orElseThrow().relativeChange();
        IncidentsReport incidents = incidents(false);
        List<CalledRegression> called = calledOf(incidents.called());
        List<Shift> shifts = shifts(incidents.cases());
        AnalyzedSeries history = history();

        assertThat(called.size() + shifts.size())
                .as("run %d: it is listed once", run)
                .isEqualTo(1);
        for (CalledRegression one : called) {
            assertThat(one.findingId()).as("run %d", run).isEqualTo(finding.id());
            assertThat(one.since().header().revision().commit()).isEqualTo(commit);
            assertThat(one.relativeChange()).isEqualTo(size, within(1e-9));
            assertThat(history.analysis().called())
                    .extracting(CalledRegression::findingId)
                    .contains(finding.id());
        }
        for (Shift one : shifts) {
            assertThat(one.since()).as("run %d", run).isEqualTo(commit);
            assertThat(one.worse()).isTrue();
            assertThat(one.recovery()).isEmpty();
            assertThat(one.change().relativeChange()).isEqualTo(size, within(0.03));
            assertThat(history.analysis().confirmed()).singleElement().satisfies(step -> {
                assertThat(history.analysis().revisions().get(step.index())).isEqualTo(commit);
                assertThat(step.relativeChange()).isEqualTo(one.change().relativeChange());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void what_no_check_finds_nothing_else_finds(long seed) throws IOException {
        healthy(seed);
        List<Report> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(check(seed, HISTORY + i, 1));
        }

        assertThat(all).allSatisfy(one -> {
            assertThat(one.gate().state()).isEqualTo(State.OPEN);
            assertThat(moved(one.findings()).verdict()).isNotInstanceOf(Verdict.Regressed.class);
        });
        assertThat(shifts(incidents(true).cases())).isEmpty();
        assertThat(calledOf(incidents(true).called())).isEmpty();
        assertThat(history().analysis().called()).isEmpty();
        assertThat(history().analysis().confirmed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void what_is_back_again_is_over_everywhere_and_judged_against_the_level_before(long seed) throws IOException {
        healthy(seed);
        for (int i = 0; i < 3; i++) {
            check(seed, HISTORY + i, 1.3);
        }
        Report last = null;
        for (int i = 3; i < 10; i++) {
            last = check(seed, HISTORY + i, 1);
        }

        assertThat(moved(last.findings()).verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(last.gate().state()).isEqualTo(State.OPEN);
        assertThat(calledOf(incidents(false).called())).isEmpty();
        assertThat(shifts(incidents(false).cases())).isEmpty();
        assertThat(moved(explained(MOVED))).isEqualTo(moved(last.findings()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Triage.Decision.class,
            names = {"ACKNOWLEDGED", "FALSE_ALARM"})
    void what_was_said_on_the_first_day_holds_on_every_later_one(Triage.Decision decision) throws IOException {
        healthy(5);
        String id = moved(check(5, HISTORY, 1.3).findings()).id();
        new RecordTriage(files.workspace(), Policy.DEFAULT)
                .record(id, decision, Optional.empty(), Optional.empty(), ANN);

        for (int i = 1; i < LAST; i++) {
            Report report = check(5, HISTORY + i, 1.3);
            assertThat(report.gate().state()).as("run %d", i).isEqualTo(State.OPEN);
            assertThat(report().gate().state()).as("run %d", i).isEqualTo(State.OPEN);
        }
        assertThat(incidents(false).cases().stream().filter(Case::isOpen).toList())
                .isEmpty();
        assertThat(check(5, HISTORY + LAST, 1.8).gate().state())
                .as("another change")
                .isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void what_was_accepted_is_accepted_everywhere_whenever_that_was(int runs) throws IOException {
        healthy(6);
        Finding finding = null;
        for (int i = 0; i < runs; i++) {
            finding = moved(check(6, HISTORY + i, 1.3).findings());
        }
        new AcceptChanges(files.workspace(), "default", BaselineSettings.DEFAULT, ANN)
                .accept(finding.id(), Acceptance.Scope.ENV, Optional.empty(), false);

        assertThat(report().gate().state()).isEqualTo(State.OPEN);
        assertThat(calledOf(incidents(false).called())).isEmpty();
        assertThat(shifts(incidents(false).cases())).isEmpty();
        IncidentsReport all = incidents(true);
        assertThat(calledOf(all.called()).size() + shifts(all.cases()).size())
                .as("listed as accepted")
                .isEqualTo(1);
        assertThat(calledOf(all.called())).allMatch(CalledRegression::isAccepted);
        for (int i = 0; i < 6; i++) {
            Report later = check(6, HISTORY + runs + i, 1.3);
            assertThat(later.gate().state()).as("run %d", i).isEqualTo(State.OPEN);
            assertThat(moved(later.findings()).verdict()).as("run %d", i).isNotInstanceOf(Verdict.Regressed.class);
        }
        assertThat(check(6, HISTORY + runs + 6, 1.3 * 1.3).gate().state()).isEqualTo(State.CLOSED);
        assertThat(check(6, HISTORY + runs + 7, 1).gate().state())
                .as("faster than what was accepted")
                .isEqualTo(State.OPEN);
    }

    @Test
    void two_regressions_of_one_series_have_ids_and_sizes_of_their_own() throws IOException {
        healthy(7);
        Finding first = null;
        for (int i = 0; i < 5; i++) {
            first = moved(check(7, HISTORY + i, 1.25).findings());
        }
        new AcceptChanges(files.workspace(), "default", BaselineSettings.DEFAULT, ANN)
                .accept(first.id(), Acceptance.Scope.ENV, Optional.empty(), false);
        for (int i = 5; i < 10; i++) {
            check(7, HISTORY + i, 1.25);
        }
        Finding second = moved(check(7, HISTORY + 10, 1.25 * 1.25).findings());

        assertThat(second.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.since()).isEqualTo("c" + (HISTORY + 10));
        assertThat(second.verdict().effect().orElseThrow().relativeChange())
                .as("from the accepted level on")
                .isEqualTo(0.25, within(0.03));
        assertThat(second.statement().map(Annotation::kind)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11})
    void a_healthy_history_recorded_at_once_one_by_one_or_by_checks_judges_the_next_run_alike(long seed)
            throws IOException {
        List<Finding> verdicts = new ArrayList<>();
        for (String way : List.of("at once", "one by one", "by checks")) {
            files = new ResultFiles(Files.createDirectory(folder.resolve(way)));
            if (way.equals("at once")) {
                healthy(seed);
            } else {
                for (int i = 0; i < HISTORY; i++) {
                    Path file = run(seed, i, 1).file();
                    if (way.equals("one by one")) {
                        files.record(file);
                    } else {
                        files.check(file);
                    }
                }
            }
            assertThat(files.series()).allMatch(series -> series.points().size() == HISTORY);
            assertThat(files.series())
                    .allMatch(series -> series.points().stream().noneMatch(p -> p.judgedBad()));
            verdicts.add(moved(check(seed, HISTORY, 1.2).findings()));
        }

        assertThat(verdicts.get(1)).isEqualTo(verdicts.get(0));
        assertThat(verdicts.get(2).verdict()).isEqualTo(verdicts.get(0).verdict());
        assertThat(verdicts.get(2).id()).isEqualTo(verdicts.get(0).id());
        assertThat(verdicts.get(2).severity()).isEqualTo(verdicts.get(0).severity());
    }
}
