package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
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
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a branch whose base had got worse before, and several runs of one commit. */
class WhoseFaultTest {
    private static final String PLACE = Environment.unknown().key();
    private static final int GOOD = 16;
    private static final int SERIES = 6;

    private static RunInfo run(int number, String branch, String commit) {
        return new RunInfo(
                branch + number,
                new RunHeader(
                        Revision.of(commit, branch),
                        Environment.unknown(),
                        Optional.empty(),
                        Instant.EPOCH.plusSeconds(number),
                        Collections.emptySortedMap()));
    }

    private static Series series(int index, String branch, String unit, List<Point> points) {
        return new Series(
                new SeriesKey(Benchmark.of("b" + index), "time", PLACE, branch),
                Unit.of(unit),
                Better.LOWER,
                points,
                List.of());
    }

    /** A time that never moves is that of a coarse timer. */
    private static String unit(int index, double noise) {
        return index == 0 && noise == 0 ? "B" : "ms";
    }

    /** Main: sixteen good runs and so many bad ones that checks called, of the first benchmark alone. */
    private static List<Series> main(int bad, IntToDoubleFunction first, Random random, double noise) {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            List<Point> points = new ArrayList<>();
            for (int run = 0; run < GOOD + bad; run++) {
                double level = i == 0 ? first.applyAsDouble(run) : 100;
                points.add(new Point(
                        run(run, "main", "c" + run),
                        level * Math.exp((i == 0 ? noise : 0.01) * random.nextGaussian()),
                        1,
                        0,
                        i == 0 && run >= GOOD));
            }
            all.add(series(i, "main", unit(i, noise), points));
        }
        return all;
    }

    private static Judgement branch(
            List<Series> main, double factor, Predicate<RunInfo> isShared, Random random, double noise) {
        RunInfo run = run(1000, "feature", "f1");
        List<Series> own = IntStream.range(0, SERIES)
                .mapToObj(i -> series(
                        i,
                        "feature",
                        unit(i, noise),
                        List.of(new Point(
                                run,
                                i == 0
                                        ? factor * Math.exp(noise * random.nextGaussian())
                                        : 100 * Math.exp(0.01 * random.nextGaussian()),
                                1,
                                0,
                                false))))
                .toList();
        return new Judge(Policy.DEFAULT)
                .judge(snapshot(
                        List.of(run),
                        own,
                        new Snapshot.EnvironmentHistory("main", Optional.of(main), Optional.of(isShared), List.of())));
    }

    private static Snapshot snapshot(List<RunInfo> runs, List<Series> own, Snapshot.EnvironmentHistory history) {
        return new Snapshot(
                runs,
                own,
                Map.of(PLACE, history),
                new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                new Annotations(
                        new Annotations.Facts(List.of(), List.of(), List.of()), Instant.EPOCH, CommitOrder.UNKNOWN),
                Set.of(),
                key -> List.of(),
                true);
    }

    private static GateDecision.State gate(Judgement judgement) {
        return new Gate(GatePolicy.DEFAULT)
                .decide(judgement.findings(), List.of(), judgement.annotated())
                .state();
    }

    @ParameterizedTest
    @CsvSource({"1, 115, OPEN", "2, 115, OPEN", "5, 115, OPEN", "1, 138, CLOSED", "2, 138, CLOSED", "5, 138, CLOSED"})
    void a_branch_answers_for_what_it_adds_and_not_for_what_it_found(int bad, double level, GateDecision.State state) {
        Random random = new Random(31 + bad);
        List<Series> main = main(bad, run -> run < GOOD ? 100 : 115, random, 0.01);

        Judgement judgement = branch(main, level, run -> true, random, 0.01);

        Finding finding = judgement.findings().get(0);
        assertThat(gate(judgement)).as("%s", finding).isEqualTo(state);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        boolean isNew = state == GateDecision.State.CLOSED;
        assertThat(finding.alreadyOpen().isPresent()).isEqualTo(!isNew);
        assertThat(judgement.facts().bad()).hasSize(isNew ? 1 : 0);
        assertThat(finding.warnings().stream().anyMatch(Warning.OnOpenLevel.class::isInstance))
                .isEqualTo(isNew);
        double change = finding.verdict().effect().orElseThrow().relativeChange();
        assertThat(change).isBetween(isNew ? 0.15 : 0.10, isNew ? 0.25 : 0.20);
        finding.alreadyOpen().ifPresent(open -> assertThat(open.commit()).isEqualTo("c" + GOOD));
    }

    /** Main: sixteen good runs and some bad ones, all recorded and none checked. */
    private static List<Series> recorded(int bad, Random random, double noise) {
        return main(bad, run -> run < GOOD ? 100 : 115, random, noise).stream()
                .map(one -> one.withPoints(
                        one.points().stream().map(Point::asJudgedGood).toList()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 115, OPEN", "2, 115, OPEN", "1, 133, CLOSED", "2, 133, CLOSED"})
    void a_branch_does_not_answer_for_what_its_base_recorded_and_no_check_judged(
            int bad, double level, GateDecision.State state) {
        Random random = new Random(51 + bad);

        Judgement judgement = branch(recorded(bad, random, 0.01), level, run -> true, random, 0.01);

        Finding finding = judgement.findings().get(0);
        assertThat(gate(judgement)).as("%s", finding).isEqualTo(state);
        boolean isNew = state == GateDecision.State.CLOSED;
        assertThat(finding.alreadyOpen().isPresent()).isEqualTo(!isNew);
        assertThat(finding.warnings().stream().anyMatch(Warning.OnOpenLevel.class::isInstance))
                .isEqualTo(isNew);
        finding.alreadyOpen().ifPresent(open -> assertThat(open.commit()).isEqualTo("c" + GOOD));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.005, 1.01, 1.02})
    void a_healthy_run_of_the_base_on_the_worse_side_excuses_nobody(double last) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(7100 + seed);
            List<Series> main = main(0, run -> run == GOOD - 1 ? 100 * last : 100, random, 0.01);

            Judgement judgement = branch(main, 115, run -> true, random, 0.01);

            assertThat(gate(judgement)).as("seed %d", seed).isEqualTo(GateDecision.State.CLOSED);
            assertThat(judgement.findings().get(0).alreadyOpen()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"115, OPEN", "107, OPEN", "100, OPEN", "130, CLOSED"})
    void a_counter_is_taken_at_its_word(double now, GateDecision.State state) {
        Random random = new Random(7);
        List<Series> main = main(1, run -> run < GOOD ? 100 : 115, random, 0);

        Judgement judgement = branch(main, now, run -> true, random, 0);

        assertThat(gate(judgement)).as("%s", judgement.findings().get(0)).isEqualTo(state);
        assertThat(judgement.findings().get(0).alreadyOpen().isPresent()).isEqualTo(now == 115 || now == 107);
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 5.01, OPEN", "0, 5, 9, CLOSED"})
    void where_nothing_tells_the_noise_what_is_beyond_all_of_the_open_level_is_new(
            double before, double open, double now, GateDecision.State state) {
        Random random = new Random(8);
        List<Series> main = main(3, run -> run < GOOD ? before : open + (run == GOOD + 1 ? 0.05 : 0), random, 0);

        assertThat(gate(branch(main, now, run -> true, random, 0))).isEqualTo(state);
    }

    @Test
    void a_branch_that_left_before_is_held_against_the_good_level_alone() {
        Random random = new Random(5);
        List<Series> main = main(3, run -> run < GOOD ? 100 : 115, random, 0.01);
        Predicate<RunInfo> before = run -> run.time().getEpochSecond() < GOOD;

        Judgement judgement = branch(main, 115, before, random, 0.01);

        assertThat(gate(judgement)).isEqualTo(GateDecision.State.CLOSED);
        assertThat(judgement.findings().get(0).alreadyOpen()).isEmpty();
    }

    @Test
    void a_branch_that_mends_it_is_as_good_as_before() {
        Random random = new Random(6);
        List<Series> main = main(3, run -> run < GOOD ? 100 : 115, random, 0.01);

        Finding finding =
                branch(main, 100, run -> true, random, 0.01).findings().get(0);

        assertThat(finding.verdict()).isNotInstanceOf(Verdict.Regressed.class);
        assertThat(finding.alreadyOpen()).isEmpty();
    }

    /** Runs of one commit on main, behind sixteen good ones. */
    private static Judgement reruns(double noise, double... levels) {
        Random random = new Random(11);
        List<Series> all = new ArrayList<>();
        List<RunInfo> runs = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            List<Point> points = new ArrayList<>();
            for (int run = 0; run < GOOD; run++) {
                points.add(new Point(
                        run(run, "main", "c" + run), 100 * Math.exp(noise * random.nextGaussian()), 1, 0, false));
            }
            for (int again = 0; again < levels.length; again++) {
                RunInfo run = run(GOOD + again, "main", "again");
                if (i == 0) {
                    runs.add(run);
                }
                points.add(new Point(
                        run,
                        (i == 0 ? levels[again] : 100) * Math.exp(noise / 4 * random.nextGaussian()),
                        1,
                        0,
                        false));
            }
            all.add(series(i, "main", "ms", points));
        }
        return new Judge(Policy.DEFAULT)
                .judge(snapshot(
                        runs,
                        all,
                        new Snapshot.EnvironmentHistory("main", Optional.empty(), Optional.empty(), List.of())));
    }

    @Test
    void two_runs_that_do_not_agree_hold_and_say_how_far_they_are_apart() {
        Judgement judgement = reruns(0.01, 130, 100);

        Finding finding = judgement.findings().get(0);
        assertThat(gate(judgement)).isEqualTo(GateDecision.State.UNDECIDED);
        HistoryEvidence.Disagreement why =
                finding.evidence(HistoryEvidence.Disagreement.class).findFirst().orElseThrow();
        assertThat(why.runs()).isEqualTo(2);
        assertThat(why.showing()).isEqualTo(1);
        assertThat(why.apart()).isBetween(0.27, 0.33);
        assertThat(judgement.facts().bad()).isEmpty();
    }

    @Test
    void the_newest_run_that_is_worse_than_an_earlier_one_of_its_commit_is_a_regression_that_holds() {
        Judgement judgement = reruns(0.01, 100, 130);

        Finding finding = judgement.findings().get(0);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isBetween(0.27, 0.33);
        assertThat(finding.since()).isEqualTo("again");
        assertThat(finding.isDisputed()).isTrue();
        assertThat(finding.runsApart().orElseThrow().values()).hasSize(2);
        assertThat(gate(judgement)).isEqualTo(GateDecision.State.UNDECIDED);
        assertThat(judgement.facts().bad()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, false", "131, true"})
    void the_third_run_decides(double third, boolean isWorse) {
        Judgement judgement = reruns(0.01, 100, 130, third);

        Finding finding = judgement.findings().get(0);
        assertThat(finding.verdict() instanceof Verdict.Regressed).isEqualTo(isWorse);
        assertThat(finding.isDisputed()).isFalse();
        assertThat(gate(judgement)).isEqualTo(isWorse ? GateDecision.State.CLOSED : GateDecision.State.OPEN);
        assertThat(judgement.facts().bad().isEmpty()).isEqualTo(!isWorse);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void two_runs_of_which_one_is_better_hold_whichever_came_first(boolean isBetterFirst) {
        Judgement judgement = isBetterFirst ? reruns(0.01, 70, 100) : reruns(0.01, 100, 70);

        assertThat(gate(judgement)).isEqualTo(GateDecision.State.UNDECIDED);
        Finding finding = judgement.findings().get(0);
        assertThat(finding.isSuspect()).isFalse();
        HistoryEvidence.Disagreement why =
                finding.evidence(HistoryEvidence.Disagreement.class).findFirst().orElseThrow();
        assertThat(why.worse()).isFalse();
        assertThat(why.runs()).isEqualTo(2);
        assertThat(why.showing()).isEqualTo(1);
        assertThat(why.apart()).isBetween(-0.33, -0.27);
        assertThat(why.values().get(isBetterFirst ? 0 : 1)).isBetween(68.0, 72.0);
        assertThat(why.values().get(isBetterFirst ? 1 : 0)).isBetween(98.0, 102.0);
    }

    @Test
    void two_runs_that_are_both_better_do_not_hold() {
        Judgement judgement = reruns(0.01, 70, 71);

        assertThat(gate(judgement)).isEqualTo(GateDecision.State.OPEN);
        assertThat(judgement.findings().get(0).verdict()).isInstanceOf(Verdict.Improved.class);
        assertThat(judgement.findings().get(0).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_three_runs_of_which_some_are_better_two_decide(boolean isFast) {
        Finding finding = (isFast ? reruns(0.01, 70, 100, 71) : reruns(0.01, 70, 100, 101))
                .findings()
                .get(0);

        assertThat(finding.verdict().kind() == Verdict.Kind.IMPROVED).isEqualTo(isFast);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange())
                .isBetween(isFast ? -0.34 : -0.03, isFast ? -0.26 : 0.03);
        assertThat(finding.warnings())
                .filteredOn(Warning.Outvoted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void runs_that_all_show_a_regression_and_lie_far_apart_keep_their_values() {
        Judgement judgement = reruns(0.01, 130, 100_000);

        assertThat(gate(judgement)).isEqualTo(GateDecision.State.CLOSED);
        assertThat(judgement.findings().get(0).warnings())
                .singleElement()
                .isInstanceOfSatisfying(Warning.RunsApart.class, apart -> {
                    assertThat(apart.values().get(0)).isBetween(127.0, 133.0);
                    assertThat(apart.values().get(1)).isBetween(98_000.0, 102_000.0);
                });
        assertThat(reruns(0.01, 130, 134).findings().get(0).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_three_runs_two_decide(boolean isSlow) {
        Judgement judgement = isSlow ? reruns(0.01, 130, 100, 131) : reruns(0.01, 130, 100, 101);

        Finding finding = judgement.findings().get(0);
        assertThat(gate(judgement)).isEqualTo(isSlow ? GateDecision.State.CLOSED : GateDecision.State.OPEN);
        assertThat(finding.warnings())
                .filteredOn(Warning.Outvoted.class::isInstance)
                .hasSize(1);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange())
                .isBetween(isSlow ? 0.27 : -0.03, isSlow ? 0.34 : 0.03);
    }

    @Test
    void two_and_two_hold() {
        assertThat(gate(reruns(0.01, 130, 100, 131, 101))).isEqualTo(GateDecision.State.UNDECIDED);
    }

    @Test
    void runs_that_scatter_as_the_history_does_are_pooled() {
        Judgement judgement = reruns(0.02, 112, 109, 116, 108);

        Finding finding = judgement.findings().get(0);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.warnings()).isEmpty();
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isBetween(0.09, 0.13);
    }
}
