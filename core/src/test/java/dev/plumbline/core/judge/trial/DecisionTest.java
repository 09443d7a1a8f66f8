package dev.plumbline.core.judge.trial;

import static dev.plumbline.core.judge.trial.Trials.COUNTER;
import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static dev.plumbline.core.judge.trial.Trials.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.model.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rung of the ladder decides, and what it tells: ten series of sixty runs around 100, unless said otherwise. */
class DecisionTest {
    private static final double NOISE = 0.01;

    private static List<Trial> suite(Policy policy, List<Point> history, double... candidate) {
        assertThat(policy).isNotNull();
        List<Trial> suite = new ArrayList<>();
        suite.add(DURATION.trial(history, candidate));
        for (int i = 1; i < 10; i++) {
            suite.add(DURATION.called("b" + i).trial(noisy(i, history.size(), 100, NOISE), 100));
        }
        return suite;
    }

    private static Finding finding(Policy policy, double[] history, double... candidate) {
        return finding(policy, Trials.points(history), candidate);
    }

    private static Finding finding(Policy policy, List<Point> history, double... candidate) {
        return new Judge(policy).judge(suite(policy, history, candidate)).get(0);
    }

    private static Finding finding(double... candidate) {
        return finding(Policy.DEFAULT, noisy(0, 60, 100, NOISE), candidate);
    }

    private static int together(Finding finding) {
        return only(finding, HistoryEvidence.History.class).together();
    }

    private static Verdict.Inconclusive open(Finding finding) {
        return (Verdict.Inconclusive) finding.verdict();
    }

    /** The first change, a tenth of a per cent after another, whose probability lies between two. */
    private static double changeOf(double sign, double above, double atMost) {
        for (double change = 2.2; change < 20; change += 0.05) {
            double probability = finding(100 + sign * change).pValue().orElseThrow();
            if (probability > above && probability <= atMost) {
                return 100 + sign * change;
            }
        }
        throw new AssertionError("no such change");
    }

    // suite

    @Test
    void what_is_certain_and_relevant_is_called_by_the_suite() {
        Finding finding = finding(115);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        HistoryEvidence.Suite suite = decisive(finding, HistoryEvidence.Suite.class);
        assertThat(suite.change())
                .hasValue(finding.verdict().effect().orElseThrow().relativeChange());
        assertThat(suite.probability()).isEqualTo(finding.pValue().orElseThrow());
        assertThat(suite.limit()).isEqualTo(0.05);
        assertThat(suite.isCertain()).isTrue();
        assertThat(suite.suiteSize()).isEqualTo(10);
        assertThat(suite.runs()).isOne();
        assertThat(suite.constant()).isFalse();
        assertThat(suite.evidence().orElseThrow()).isGreaterThan(1);
        assertThat(suite.noise().orElseThrow()).isEqualTo(NOISE, within(0.005));
    }

    @Test
    void better_by_as_much_is_an_improvement() {
        Finding finding = finding(85);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Improved.class);
        assertThat(finding.severity()).isEqualTo(Severity.NONE);
        assertThat(decisive(finding)).isInstanceOf(HistoryEvidence.Suite.class);
    }

    @Test
    void a_change_below_the_margin_is_not_called_however_often_it_is_run() {
        double[] many = new double[40];
        Arrays.fill(many, 101.5);
        Finding finding = finding(Policy.DEFAULT, noisy(0, 60, 100, 0.001), many);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(decisive(finding)).isInstanceOf(HistoryEvidence.Equivalence.class);
    }

    @Test
    void several_runs_show_more_than_one() {
        double change = changeOf(1, 0.1, 0.5);

        assertThat(finding(change).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        Finding three = finding(change, change + 0.1, change - 0.1);
        assertThat(three.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(decisive(three, HistoryEvidence.Suite.class).runs()).isEqualTo(3);
    }

    @Test
    void runs_before_this_one_show_it_with_it() {
        double[] history = noisy(0, 60, 100, NOISE);
        history[58] = 103.1;
        history[59] = 102.9;
        Finding finding = finding(Policy.DEFAULT, history, 103);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(together(finding)).isEqualTo(3);
        assertThat(finding.since()).isEqualTo("c58");
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(0.03, within(0.006));
    }

    @ParameterizedTest
    @ValueSource(doubles = {608, 120_000})
    void a_change_begins_with_the_new_runs_and_not_with_the_last_one_of_the_old_level(double level) {
        double[] history = noisy(0, 24, 40_000, 1e-6);
        Finding two = finding(Policy.DEFAULT, history, level, 1.0001 * level);

        assertThat(two.since())
                .isNotEmpty()
                .isEqualTo(finding(Policy.DEFAULT, history, level).since());
    }

    // suspect and doubt

    @Test
    void up_to_two_and_a_half_times_the_error_rate_a_change_for_the_worse_is_a_suspect() {
        Finding finding = finding(changeOf(1, 0.1, 0.125));

        assertThat(finding.isSuspect()).isTrue();
        assertThat(open(finding).runsNeeded()).isEqualTo(OptionalInt.of(1));
        assertThat(decisive(finding))
                .isEqualTo(new HistoryEvidence.Suspect(true, finding.pValue().orElseThrow(), 0.05, 0.125))
                .isEqualTo(open(finding).reason());
        assertThat(finding.trace())
                .extracting(rung -> rung.evidence().getClass().getSimpleName())
                .containsSequence("Suite", "Sensitivity", "Suspect");
    }

    @Test
    void one_for_the_better_is_open_and_no_suspect() {
        Finding finding = finding(changeOf(-1, 0.05, 0.1));

        assertThat(finding.isSuspect()).isFalse();
        assertThat(decisive(finding, HistoryEvidence.Suspect.class).worse()).isFalse();
    }

    @Test
    void what_is_clear_of_the_margin_and_seen_more_often_is_in_doubt() {
        double[] spiky = noisy(0, 60, 100, 0.005);
        for (int i = 3; i < 60; i += 6) {
            spiky[i] *= 1.1 + 0.01 * (i % 7);
        }
        Finding finding = finding(Policy.DEFAULT, spiky, 112);

        assertThat(finding.isSuspect()).isFalse();
        HistoryEvidence.Doubt doubt = decisive(finding, HistoryEvidence.Doubt.class);
        assertThat(doubt.probability()).isGreaterThan(0.1);
        assertThat(doubt.limit()).isEqualTo(0.05);
        assertThat(open(finding).reason()).isEqualTo(doubt);
        // in so many runs more it is called indeed
        double[] runs = new double[1 + open(finding).runsNeeded().orElseThrow()];
        Arrays.fill(runs, 112);
        assertThat(finding(Policy.DEFAULT, spiky, runs).verdict()).isInstanceOf(Verdict.Regressed.class);
    }

    // equivalence

    @Test
    void an_interval_inside_the_margin_shows_that_nothing_changed() {
        Finding finding = finding(Policy.DEFAULT, noisy(0, 60, 100, 0.002), 100.1);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
        HistoryEvidence.Equivalence equivalence = decisive(finding, HistoryEvidence.Equivalence.class);
        assertThat(equivalence.interval().low()).isBetween(-0.02, 0.0);
        assertThat(equivalence.interval().high()).isBetween(0.0, 0.02);
        assertThat(equivalence.margin()).isEqualTo(0.02);
    }

    @Test
    void noise_as_wide_as_the_margin_hides_a_change_of_it() {
        Finding finding = finding(Policy.DEFAULT, noisy(0, 60, 100, 0.03), 100);

        HistoryEvidence.Hidden hidden = decisive(finding, HistoryEvidence.Hidden.class);
        assertThat(hidden.certain()).isFalse();
        assertThat(hidden.margin()).isEqualTo(0.02);
        assertThat(hidden.noise().orElseThrow()).isEqualTo(0.03, within(0.01));
        assertThat(hidden.interval().high()).isGreaterThan(0.02);
        assertThat(hidden.tellable()).isEqualTo(open(finding).runsNeeded().isPresent());
        assertThat(open(finding).reason()).isEqualTo(hidden);
        assertThat(finding.evidence(HistoryEvidence.Sensitivity.class)).hasSize(1);
    }

    // floor

    @Test
    void what_reaches_no_floor_is_unchanged_though_it_is_certain() {
        // a floor ten times as large as the level is no margin
        Policy floored = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 10);
        Finding finding = finding(floored, noisy(0, 60, 1, NOISE), 5);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
        HistoryEvidence.BelowFloor below = decisive(finding, HistoryEvidence.BelowFloor.class);
        assertThat(below.change()).isEqualTo(4, within(0.05));
        assertThat(below.floor()).isEqualTo(10);
    }

    // step

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_step_that_more_runs_than_a_window_complete_is_called(long seed) {
        double[] history = noisy(seed, 60, 100, 0.004);
        boolean called = false;
        for (int since = 1; since <= 12 && !called; since++) {
            double[] values = Arrays.copyOf(history, 60 + since);
            System.arraycopy(noisy(seed + 50, since, 102.2, 0.004), 0, values, 60, since);
            Finding finding = finding(Policy.DEFAULT, values, 102.3);
            called = finding.verdict().kind() == Verdict.Kind.REGRESSED;
        }

        assertThat(called).isTrue();
    }

    // standing

    private static List<Point> called(double noise, double... values) {
        double[] all = Arrays.copyOf(noisy(0, 60, 100, noise), 60 + values.length);
        System.arraycopy(values, 0, all, 60, values.length);
        List<Point> points = new ArrayList<>(Trials.points(all));
        for (int i = 60; i < all.length; i++) {
            points.set(i, points.get(i).asJudgedBad());
        }
        return points;
    }

    @Test
    void what_was_called_and_has_not_come_back_stands() {
        Finding alone = finding(Policy.DEFAULT, called(0.02), 104.6);
        Finding finding = finding(Policy.DEFAULT, called(0.02, 107, 108, 107.5), 104.6);

        assertThat(alone.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(decisive(finding)).isEqualTo(new HistoryEvidence.Standing(3));
        assertThat(together(finding)).isEqualTo(4);
        assertThat(finding.since()).isEqualTo("c60");
        // the mean of all four, on a level of 100
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isCloseTo(0.0677, within(0.005));
    }

    @Test
    void what_came_back_is_no_regression_any_more() {
        assertThat(finding(Policy.DEFAULT, called(0.02, 107, 108, 107.5), 100.5).verdict())
                .isNotInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void what_is_called_again_by_itself_counts_the_runs_before_it() {
        Finding finding = finding(Policy.DEFAULT, called(NOISE, 120, 121), 120);

        assertThat(decisive(finding)).isInstanceOf(HistoryEvidence.Suite.class);
        assertThat(together(finding)).isEqualTo(3);
    }

    // the whole suite

    /** Twenty series, of which every run moves all alike by so much noise, and the three judged ones by a factor. */
    private static List<Finding> moved(double shared, double factor) {
        Random random = new Random(3);
        double[] all = new double[63];
        for (int i = 0; i < 63; i++) {
            all[i] = Math.exp(shared * random.nextGaussian()) * (i >= 60 ? factor : 1);
        }
        List<Trial> suite = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double[] values = noisy(i, 63, 100, NOISE);
            for (int run = 0; run < 63; run++) {
                values[run] *= all[run];
            }
            suite.add(DURATION.called("b" + i).trial(Arrays.copyOf(values, 60), Arrays.copyOfRange(values, 60, 63)));
        }
        return new Judge(Policy.DEFAULT).judge(suite);
    }

    @Test
    void where_all_series_moved_together_that_is_called_of_each() {
        List<Finding> findings = moved(0.02, 1.2);

        // none is told that it got better, or worse by two per cent, for the others have more than their share
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
            assertThat(finding.verdict().effect().orElseThrow().relativeChange())
                    .isEqualTo(0.2, within(0.08));
        });
        assertThat(findings.stream().filter(finding -> finding.isDecidedBy(HistoryEvidence.WholeSuite.class)))
                .hasSizeGreaterThan(10)
                .allSatisfy(finding -> {
                    HistoryEvidence.WholeSuite whole = decisive(finding, HistoryEvidence.WholeSuite.class);
                    assertThat(whole.shift()).isEqualTo(Math.log(1.2), within(0.08));
                    assertThat(whole.probability()).isEqualTo(finding.pValue().orElseThrow());
                });
    }

    @Test
    void what_the_run_shares_is_told_and_taken_out() {
        List<Finding> findings = moved(0.03, 1);

        assertThat(findings).noneMatch(finding -> finding.verdict().kind() == Verdict.Kind.REGRESSED);
        assertThat(findings.stream()
                        .flatMap(finding -> finding.trace().stream())
                        .filter(rung -> rung.evidence() instanceof HistoryEvidence.CommonMode))
                .hasSizeGreaterThan(15)
                .allSatisfy(rung -> {
                    assertThat(rung.outcome()).isEqualTo(Rung.Outcome.PASSED);
                    assertThat(Math.abs(((HistoryEvidence.CommonMode) rung.evidence()).shared()))
                            .isBetween(1e-9, 0.1);
                });
    }

    // what never moved

    @Test
    void the_suite_is_not_asked_of_a_counter() {
        double[] history = new double[30];
        Arrays.fill(history, 40);
        Finding finding = Trials.judge(COUNTER.trial(history, 42));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.pValue()).hasValue(0);
        assertThat(decisive(finding))
                .isEqualTo(new HistoryEvidence.Suite(
                        OptionalDouble.of(0.05), 0, 0.05, 1, 1, true, OptionalDouble.empty(), OptionalDouble.empty()));
    }
}
