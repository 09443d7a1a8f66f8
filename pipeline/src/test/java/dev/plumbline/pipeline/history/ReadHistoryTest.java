package dev.plumbline.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.annotate.AcceptChanges;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.DisturbedRun;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a history shows. */
class ReadHistoryTest {
    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void emptyHistory() {
        files = new ResultFiles(folder);
    }

    private List<AnalyzedSeries> read(SeriesQuery query, RevisionRange range, ReadHistory.Order order)
            throws IOException {
        return new ReadHistory(files.workspace(), ReadHistory.Detail.WHOLE)
                .read(BranchSelector.of(files.workspace(), query), range, order, FindStops.Stops.NONE);
    }

    private List<AnalyzedSeries> read(RevisionRange range) throws IOException {
        return read(SeriesQuery.all(), range, ReadHistory.Order.NAME);
    }

    private static List<String> names(List<AnalyzedSeries> some) {
        return some.stream().map(one -> one.series().key().benchmark().name()).toList();
    }

    private static List<String> commits(AnalyzedSeries one) {
        return one.series().points().stream()
                .map(point -> point.run().header().revision().commit())
                .toList();
    }

    @Test
    void a_series_that_was_not_measured_at_the_ends_of_a_range_is_shown_between_them() throws IOException {
        for (int i = 0; i < 10; i++) {
            var run = files.run(i).with("often", 100 + i);
            files.record((i % 2 == 0 ? run : run.with("seldom", 50 + i)).file());
        }

        List<AnalyzedSeries> between = read(new RevisionRange("c2", "c6"));

        assertThat(names(between)).containsExactly("often", "seldom");
        assertThat(commits(between.get(0))).containsExactly("c2", "c3", "c4", "c5", "c6");
        assertThat(commits(between.get(1))).containsExactly("c3", "c5");
        assertThat(commits(read(new RevisionRange("c4", "")).get(1))).containsExactly("c5", "c7", "c9");
        assertThat(commits(read(new RevisionRange("", "c4")).get(1))).containsExactly("c1", "c3");
    }

    @Test
    void ranges_hold_both_their_ends() throws IOException {
        files.history(10);

        assertThat(commits(read(new RevisionRange("c3", "c3")).get(0))).containsExactly("c3");
        assertThat(commits(read(new RevisionRange("c8", "")).get(0))).containsExactly("c8", "c9");
        assertThat(commits(read(new RevisionRange("", "c1")).get(0))).containsExactly("c0", "c1");
        assertThat(read(new RevisionRange("c5", "c3"))).as("backwards").isEmpty();
        assertThatThrownBy(() -> read(new RevisionRange("c99", "")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("--from c99");
    }

    @Test
    void a_number_is_a_revision_and_not_how_longer_ones_begin() throws IOException {
        files.history(25);

        assertThat(commits(read(new RevisionRange("", "c2")).get(0))).containsExactly("c0", "c1", "c2");
        assertThat(commits(read(new RevisionRange("c2", "c3")).get(0))).containsExactly("c2", "c3");
        assertThat(commits(read(new RevisionRange("c24", "")).get(0))).containsExactly("c24");
        assertThat(files.compare("c1", "c2").candidates())
                .extracting(run -> run.header().revision().commit())
                .containsExactly("c2");
        assertThat(new ReportRun(
                                files.workspace(),
                                Policy.DEFAULT,
                                GatePolicy.DEFAULT,
                                Optional.empty(),
                                new ReportRun.Wanted.Last())
                        .report(Optional.of("c2"), false)
                        .report()
                        .candidates())
                .extracting(run -> run.header().revision().commit())
                .containsExactly("c2");
    }

    @Test
    void the_series_that_needs_a_person_comes_first() throws IOException {
        Random random = new Random(1);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            runs.add(files.run(i)
                    .with("a.stable", 100 * (1 + 0.002 * random.nextGaussian()))
                    .with("b.stepped", (i < 25 ? 100 : 130) * (1 + 0.002 * random.nextGaussian())));
        }
        files.record(files.together(runs));

        List<AnalyzedSeries> worst = read(SeriesQuery.all(), RevisionRange.EVERYTHING, ReadHistory.Order.WORST);
        List<AnalyzedSeries> byName = read(RevisionRange.EVERYTHING);

        assertThat(names(worst)).containsExactly("b.stepped", "a.stable");
        assertThat(names(byName)).containsExactly("a.stable", "b.stepped");
        SeriesAnalysis stepped = worst.get(0).analysis();
        assertThat(stepped.confirmed()).hasSize(1);
        assertThat(commits(worst.get(0)).get(stepped.confirmed().get(0).index()))
                .isEqualTo("c25");
        assertThat(worst.get(1).analysis().confirmed()).isEmpty();
    }

    @Test
    void one_run_is_a_history() throws IOException {
        files.history(1);

        List<AnalyzedSeries> found = read(RevisionRange.EVERYTHING);

        assertThat(found).hasSize(2).allMatch(one -> one.series().points().size() == 1);
        assertThat(found).allMatch(one -> one.analysis().confirmed().isEmpty());
        assertThat(new FindDisturbedRuns(files.workspace()).find(found)).isEmpty();
    }

    @Test
    void a_run_whose_clock_was_wrong_stands_where_its_check_judged_it() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 8; i++) {
            files.record(files.run(i)
                    .with("only", 120 * (1 + 0.005 * random.nextGaussian()))
                    .file());
        }
        Path late = folder.resolve("late.csv");
        Files.writeString(late, """
                benchmark,metric,unit,better,value,branch,environment,time
                only,time,ms,lower,144,main,lab,2001-01-01T00:00:00Z
                """);
        Report report = files.check(late);
        assertThat(report.findings()).extracting(Finding::verdict).hasOnlyElementsOfType(Verdict.Regressed.class);

        AnalyzedSeries shown = read(RevisionRange.EVERYTHING).get(0);

        assertThat(shown.series().points().get(8).value()).isEqualTo(144);
        assertThat(shown.analysis().called()).singleElement().satisfies(called -> assertThat(called.index())
                .isEqualTo(8));
        assertThat(shown.analysis().shape().anomalies()).isEmpty();
        assertThat(shown.analysis().warnings()).doesNotHaveAnyElementsOfTypes(AnalysisWarning.Unmeasured.class);
    }

    @Test
    void what_the_newest_check_suspects_is_no_outlier() throws IOException {
        int suspected = 0;
        for (int seed = 0; seed < 80; seed++) {
            files = new ResultFiles(Files.createDirectories(folder.resolve("seed" + seed)));
            Random random = new Random(seed);
            List<ResultFiles.Run> runs = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                ResultFiles.Run run = files.run(i);
                for (int j = 0; j < 6; j++) {
                    double level = i < 14 || j % 2 == 1 ? 100 : 102 + 0.1 * seed % 3;
                    run.with("b" + j, level * (1 + (j + 1) * 0.003 * random.nextGaussian()));
                }
                runs.add(run);
            }
            files.record(files.together(runs.subList(0, 14)));
            List<Finding> findings = files.check(runs.get(14).file()).findings();
            Map<String, SeriesAnalysis> shown = new HashMap<>();
            read(RevisionRange.EVERYTHING)
                    .forEach(one -> shown.put(one.series().key().benchmark().name(), one.analysis()));

            for (Finding finding : findings) {
                SeriesAnalysis analysis = shown.get(finding.key().benchmark().name());
                if (finding.isSuspect()) {
                    suspected++;
                    assertThat(analysis.shape().anomalies())
                            .as("seed %d, %s", seed, finding.key())
                            .noneMatch(one -> one.end() == 15);
                    assertThat(analysis.warnings()).hasAtLeastOneElementOfType(AnalysisWarning.Possible.class);
                }
            }
        }
        assertThat(suspected).isGreaterThan(5);
    }

    @Test
    void a_run_in_which_everything_is_off_is_a_disturbed_one() throws IOException {
        Random random = new Random(5);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            var run = files.run(i);
            for (int j = 0; j < 12; j++) {
                run.with("b" + (char) ('a' + j), 100 * (1 + 0.003 * random.nextGaussian()) * (i == 20 ? 1.3 : 1));
            }
            runs.add(run);
        }
        files.record(files.together(runs));

        List<DisturbedRun> disturbed = new FindDisturbedRuns(files.workspace()).find(read(RevisionRange.EVERYTHING));

        assertThat(disturbed)
                .extracting(one -> one.run().header().revision().commit())
                .containsExactly("c20");
    }

    @Test
    void an_accepted_step_is_no_disturbed_run() throws IOException {
        for (int i = 0; i < 20; i++) {
            files.record(ofSix(i, 1).file());
        }
        Report worse = files.check(ofSix(20, 1.12).file());
        FindDisturbedRuns finding = new FindDisturbedRuns(files.workspace());
        assertThat(finding.find(read(RevisionRange.EVERYTHING)))
                .extracting(one -> one.run().header().revision().commit())
                .containsExactly("c20");

        for (Finding one : worse.findings()) {
            if (one.verdict().kind() == Verdict.Kind.REGRESSED) {
                new AcceptChanges(files.workspace(), "default", BaselineSettings.DEFAULT, new Author("ann", "needed"))
                        .accept(one.id(), Acceptance.Scope.METRIC, Optional.empty(), false);
            }
        }
        files.check(ofSix(21, 1.12).file());

        assertThat(finding.find(read(RevisionRange.EVERYTHING))).isEmpty();
    }

    /** Two of the six are at a multiple of their level, where the others happen to be off by a little. */
    private ResultFiles.Run ofSix(int place, double factor) {
        var run = files.run(place);
        for (int j = 0; j < 6; j++) {
            double noise = 0.003 * (place == 20 ? 2 : (place + j) % 2 == 0 ? 1 : -1);
            run.with("b" + (char) ('a' + j), 100 * (1 + noise) * (j < 2 ? factor : 1));
        }
        return run;
    }

    @Test
    void other_branches_are_counted_and_not_shown() throws IOException {
        files.history(5);
        files.record(files.healthy(5).on("feature").file());
        BranchSelector branches = BranchSelector.of(files.workspace(), SeriesQuery.all());

        assertThat(branches.words()).hasValue("and 2 series on another branch: --branch feature");
        assertThat(names(read(RevisionRange.EVERYTHING))).containsExactly("fast", "slow");
        assertThat(read(SeriesQuery.all().onBranch("feature"), RevisionRange.EVERYTHING, ReadHistory.Order.NAME))
                .hasSize(2)
                .allMatch(one -> one.series().key().branch().equals("feature"))
                .allMatch(one -> one.series().points().stream()
                        .map(point -> point.run().header().revision().branch())
                        .toList()
                        .equals(List.of("main", "main", "main", "main", "main", "feature")));
    }

    @Test
    void without_a_history_there_is_nothing() {
        assertThatThrownBy(() -> read(RevisionRange.EVERYTHING)).isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> new ExplainNoSeries(files.workspace()).explain(SeriesQuery.all()))
                .isInstanceOf(NothingFound.class);
    }

    @Test
    void a_filter_that_is_too_narrow_is_explained() throws IOException {
        files.history(2);
        ExplainNoSeries explain = new ExplainNoSeries(files.workspace());
        SeriesQuery fast = SeriesQuery.all().ofBenchmark(new BenchmarkPattern("fast"));

        assertThatThrownBy(() -> explain.explain(fast.ofMetric("tine")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("tine")
                .hasMessageContaining("time");
        assertThatThrownBy(() -> explain.explain(fast.inEnvironment("lob")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("lab");
        assertThatThrownBy(() -> explain.explain(fast.onBranch("mian")))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("main");
        assertThat(explain.explain(fast)).contains("2 series");
    }

    @Test
    void the_runs_that_are_forgotten_are_the_oldest_beyond_both_limits() throws IOException {
        files.history(20);
        List<String> left = new ArrayList<>();

        assertThat(new PruneHistory(files.workspace())
                        .prune(PruneHistory.Rules.ofRuns(0, 5), false)
                        .runs())
                .isEqualTo(15);
        assertThat(files.series().get(0).points()).as("for show").hasSize(20);
        assertThat(new PruneHistory(files.workspace())
                        .prune(PruneHistory.Rules.ofRuns(36_500, 5), true)
                        .runs())
                .isZero();
        assertThat(new PruneHistory(files.workspace())
                        .prune(PruneHistory.Rules.ofRuns(0, 5), true)
                        .runs())
                .isEqualTo(15);
        files.series()
                .get(0)
                .points()
                .forEach(point -> left.add(point.run().header().revision().commit()));
        assertThat(left).containsExactly("c15", "c16", "c17", "c18", "c19");
    }
}
