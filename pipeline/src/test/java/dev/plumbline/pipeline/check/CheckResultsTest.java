package dev.plumbline.pipeline.check;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.evidence.ReasonWords;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import dev.plumbline.store.BenchmarkPattern;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckResultsTest {
    private static final String CUT_OFF = "benchmark,value,unit\nfine,1,ms\nhalf,\"2";
    private static final String ENTRY =
            "{\"jmhVersion\":\"1.37\",\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"threads\":1,"
                    + "\"forks\":1,\"primaryMetric\":{\"score\":1.5,\"scoreUnit\":\"ns/op\",\"rawData\":[[1.0,2.0]]},"
                    + "\"secondaryMetrics\":{}},";

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void emptyHistory() {
        files = new ResultFiles(folder);
    }

    private static Kind kind(Report report, String benchmark) {
        return finding(report, benchmark).verdict().kind();
    }

    private List<Series> series() {
        return files.series();
    }

    private int points() {
        return series().stream().mapToInt(series -> series.points().size()).sum();
    }

    @Test
    void first_runs_are_inconclusive_and_pass() throws IOException {
        for (int i = 0; i < 5; i++) {
            Report report = files.check(files.healthy(i).file());
            assertThat(report.findings()).hasSize(2).allMatch(f -> f.verdict().kind() == Kind.INCONCLUSIVE);
            assertThat(report.gate().state()).isEqualTo(State.OPEN);
        }
        assertThat(points()).isEqualTo(10);
    }

    @Test
    void a_regression_closes_the_gate_and_stays_out_of_the_baseline() throws IOException {
        files.history(30);
        for (int i = 30; i < 45; i++) {
            Report report =
                    files.check(files.run(i).with("fast", 120).with("slow", 500).file());
            assertThat(kind(report, "fast")).as("run %d", i).isEqualTo(Kind.REGRESSED);
            assertThat(kind(report, "slow")).isEqualTo(Kind.UNCHANGED);
            assertThat(report.gate().state()).isEqualTo(State.CLOSED);
            Finding finding = finding(report, "fast");
            assertThat(finding.baseline().orElseThrow().level()).isEqualTo(100, within(0.5));
            assertThat(finding.since()).isEqualTo("c30");
        }
        Report fixed = files.check(files.healthy(45).file());
        assertThat(kind(fixed, "fast")).isEqualTo(Kind.UNCHANGED);
        assertThat(fixed.gate().state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_dry_run_says_what_a_check_says_and_leaves_the_history_as_it_is() throws IOException {
        files.history(30);
        byte[] before = Files.readAllBytes(files.historyFile());
        Path file = files.run(30).with("fast", 120).with("slow", 500).file();

        Report dry = files.dryRun(file);

        assertThat(Files.readAllBytes(files.historyFile())).isEqualTo(before);
        assertThat(points()).isEqualTo(60);
        assertThat(dry.notes()).containsExactly("a dry run: nothing was recorded");
        Report kept = files.check(file);
        assertThat(dry.findings()).isEqualTo(kept.findings());
        assertThat(dry.gate()).isEqualTo(kept.gate());
        assertThat(kept.notes()).singleElement().asString().contains("plumb accept");
        assertThat(points()).isEqualTo(62);
    }

    @Test
    void of_several_regressions_the_worst_is_named_to_be_accepted() throws IOException {
        for (int i = 0; i < 30; i++) {
            files.record(
                    files.run(i).with("a", 100 + i % 3).with("b", 100 + i % 2).file());
        }

        Report report = files.check(files.run(30).with("a", 112).with("b", 140).file());

        assertThat(report.findings()).extracting(Finding::verdict).hasOnlyElementsOfType(Verdict.Regressed.class);
        assertThat(report.findings().get(0).key().benchmark().label()).isEqualTo("b");
        assertThat(report.notes())
                .contains("if a regression is intended: plumb accept "
                        + report.findings().get(0).id()
                        + " --reason WHY; plumb explain '*' has the ids of the others");
    }

    @Test
    void what_recorded_runs_that_were_never_checked_brought_is_named_the_largest_first() throws IOException {
        files.history(30);
        files.check(files.healthy(30).file());
        for (int i = 31; i < 51; i++) {
            files.record(files.run(i)
                    .with("fast", 106 + 0.1 * (i % 5))
                    .with("slow", 515 + i % 3)
                    .file());
        }

        Report report =
                files.check(files.run(51).with("fast", 106).with("slow", 515).file());

        assertThat(report.notes()).anySatisfy(note -> assertThat(note)
                .startsWith("2 series got worse, most of all fast time, +5.")
                .contains(" since commit c31 on main ")
                .contains("; this run is compared with the earlier level"));
    }

    @Test
    void a_dry_run_where_there_is_no_history_begins_none() throws IOException {
        Report dry = files.dryRun(files.healthy(0).file());

        assertThat(dry.findings()).hasSize(2).allMatch(f -> f.verdict().kind() == Kind.INCONCLUSIVE);
        assertThat(files.historyFile()).doesNotExist();
        assertThat(files.historyFile().getParent()).doesNotExist();
    }

    @Test
    void the_same_file_again_changes_nothing() throws IOException {
        files.history(30);
        Path file = files.run(30).with("fast", 120).with("slow", 500).file();
        Report first = files.check(file);
        int points = points();
        Report again = files.check(file);

        assertThat(points()).isEqualTo(points);
        assertThat(again.findings()).isEqualTo(first.findings());
        assertThat(again.gate()).isEqualTo(first.gate());
        assertThat(again.notes()).anyMatch(note -> note.contains("already"));
    }

    @Test
    void the_same_numbers_for_another_commit_are_told_of() throws IOException {
        files.check(files.run(1).with("fast", 100).file());

        assertThat(files.check(files.run(2).with("fast", 100).file()).notes())
                .anyMatch(note -> note.contains("old result file"));
    }

    @Test
    void results_of_an_unknown_commit_in_a_history_of_commits_are_told_of() throws IOException {
        files.history(10);
        Path named = files.healthy(10).file();
        Path nameless = files.write(
                "nameless.csv", "benchmark,metric,unit,better,value,environment\nfast,time,ms,lower,100.1,lab\n");

        assertThat(files.check(named).notes()).noneMatch(note -> note.contains("these results carry no commit"));
        assertThat(files.check(nameless).notes())
                .contains("these results carry no commit, so they count as the newest run of main; set it with"
                        + " --commit and --branch");
    }

    @Test
    void a_fact_of_the_machine_that_stayed_until_this_run_is_told_wherever_notes_are() throws IOException {
        for (int i = 0; i < 8; i++) {
            files.record(measuredWith(i, "6.1.0-25", "EPYC", "main", "lab"));
        }
        String hostile = "6.8\u001b[31m<b>_x_";

        Report report = files.check(measuredWith(8, hostile, "EPYC", "main", "lab"));

        assertThat(report.notes()).contains("info.kernel changed with this run from 6.1.0-25 to " + hostile);
        assertThat(TextReport.of(report, TextStyle.DEFAULT))
                .contains("info.kernel changed with this run from 6.1.0-25 to 6.8")
                .doesNotContain("\u001b[31m");
        assertThat(MarkdownReport.of(report))
                .contains("info.kernel changed with this run")
                .doesNotContain("<b>");
        assertThat(JsonReport.of(report)).contains("info.kernel changed with this run from 6.1.0-25");
        assertThat(new ReportRun(
                                files.workspace(),
                                Policy.DEFAULT,
                                GatePolicy.DEFAULT,
                                Optional.empty(),
                                new ReportRun.Wanted.Last())
                        .report(Optional.empty(), false)
                        .report()
                        .notes())
                .contains("info.kernel changed with this run from 6.1.0-25 to " + hostile);
        assertThat(files.check(measuredWith(9, hostile, "EPYC", "main", "lab")).notes())
                .as("it is the same again")
                .noneMatch(note -> note.contains("changed with this run"));
    }

    @Test
    void a_fact_is_compared_with_runs_of_the_same_branch_and_of_these_with_enough_to_say_that_it_stays()
            throws IOException {
        for (int i = 0; i < 8; i++) {
            files.record(measuredWith(i, "6.1", "EPYC", "main", "lab"));
        }
        files.record(measuredWith(8, "6.8", "EPYC", "topic", "lab"), measuredWith(9, "6.8", "EPYC", "topic", "lab"));

        assertThat(files.check(measuredWith(10, "6.9", "EPYC", "topic", "lab")).notes())
                .noneMatch(note -> note.contains("changed with this run"));
    }

    @Test
    void many_facts_that_changed_are_told_in_short() throws IOException {
        for (int i = 0; i < 8; i++) {
            files.record(measuredWith(i, "6.1", "a", "main", "lab"));
        }

        assertThat(files.check(measuredWith(8, "6.8", "b", "main", "lab")).notes())
                .contains("info.a changed with this run from a to b, info.b from a to b, info.c from a to b,"
                        + " and 1 more");
    }

    /** A run of which the kernel is told, three more facts, and a load that is another one with each. */
    private Path measuredWith(int index, String kernel, String other, String branch, String environment) {
        return files.write(
                "facts" + index + ".csv",
                "benchmark,metric,unit,better,value,commit,branch,commit_time,environment,env:info.kernel,env:info.a,"
                        + "env:info.b,env:info.c,env:info.load\n"
                        + String.format(
                                Locale.ROOT,
                                "fast,time,ms,lower,%s,c%d,%s,%s,%s,%s,%s,%s,%s,%d\n",
                                100 + 0.1 * (index % 3),
                                index,
                                branch,
                                ResultFiles.NOON.minusSeconds(3600L * (1000 - index)),
                                environment,
                                kernel,
                                other,
                                other,
                                other,
                                index));
    }

    @Test
    void further_runs_of_a_commit_are_judged_together() throws IOException {
        files.history(30);
        files.record(files.run(30).with("fast", 103).with("slow", 500).file());
        Report report =
                files.check(files.run(30).with("fast", 103.2).with("slow", 501).file());

        assertThat(finding(report, "fast").verdict().effect().orElseThrow().after())
                .isEqualTo(103.1, within(0.01));
        assertThat(report.notes()).anyMatch(note -> note.startsWith("2 runs of commit c30 are judged together"));
    }

    @Test
    void a_feature_branch_is_judged_against_main() throws IOException {
        files.history(30);
        Report healthy = files.check(files.healthy(30).on("feature").file());
        assertThat(kind(healthy, "fast")).isEqualTo(Kind.UNCHANGED);
        assertThat(finding(healthy, "fast").baseline().orElseThrow().runs()).isEqualTo(30);

        Report slower = files.check(
                files.run(31).on("feature").with("fast", 120).with("slow", 500).file());
        assertThat(kind(slower, "fast")).isEqualTo(Kind.REGRESSED);
        assertThat(kind(files.check(files.healthy(32).file()), "fast")).isEqualTo(Kind.UNCHANGED);
    }

    @Test
    void a_feature_branch_that_measures_in_another_unit_is_converted() throws IOException {
        files.history(30);
        Report report = files.check(files.run(30)
                .on("feature")
                .with("fast", "us", 100_000)
                .with("slow", "us", 600_000)
                .file());

        assertThat(kind(report, "fast")).isEqualTo(Kind.UNCHANGED);
        assertThat(kind(report, "slow")).isEqualTo(Kind.REGRESSED);
        assertThat(finding(report, "slow").verdict().effect().orElseThrow().relativeChange())
                .isEqualTo(0.2, within(0.01));
    }

    @Test
    void a_feature_branch_in_a_unit_that_cannot_be_converted_is_not_comparable() throws IOException {
        files.history(30);
        Report report = files.check(files.run(30)
                .on("feature")
                .with("fast", "widgets", 100)
                .with("slow", 500)
                .file());

        assertThat(kind(report, "fast")).isEqualTo(Kind.NOT_COMPARABLE);
        assertThat(kind(report, "slow")).isEqualTo(Kind.UNCHANGED);
    }

    @Test
    void a_wrong_unit_is_compared_with_that_of_the_base_branch_and_not_with_an_earlier_wrong_one() throws IOException {
        files.history(30);
        for (int i = 30; i < 32; i++) {
            files.check(files.run(i)
                    .on("feature")
                    .with("fast", "widgets", 100)
                    .with("slow", 500)
                    .file());
        }
        Report report = files.check(files.run(32)
                .on("feature")
                .with("fast", "MB", 100)
                .with("slow", 500)
                .file());

        assertThat(ReasonWords.of(
                        ((Verdict.NotComparable) finding(report, "fast").verdict()).reason()))
                .isEqualTo("its unit, MB, cannot be converted to that of main, ms");
    }

    @Test
    void a_run_in_a_unit_that_no_earlier_run_can_be_converted_to_is_not_comparable() throws IOException {
        files.history(30);
        Report report = files.check(
                files.run(30).with("fast", "MB", 100).with("slow", 500).file());

        assertThat(kind(report, "fast")).isEqualTo(Kind.NOT_COMPARABLE);
        assertThat(ReasonWords.of(
                        ((Verdict.NotComparable) finding(report, "fast").verdict()).reason()))
                .isEqualTo("its unit, MB, cannot be converted to that of its 30 earlier runs, ms");
    }

    @Test
    void a_first_run_in_a_wrong_unit_does_not_hold_the_one_after_it() throws IOException {
        files.check(files.run(0).with("fast", "MB", 100).with("slow", 500).file());
        Report report = files.check(files.healthy(1).file());

        assertThat(kind(report, "fast")).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(report.gate().state()).isEqualTo(State.OPEN);
        assertThat(report.notes()).anyMatch(note -> note.startsWith("the only earlier run of 1 series is in MB, "));
    }

    @Test
    void an_older_run_in_a_unit_that_was_given_up_is_not_comparable() throws IOException {
        files.history(30);
        Report report = files.check(
                files.run(7).with("fast", "widgets", 100).with("slow", 500).file());

        assertThat(kind(report, "fast")).isEqualTo(Kind.NOT_COMPARABLE);
        assertThat(report.findings()).hasSize(2);
    }

    @Test
    void a_missing_benchmark_closes_the_gate() throws IOException {
        files.history(10);
        Report report = files.check(files.run(10).with("fast", 100).file());

        assertThat(report.missing())
                .extracting(one -> one.key().benchmark().name())
                .containsExactly("slow");
        assertThat(report.gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void another_suite_in_the_same_history_misses_nothing() throws IOException {
        files.history(10);
        files.check(files.healthy(10).file());

        assertThat(files.check(files.run(10).with("something else", 1).file()).missing())
                .isEmpty();
    }

    @Test
    void another_environment_is_not_comparable() throws IOException {
        files.history(30);
        Report report = files.check(files.healthy(30).in("laptop").file());

        assertThat(report.findings()).hasSize(2).allMatch(f -> f.verdict().kind() == Kind.NOT_COMPARABLE);
    }

    @Test
    void a_file_with_a_whole_history_judges_its_newest_revision() throws IOException {
        Report report = files.check(files.wholeHistory(30));

        assertThat(kind(report, "fast")).isEqualTo(Kind.UNCHANGED);
        assertThat(report.candidates()).hasSize(1);
        assertThat(report.candidates().get(0).header().revision().commit()).isEqualTo("c29");
        assertThat(report.notes()).anyMatch(note -> note.contains("30 runs"));
    }

    @Test
    void a_named_file_that_cannot_be_read_keeps_everything_out() {
        Path good = files.healthy(0).file();
        Path bad = files.write("bad.csv", CUT_OFF);

        assertThatThrownBy(() -> files.check(good, bad))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("bad.csv");
        assertThat(series()).isEmpty();
    }

    @Test
    void a_file_that_does_not_exist_keeps_everything_out() {
        Path good = files.healthy(0).file();

        assertThatThrownBy(() -> files.check(good, folder.resolve("no-such-file")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(series()).isEmpty();
    }

    @Test
    void what_is_no_result_is_passed_over_in_a_folder() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        Files.copy(files.healthy(0).file(), results.resolve("a.csv"));
        Files.writeString(results.resolve("README"), "no result\n");
        Files.writeString(results.resolve(".hidden.csv"), CUT_OFF);
        Report report = files.check(results);

        assertThat(report.findings()).hasSize(2);
        assertThat(report.problems()).hasSize(1).first().asString().contains("README");
    }

    @Test
    void half_a_result_in_a_folder_keeps_everything_out() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        Files.copy(files.healthy(0).file(), results.resolve("a.csv"));
        Files.writeString(results.resolve("b.json"), "[" + ENTRY + ENTRY.substring(0, 50));

        assertThatThrownBy(() -> files.check(results))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("b.json");
        assertThat(series()).isEmpty();
    }

    @Test
    void nothing_measured_closes_the_gate() throws IOException {
        Path without = files.write("results.csv", "benchmark,value,unit\nwork,none,ms\n");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(files.check(without).gate().state()).isEqualTo(State.CLOSED);
        assertThatThrownBy(() -> files.check(empty)).isInstanceOf(IOException.class);
    }

    @Test
    void recording_takes_all_files_or_none_and_tells_of_every_bad_one() throws IOException {
        List<Path> paths = List.of(
                files.healthy(0).file(),
                files.write("bad.csv", CUT_OFF),
                files.healthy(1).file(),
                files.write("worse.csv", CUT_OFF));

        RecordResults.Outcome refused = files.recorder().record(paths);

        assertThat(refused.runs()).isEmpty();
        assertThat(refused.unreadable())
                .extracting(Problem::where)
                .satisfiesExactly(bad -> assertThat(bad).contains("bad.csv"), worse -> assertThat(worse)
                        .contains("worse.csv"));
        assertThat(series()).isEmpty();
    }

    @Test
    void files_that_cannot_be_read_are_left_out_when_asked_to() throws IOException {
        Path good = files.healthy(0).file();
        RecordResults.Outcome outcome = new RecordResults(
                        files.workspace(), ReadingSettings.DEFAULT.leavingUnreadableOut(true), Progress.SILENT)
                .record(List.of(
                        good, files.write("bad.csv", CUT_OFF), files.healthy(1).file()));

        assertThat(outcome.files()).isEqualTo(3);
        assertThat(outcome.unreadable()).hasSize(1).first().asString().contains("bad.csv");
        assertThat(outcome.newMeasurements()).isEqualTo(4);
        assertThat(series()).extracting(s -> s.key().benchmark().name()).containsExactly("fast", "slow");
        assertThat(files.record(good).newMeasurements()).isZero();
    }

    @Test
    void explaining_judges_the_newest_run_once_more() throws IOException {
        files.history(30);
        Report report =
                files.check(files.run(30).with("fast", 120).with("slow", 500).file());

        List<Finding> explained = new ExplainFindings(
                        files.workspace(),
                        Policy.DEFAULT,
                        Optional.empty(),
                        Optional.empty(),
                        GatePolicy.DEFAULT,
                        Optional.empty())
                .explain(new BenchmarkPattern("FAST"), Optional.empty(), Optional.empty())
                .findings();
        assertThat(explained).containsExactly(finding(report, "fast"));
    }

    @Test
    void files_are_compared_benchmark_by_benchmark() throws IOException {
        String base = files.run(0).with("fast", 100).with("gone", 5).file().toString();
        String other =
                files.run(1).with("fast", "us", 150_000).with("new", 7).file().toString();
        Report report = files.compare(base, other);

        assertThat(report.findings()).hasSize(1);
        assertThat(finding(report, "fast").verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(report.missing())
                .extracting(one -> one.key().benchmark().name())
                .containsExactly("gone");
        assertThat(report.notes())
                .contains("1 new benchmark: new")
                .anyMatch(note -> note.startsWith("each side is a single run, "));
        assertThat(Files.exists(files.historyFile())).isFalse();
    }

    @Test
    void a_measurement_in_another_unit_is_a_finding_that_says_so() throws IOException {
        String base =
                files.run(0).with("a", "ms", 100).with("b", "ms", 5).file().toString();
        String other =
                files.run(1).with("a", "B", 100).with("b", "ms", 5).file().toString();
        String alone = files.run(2).with("a", "B", 100).file().toString();

        Report report = files.compare(base, other);
        Report nothing = files.compare(base, alone);

        assertThat(finding(report, "a").verdict())
                .isEqualTo(new Verdict.NotComparable(new Evidence.ForeignUnit(
                        Optional.of(Unit.of("B")), new Evidence.ForeignUnit.Base(), Optional.of(Unit.of("ms")))));
        assertThat(finding(report, "b").verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(report.gate().state()).isEqualTo(State.UNDECIDED);
        assertThat(nothing.gate().state()).isEqualTo(State.CLOSED);
        assertThat(GateWords.reasons(nothing)).contains("no measurement is on both sides in comparable units");
    }

    @Test
    void files_that_name_no_commit_are_compared_under_their_own_names() throws IOException {
        String table = "benchmark,unit,value\nsort,ms,1\nsort,ms,1.1\n";
        Report report = files.compare(
                files.write("a.csv", table).toString(),
                files.write("b.csv", table).toString());

        assertThat(report.candidates()).singleElement().satisfies(run -> {
            assertThat(run.id()).endsWith("b.csv");
            assertThat(run.header().revision().isKnown()).isFalse();
        });
    }

    @Test
    void revisions_in_the_history_are_compared() throws IOException {
        for (int i = 0; i < 4; i++) {
            files.record(files.run(1000).with("fast", 100 + 0.1 * i).file());
            files.record(files.run(2000).with("fast", 110 + 0.1 * i).file());
        }
        Report report = files.compare("c1000", "c2000");

        assertThat(kind(report, "fast")).isEqualTo(Kind.REGRESSED);
        assertThat(report.candidates()).hasSize(4);
        assertThat(report.notes()).noneMatch(note -> note.startsWith("each side is a single run"));
        assertThatThrownBy(() -> files.compare("c1000", "c3000"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("c3000");
    }

    @Test
    void results_of_two_environments_are_judged_each_in_its_own() throws IOException {
        for (int i = 0; i < 30; i++) {
            files.record(
                    files.run(i).in("lab").with("fast", 100 + i % 5).file(),
                    files.run(i).in("phone").with("fast", 300 + i % 7).file());
        }

        Report report = files.check(
                files.run(40).in("lab").with("fast", 102).file(),
                files.run(40).in("phone").with("fast", 400).file());

        assertThat(report.candidates()).hasSize(2);
        assertThat(report.base()).isEqualTo("the history of main in environment lab and phone");
        assertThat(report.findings())
                .extracting(
                        finding -> finding.key().environment(),
                        finding -> finding.verdict().kind() == Kind.REGRESSED)
                .containsExactlyInAnyOrder(tuple("lab", false), tuple("phone", true));
        assertThat(report.gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void what_is_missing_in_one_environment_is_missing_though_the_other_has_it() throws IOException {
        for (int i = 0; i < 10; i++) {
            files.record(
                    files.healthy(i).in("lab").file(),
                    files.healthy(i).in("phone").file());
        }

        Report report = files.check(
                files.healthy(10).in("lab").file(),
                files.run(10).in("phone").with("fast", 100).file());

        assertThat(report.missing())
                .extracting(one ->
                        one.key().environment() + " " + one.key().benchmark().name())
                .containsExactly("phone slow");
    }

    @Test
    void a_branch_without_a_base_is_said_to_be_judged_against_itself() throws IOException {
        for (int i = 0; i < 10; i++) {
            files.record(files.healthy(i).on("topic").file());
        }

        Report report = files.check(files.healthy(10).on("topic").file());

        assertThat(report.base()).isEqualTo("the history of topic in environment lab");
    }

    @Test
    void another_thing_in_a_folder_is_told_of_and_passed_over_by_a_comparison() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        Files.move(files.healthy(1).file(), results.resolve("run.csv"));
        Files.writeString(results.resolve("notes.txt"), "The machine was quiet.\n");

        Report report = files.compare("results", "results");

        assertThat(report.findings()).hasSize(2);
        assertThat(report.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.where())
                .contains("notes.txt"));
        assertThatThrownBy(() -> files.compare("results", "results/notes.txt")).isInstanceOf(UnreadableInput.class);
    }

    @Test
    void a_subfolder_that_may_not_be_read_is_named() throws IOException {
        Path closed = Files.createDirectories(folder.resolve("results/closed"));
        assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "this user reads all");

        assertThatThrownBy(() -> files.check(folder.resolve("results")))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_path_that_does_not_exist_begins_no_history() {
        assertThatThrownBy(() -> files.check(Path.of("nowhere.json"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.record(Path.of("nowhere.json"))).isInstanceOf(NoSuchFileException.class);

        assertThat(folder.resolve(".plumbline")).doesNotExist();
    }

    @Test
    void relative_paths_start_at_the_working_directory() throws IOException {
        Path file = files.healthy(1).file();

        assertThat(files.record(file.getFileName()).newMeasurements()).isEqualTo(2);
        assertThat(files.check(file.getFileName()).findings()).hasSize(2);
    }
}
