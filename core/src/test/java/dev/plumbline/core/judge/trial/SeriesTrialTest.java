package dev.plumbline.core.judge.trial;

import static dev.plumbline.core.history.Expectations.LOGARITHMIC;
import static dev.plumbline.core.history.Expectations.PLAIN;
import static dev.plumbline.core.history.Expectations.constant;
import static dev.plumbline.core.history.Expectations.expectation;
import static dev.plumbline.core.history.Expectations.logarithmic;
import static dev.plumbline.core.history.Expectations.quietSince;
import static dev.plumbline.core.history.Expectations.regime;
import static dev.plumbline.core.history.Expectations.step;
import static dev.plumbline.core.history.Expectations.steps;
import static dev.plumbline.core.judge.trial.Trials.COUNTER;
import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTrialTest {
    private static SeriesTrial trial(Trial trial) {
        return new SeriesTrial(trial, Policy.DEFAULT);
    }

    /** As the only series of its suite. */
    private static Finding finding(SeriesTrial trial) {
        return Judge.judgeTrials(List.of(trial)).get(0);
    }

    private static Finding finding(Trial trial) {
        return finding(trial(trial));
    }

    private static HistoryEvidence.History history(Finding finding) {
        assertThat(finding.trace().get(0).outcome()).isEqualTo(Rung.Outcome.PASSED);
        return (HistoryEvidence.History) finding.trace().get(0).evidence();
    }

    private static void assertTooFew(Finding finding, int runs, int needed) {
        HistoryEvidence.TooFewRuns why = new HistoryEvidence.TooFewRuns(runs, needed);
        assertThat(inconclusive(finding).reason()).isEqualTo(why);
        assertThat(inconclusive(finding).runsNeeded()).hasValue(needed - runs);
        assertThat(finding.trace()).containsExactly(Rung.decided(why));
    }

    private static List<Class<?>> kinds(Finding finding) {
        return finding.trace().stream()
                .<Class<?>>map(rung -> rung.evidence().getClass())
                .toList();
    }

    private static Verdict.Inconclusive inconclusive(Finding finding) {
        return (Verdict.Inconclusive) finding.verdict();
    }

    /** Points of which those at some places were judged regressions. */
    private static List<Point> judgedBad(double[] values, Integer... places) {
        List<Point> points = new ArrayList<>(Trials.points(values));
        for (int place : places) {
            points.set(place, points.get(place).asJudgedBad());
        }
        return points;
    }

    private static double[] joined(double[] values, double... more) {
        double[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }

    // Too early to judge

    @Test
    void the_first_run_has_nothing_to_be_compared_with() {
        Finding finding = finding(DURATION.trial(new double[0], 100));

        assertThat(finding.verdict())
                .isEqualTo(new Verdict.Inconclusive(
                        new HistoryEvidence.TooFewRuns(0, 5), false, OptionalInt.of(5), Optional.empty()));
        assertTooFew(finding, 0, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void a_short_history_says_how_many_runs_it_has_and_lacks(int runs) {
        Finding finding = finding(DURATION.trial(noisy(1, runs, 100, 0.01), 100));

        assertTooFew(finding, runs, 5);
        assertThat(inconclusive(finding).suspect()).isFalse();
    }

    @Test
    void so_many_runs_as_the_policy_asks_for_are_enough() {
        Policy eight = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 8);

        assertThat(new SeriesTrial(DURATION.trial(noisy(1, 8, 100, 0.01), 100), eight).expectation())
                .isPresent();
        assertTooFew(finding(new SeriesTrial(DURATION.trial(noisy(1, 7, 100, 0.01), 100), eight)), 7, 8);
    }

    @Test
    void of_a_short_history_both_levels_are_told_and_that_nothing_of_them_is_sure() {
        Finding finding = finding(DURATION.trial(new double[] {90, 110}, 149, 151));

        assertThat(finding.verdict().effect()).hasValue(new Effect(100, 150, 0.5, Interval.unbounded(0.95)));
    }

    @Test
    void a_finding_without_a_judgement_has_no_number_of_one() {
        SeriesTrial early = trial(DURATION.trial(noisy(1, 4, 100, 0.01), 149, 151));
        Finding finding = finding(early);

        assertThat(early.expectation()).isEmpty();
        assertThat(early.entry()).isEmpty();
        assertThat(finding.severity()).isEqualTo(Severity.NONE);
        assertThat(finding.pValue()).isEmpty();
        assertThat(finding.detectableChange()).isEmpty();
        assertThat(finding.baseline()).isEmpty();
        assertThat(finding.since()).isEmpty();
        // what was measured is told
        assertThat(finding.candidate()).hasValue(150);
        assertThat(finding.history()).hasSize(4);
    }

    @Test
    void a_history_in_other_environments_alone_is_none_to_compare_with() {
        Finding finding = finding(new Trial(DURATION.series(List.of()), Trials.points(100), List.of("lab-2", "lab-3")));

        HistoryEvidence.OtherEnvironment why = new HistoryEvidence.OtherEnvironment("lab", List.of("lab-2", "lab-3"));
        assertThat(finding.verdict()).isEqualTo(new Verdict.NotComparable(why));
        assertThat(finding.trace()).containsExactly(Rung.decided(why));
    }

    @Test
    void a_run_here_is_a_history_here() {
        Trial trial = new Trial(DURATION.series(Trials.points(100)), Trials.points(100), List.of("lab-2"));

        assertTooFew(finding(trial), 1, 5);
    }

    @Test
    void what_was_judged_a_regression_is_no_history() {
        Finding finding = finding(DURATION.trial(judgedBad(noisy(1, 6, 100, 0.01), 1, 4), 100));

        assertTooFew(finding, 4, 5);
    }

    // The rung on the history

    @Test
    void the_first_rung_tells_what_is_known_of_the_history() {
        SeriesTrial trial = trial(DURATION.trial(noisy(1, 30, 100, 0.01), 100));
        Expectation expected = trial.expectation().orElseThrow();
        // by the newest twenty runs
        double level = Math.exp(Location.median(
                Arrays.stream(noisy(1, 30, 100, 0.01), 10, 30).map(Math::log).toArray()));

        HistoryEvidence.History history = history(finding(trial));
        assertThat(history)
                .isEqualTo(new HistoryEvidence.History(
                        30,
                        0,
                        30,
                        OptionalInt.empty(),
                        history.level(),
                        expected.regime().relativeNoise(),
                        expected.regime().autocorrelation(),
                        false,
                        1));
        assertThat(history.level()).isEqualTo(level);
        assertThat(history.isOfOneRun()).isTrue();
    }

    @Test
    void the_history_is_what_a_scan_of_its_values_says() {
        double[] history = joined(noisy(1, 30, 100, 0.01), noisy(2, 20, 130, 0.01));
        Expectation expected = trial(DURATION.trial(history, 130)).expectation().orElseThrow();

        assertThat(expected.level())
                .isEqualTo(Expectation.of(history, StepScan.analyze(history)).level());
        assertThat(expected.runs()).isEqualTo(20);
    }

    @Test
    void runs_that_were_judged_regressions_are_left_out_and_counted() {
        List<Point> points = judgedBad(joined(noisy(1, 30, 100, 0.01), 140, 140, 100), 30, 31);
        HistoryEvidence.History history = history(finding(DURATION.trial(points, 100)));

        assertThat(history.runs()).isEqualTo(31);
        assertThat(history.leftOut()).isEqualTo(2);
    }

    @Test
    void a_history_that_never_moved_says_so() {
        double[] history = new double[12];
        Arrays.fill(history, 40);

        assertThat(history(finding(COUNTER.trial(history, 40))).constant()).isTrue();
        history[3] = 41;
        assertThat(history(finding(COUNTER.trial(history, 40))).constant()).isFalse();
    }

    private static final List<Step> NO_STEP = List.of();

    /** One step from the level of 100. */
    private static List<Step> stepAt(int index, double after) {
        return List.of(step(index, 100, after, 1e-5));
    }

    /** A replayed trial after 30 runs around 100, with what was found in them and with the new ones. */
    private static SeriesTrial replayed(
            Expectation expected, List<Step> before, List<Step> after, double... candidate) {
        return new SeriesTrial(
                DURATION.trial(noisy(1, 30, 100, 0.01), candidate),
                Policy.DEFAULT,
                expected,
                steps(expected.regime(), before.toArray(Step[]::new)),
                steps(expected.regime(), after.toArray(Step[]::new)));
    }

    private static HistoryEvidence.History historyOf(Expectation expected) {
        // without what a suite says of the level
        return history(replayed(expected, NO_STEP, NO_STEP, 100).finding(Optional.empty(), 1));
    }

    private static Expectation since(int runs) {
        return expectation(regime(LOGARITHMIC, 100, 0.01, runs));
    }

    @Test
    void the_current_level_and_the_quiet_runs_are_told() {
        HistoryEvidence.History calm = historyOf(quietSince(since(16), 20));

        assertThat(calm).isEqualTo(new HistoryEvidence.History(30, 0, 16, OptionalInt.of(20), 100, 0.01, 0, false, 1));
        assertThat(historyOf(since(16)).quietRuns()).isEmpty();
    }

    @Test
    void noise_around_zero_is_infinite() {
        assertThat(historyOf(expectation(regime(PLAIN, 0, 1, 30))).level()).isZero();
        assertThat(historyOf(expectation(regime(PLAIN, 0, 1, 30))).noise()).isInfinite();
    }

    private static int together(SeriesTrial trial) {
        return history(finding(trial)).together();
    }

    @Test
    void runs_that_show_a_change_together_are_counted_where_there_are_several() {
        assertThat(together(replayed(logarithmic(), NO_STEP, NO_STEP, 110))).isOne();
        assertThat(together(replayed(logarithmic(), NO_STEP, NO_STEP, 110, 111)))
                .isEqualTo(2);
    }

    @Test
    void new_runs_show_a_change_together_where_a_step_would_part_them() {
        assertThat(together(replayed(logarithmic(), NO_STEP, stepAt(31, 110), 110, 111)))
                .isEqualTo(2);
    }

    @Test
    void runs_on_the_other_side_of_the_level_do_not_show_the_same() {
        assertThat(together(replayed(logarithmic(), NO_STEP, stepAt(27, 110), 90)))
                .isOne();
        assertThat(together(replayed(logarithmic(), NO_STEP, stepAt(27, 90), 110)))
                .isOne();
        assertThat(together(replayed(logarithmic(), NO_STEP, stepAt(27, 110), 99)))
                .isOne();
    }

    @Test
    void runs_that_were_judged_regressed_show_the_same_together_with_one_more() {
        double[] called = joined(noisy(1, 30, 100, 0.01), 120, 121, 119);
        SeriesTrial goesOn = trial(DURATION.trial(judgedBad(called, 30, 31, 32), 120));
        SeriesTrial isBack = trial(DURATION.trial(judgedBad(called, 30, 31, 32), 100.5));

        assertThat(together(goesOn)).isEqualTo(4);
        assertThat(together(isBack)).isOne();
    }

    @Test
    void what_was_judged_regressed_before_a_healthy_run_bears_witness_to_nothing() {
        double[] cameBack = joined(noisy(1, 30, 100, 0.01), 120, 121, 100);

        assertThat(together(trial(DURATION.trial(judgedBad(cameBack, 30, 31), 120))))
                .isOne();
    }

    // Where a change began

    @ParameterizedTest
    @CsvSource({"27, c27", "29, c29", "30, c30", "31, c30"})
    void a_change_began_with_the_step_that_new_runs_complete(int index, String commit) {
        Finding finding = finding(replayed(logarithmic(), NO_STEP, stepAt(index, 110), 110, 111));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.since()).isEqualTo(commit);
    }

    @Test
    void a_change_without_a_step_began_with_the_new_runs() {
        assertThat(finding(replayed(logarithmic(), NO_STEP, NO_STEP, 110, 111)).since())
                .isEqualTo("c30");
        Finding better = finding(replayed(logarithmic(), NO_STEP, NO_STEP, 90));
        assertThat(better.verdict()).isInstanceOf(Verdict.Improved.class);
        assertThat(better.since()).isEqualTo("c30");
    }

    @Test
    void a_change_that_was_called_before_began_with_the_first_such_call() {
        double[] called = joined(noisy(1, 30, 100, 0.01), 120, 100, 120, 121, 119);

        Finding finding = finding(trial(DURATION.trial(judgedBad(called, 30, 32, 33, 34), 120)));

        assertThat(finding.since()).isEqualTo("c32");
    }

    @Test
    void what_did_not_change_began_nowhere() {
        assertThat(finding(replayed(logarithmic(), NO_STEP, stepAt(27, 110), 100))
                        .since())
                .isEmpty();
        assertThat(finding(replayed(logarithmic(), NO_STEP, NO_STEP, 102.5)).since())
                .isEmpty();
    }

    // What a finding tells

    @Test
    void a_regression_tells_all_that_is_known_of_it() {
        double[] history = noisy(1, 30, 100, 0.01);
        SeriesTrial trial = trial(DURATION.trial(history, 119, 121));
        Finding finding = finding(trial);

        assertThat(finding.key()).isEqualTo(DURATION.series(List.of()).key());
        assertThat(finding.unit()).isEqualTo(Unit.of("ms"));
        assertThat(finding.better()).isEqualTo(Better.LOWER);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.candidate()).hasValue(120);
        Deviation departure = Deviation.of(
                trial.expectation().orElseThrow(),
                DURATION.trial(history, 119, 121).candidate(),
                JudgedSuite.of(List.of(trial.entry())).of(0));
        assertThat(finding.baseline()).hasValue(departure.expected().baseline(Trials.points(history)));
        assertThat(finding.pValue().orElseThrow()).isLessThan(0.01);
        assertThat(finding.detectableChange()).isPresent();
        assertThat(finding.warnings())
                .as("the direction changed in an earlier run, whose report shows it")
                .extracting(warning -> ((Warning.OfSeries) warning).warning())
                .hasOnlyElementsOfType(SeriesWarning.Pooled.class)
                .hasSize(1);
        assertThat(kinds(finding)).containsExactly(HistoryEvidence.History.class, HistoryEvidence.Suite.class);
        assertThat(decisive(finding)).isInstanceOf(HistoryEvidence.Suite.class);
    }

    @Test
    void a_verdict_that_is_none_tells_what_could_be_detected_above_the_rung_that_decided() {
        Finding finding = finding(DURATION.trial(noisy(1, 30, 100, 0.05), 100));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        Rung below = finding.trace().get(finding.trace().size() - 2);
        assertThat(below.outcome()).isEqualTo(Rung.Outcome.NOTED);
        HistoryEvidence.Sensitivity sensitivity = (HistoryEvidence.Sensitivity) below.evidence();
        assertThat(sensitivity.detectable()).isEqualTo(finding.detectableChange());
        assertThat(sensitivity.runs()).isOne();
        assertThat(sensitivity.asked()).isEqualTo(0.05);
        assertThat(sensitivity.margin()).isEqualTo(0.02);
        assertThat(decisive(finding)).isEqualTo(inconclusive(finding).reason());
    }

    @Test
    void a_replayed_finding_does_not_tell_what_could_be_detected() {
        Finding hidden = finding(replayed(expectation(regime(LOGARITHMIC, 100, 0.05, 30)), NO_STEP, NO_STEP, 100));

        assertThat(hidden.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(kinds(hidden))
                .containsExactly(
                        HistoryEvidence.History.class, HistoryEvidence.Suite.class, HistoryEvidence.Hidden.class);
        assertThat(hidden.baseline()).isEmpty();
        assertThat(hidden.detectableChange()).isEmpty();
        assertThat(hidden.pValue()).hasValue(1);
        assertThat(hidden.candidate()).hasValue(100);
    }

    @Test
    void a_replayed_trial_expects_what_it_was_told_to() {
        Expectation expected = constant(40, 30);

        assertThat(replayed(expected, NO_STEP, NO_STEP, 40).expectation()).containsSame(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {39, 40, 41, 90})
    void the_newest_forty_values_of_the_history_are_told(int runs) {
        double[] history = noisy(1, runs, 100, 0.01);
        Finding finding = finding(DURATION.trial(history, 100));

        assertThat(finding.history())
                .containsExactlyElementsOf(Arrays.stream(history)
                        .skip(Math.max(0, runs - 40))
                        .boxed()
                        .toList());
    }

    @Test
    void what_was_judged_a_regression_is_not_told_among_the_history() {
        List<Point> points = judgedBad(joined(noisy(1, 10, 100, 0.01), 140), 10);

        assertThat(finding(DURATION.trial(points, 100)).history()).hasSize(10).allSatisfy(value -> assertThat(value)
                .isLessThan(110));
    }

    @Test
    void a_floor_larger_than_the_margin_is_told_and_holds() {
        Policy floored = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 10);
        Trial trial = COUNTER.trial(judgedBad(new double[] {100, 100, 100, 100, 100, 100}), 106);

        Finding finding = finding(new SeriesTrial(trial, floored));

        assertThat(finding.trace().get(1))
                .isEqualTo(Rung.noted(
                        new Evidence.LargeFloor(10, COUNTER.series(List.of()).unit(), 100, 0.02, 0.1)));
        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(finding.detectableChange()).hasValue(0.1);
        assertThat(finding(trial(trial)).verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding(trial(trial)).evidence(Evidence.LargeFloor.class)).isEmpty();
    }

    @Test
    void a_floor_holds_in_a_replay_as_well() {
        Policy floored = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 3);
        Expectation expected = constant(100, 30);
        Trial trial = DURATION.trial(noisy(1, 30, 100, 0.01), 102);

        SeriesTrial replayed =
                new SeriesTrial(trial, floored, expected, steps(expected.regime()), steps(expected.regime()));

        // held against 3 %, where 2 % would hide it
        assertThat(finding(replayed).verdict()).isInstanceOf(Verdict.Unchanged.class);
    }

    // After people accepted a level

    /** @param since runs of the accepted level, after levels around 100 with a noise of 1 % */
    private static Trial accepted(double[] since, List<Point> earlier, double... candidate) {
        Trial trial = DURATION.trial(since, candidate);
        return new Trial(trial.history(), trial.candidate(), List.of(), earlier);
    }

    private static List<Point> earlier(int runs) {
        return Trials.points(noisy(1, runs, 100, 0.01));
    }

    @Test
    void two_runs_of_an_accepted_level_are_enough_where_the_levels_before_tell_its_noise() {
        SeriesTrial trial = trial(accepted(new double[] {120, 121}, earlier(30), 120));
        Finding finding = finding(trial);

        assertThat(trial.expectation().orElseThrow().level()).isEqualTo(Math.sqrt(120 * 121), within(1e-9));
        assertThat(history(finding).runs()).isEqualTo(32);
        assertThat(history(finding).currentRuns()).isEqualTo(2);
        assertThat(history(finding).leftOut()).isZero();
        assertThat(finding.baseline().orElseThrow().runs()).isEqualTo(2);
        assertThat(finding.history()).containsExactly(120.0, 121.0);
    }

    @Test
    void one_run_of_an_accepted_level_is_its_level() {
        SeriesTrial trial = trial(accepted(new double[] {120}, earlier(30), 121));
        Finding finding = finding(trial);

        assertThat(trial.expectation().orElseThrow().level()).isEqualTo(120, within(1e-9));
        assertThat(trial.expectation().orElseThrow().runs()).isEqualTo(1);
        assertThat(finding.baseline().orElseThrow().runs()).isEqualTo(1);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(1.0 / 120, within(1e-9));
    }

    @Test
    void without_a_run_of_the_accepted_level_there_is_no_history() {
        assertTooFew(finding(accepted(new double[0], earlier(30), 120)), 0, 5);
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, true"})
    void levels_before_tell_noise_if_they_have_as_many_runs_as_a_history_needs(int runs, boolean isEnough) {
        assertThat(trial(accepted(new double[] {120, 121}, earlier(runs), 120))
                        .expectation()
                        .isPresent())
                .isEqualTo(isEnough);
    }

    @Test
    void what_was_judged_a_regression_tells_no_noise() {
        List<Point> earlier = judgedBad(noisy(1, 6, 100, 0.01), 2, 5);

        assertTooFew(finding(accepted(new double[] {120, 121}, earlier, 120)), 2, 5);
    }

    @ParameterizedTest
    @CsvSource({"19, 49", "20, 20"})
    void twenty_runs_of_an_accepted_level_tell_its_noise_themselves(int since, int runs) {
        HistoryEvidence.History history = history(finding(accepted(noisy(2, since, 120, 0.01), earlier(30), 120)));

        assertThat(history.runs()).isEqualTo(runs);
        assertThat(history.currentRuns()).isEqualTo(since);
    }

    @Test
    void a_change_since_an_accepted_level_began_with_the_run_of_that_level() {
        double[] since = joined(noisy(2, 9, 120, 0.01), 138);
        Finding finding = finding(trial(accepted(since, earlier(30), 138, 139, 138.5)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(history(finding).runs()).isEqualTo(40);
        // the fifth run of the window lies on the level before
        assertThat(history(finding).together()).isEqualTo(4);
        assertThat(finding.since()).isEqualTo("c9");
    }

    @Test
    void a_step_that_would_begin_among_the_levels_before_is_no_news() {
        // of 400 histories the only one of which a scan of all values sees it there, at the 22nd of 36
        Trial trial = accepted(
                noisy(1161, 3, 120, 0.01), Trials.points(noisy(161, 30, 100, 0.01)), noisy(2161, 3, 127, 0.01));

        Finding finding = finding(trial(trial));

        assertThat(history(finding).runs()).isEqualTo(33);
        assertThat(history(finding).together()).isEqualTo(3);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.since()).isEqualTo("c3");
    }

    @Test
    void values_that_are_not_positive_have_no_noise_to_lend() {
        List<Point> earlier = new ArrayList<>(earlier(30));
        earlier.addAll(Collections.nCopies(1, Trials.points(0).get(0)));

        assertTooFew(finding(accepted(new double[] {120, 121}, earlier, 120)), 2, 5);
    }
}
