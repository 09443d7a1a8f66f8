package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With which of its commits a branch changed what it is held against. */
class BranchOnsetTest {
    private static final String PLACE = Environment.unknown().key();
    private static final int RUNS = 16;
    private static final int SERIES = 6;
    private static final double NOISE = 0.01;

    /**
     * One run of the branch.
     *
     * @param factor of its first benchmark
     * @param shared factor of all benchmarks
     * @param isCalled whether a check called the first one
     */
    private record BranchRun(String commit, double factor, double shared, boolean isCalled) {}

    private static BranchRun run(String commit, double factor) {
        return new BranchRun(commit, factor, 1, false);
    }

    private static BranchRun called(String commit, double factor) {
        return new BranchRun(commit, factor, 1, true);
    }

    private static RunInfo info(int number, String branch, String commit) {
        return new RunInfo(
                branch + number,
                new RunHeader(
                        Revision.of(commit, branch),
                        Environment.unknown(),
                        Optional.empty(),
                        Instant.EPOCH.plusSeconds(number),
                        Collections.emptySortedMap()));
    }

    private static Series series(int index, String branch, List<Point> points) {
        return new Series(
                new SeriesKey(Benchmark.of("b" + index), "time", PLACE, branch),
                Unit.of("ms"),
                Better.LOWER,
                points,
                List.of());
    }

    private static Finding judged(long seed, Predicate<RunInfo> isBehind, BranchRun... branch) {
        return judged(seed, 0, isBehind, branch);
    }

    /** @param common half the largest deviation of what each run of main does to all benchmarks */
    private static Finding judged(long seed, double common, Predicate<RunInfo> isBehind, BranchRun... branch) {
        Random random = new Random(seed);
        double[] shared =
                random.doubles(RUNS).map(value -> common * (4 * value - 2)).toArray();
        List<Series> main = IntStream.range(0, SERIES)
                .mapToObj(i -> series(
                        i,
                        "main",
                        IntStream.range(0, RUNS)
                                .mapToObj(run -> new Point(
                                        info(run, "main", "c" + run),
                                        100 * Math.exp(shared[run] + NOISE * random.nextGaussian()),
                                        1,
                                        0,
                                        false))
                                .toList()))
                .toList();
        List<Series> own = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            List<Point> points = new ArrayList<>();
            for (int run = 0; run < branch.length; run++) {
                BranchRun one = branch[run];
                points.add(new Point(
                        info(1000 + run, "feature", one.commit),
                        100 * one.shared * (i == 0 ? one.factor : 1) * Math.exp(NOISE * random.nextGaussian()),
                        1,
                        0,
                        i == 0 && one.isCalled));
            }
            own.add(series(i, "feature", points));
        }
        RunInfo newest = info(1000 + branch.length - 1, "feature", branch[branch.length - 1].commit);
        return new Judge(Policy.DEFAULT)
                .judge(new Snapshot(
                        List.of(newest),
                        own,
                        Map.of(
                                PLACE,
                                new Snapshot.EnvironmentHistory(
                                        "main",
                                        Optional.of(main),
                                        Optional.of(run -> true),
                                        run -> false,
                                        List.of(),
                                        isBehind,
                                        (run, ofBase) -> true,
                                        List::of)),
                        new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                        new Annotations(
                                new Annotations.Facts(List.of(), List.of(), List.of()),
                                Instant.EPOCH,
                                CommitOrder.UNKNOWN),
                        Set.of(),
                        key -> List.of(),
                        true))
                .findings()
                .get(0);
    }

    private static Finding judged(long seed, BranchRun... branch) {
        return judged(seed, run -> true, branch);
    }

    private static List<HistoryEvidence.EarlierOnBranch> earlier(Finding finding) {
        return finding.evidence(HistoryEvidence.EarlierOnBranch.class).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_further_commit_does_not_take_the_blame_of_the_one_that_a_check_called(long seed) {
        Finding first = judged(seed, run("f1", 1.2));

        Finding second = judged(seed, called("f1", 1.2), run("f2", 1.2));

        assertThat(first.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(second.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(second.since()).isEqualTo("f1");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(earlier(second)).containsExactly(new HistoryEvidence.EarlierOnBranch("feature", "f1", 1));
        assertThat(earlier(first)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void what_was_only_recorded_shows_the_change_too(long seed) {
        assertThat(judged(seed, run("f1", 1), run("f2", 1.2), run("f3", 1.2), run("f4", 1.2))
                        .since())
                .isEqualTo("f2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void so_does_an_improvement(long seed) {
        Finding finding = judged(seed, run("f1", 1), run("f2", 0.8), run("f3", 0.8));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Improved.class);
        assertThat(finding.since()).isEqualTo("f2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_change_that_went_away_between_is_another_one(long seed) {
        assertThat(judged(seed, called("f1", 1.2), run("f2", 1), run("f3", 1.2)).since())
                .isEqualTo("f3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void what_comes_on_top_begins_with_its_own_commit(long seed) {
        Finding finding = judged(seed, called("f1", 1.2), called("f2", 1.2), run("f3", 1.35));

        assertThat(finding.since()).isEqualTo("f3");
        assertThat(judged(seed, called("f1", 1.2), run("f2", 1.35), run("f3", 1.35))
                        .since())
                .isEqualTo("f2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_part_that_came_back_leaves_the_rest_where_it_began(long seed) {
        assertThat(judged(seed, called("f1", 1.35), run("f2", 1.2)).since()).isEqualTo("f1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_run_in_which_everything_was_slow_does_not_show_it(long seed) {
        assertThat(judged(seed, 0.05, run -> true, new BranchRun("f1", 1, 1.15, false), run("f2", 1.5))
                        .since())
                .isEqualTo("f2");
    }

    @Test
    void runs_of_one_commit_are_one_commit() {
        assertThat(earlier(judged(1, called("f1", 1.2), called("f1", 1.2), called("f2", 1.2), run("f3", 1.2))))
                .containsExactly(new HistoryEvidence.EarlierOnBranch("feature", "f1", 2));
    }

    @Test
    void a_working_copy_with_changes_dates_nothing_and_hides_nothing() {
        assertThat(judged(1, called("f0-dirty", 1.2), called("f1", 1.2), called("f1-dirty", 1.2), run("f2", 1.2))
                        .since())
                .isEqualTo("f1");
    }

    @Test
    void commits_that_are_no_longer_part_of_the_branch_date_nothing() {
        Predicate<RunInfo> isBehind = run -> !run.header().revision().commit().equals("f1");

        assertThat(judged(1, isBehind, called("f1", 1.2), run("f2", 1.2)).since())
                .isEqualTo("f2");
    }

    @Test
    void however_long_the_branch_the_first_called_commit_stays_the_first() {
        List<BranchRun> runs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            runs.add(called("f" + i, 1.3));
        }
        runs.add(run("newest", 1.3));

        assertThat(judged(1, runs.toArray(BranchRun[]::new)).since()).isEqualTo("f0");
    }
}
