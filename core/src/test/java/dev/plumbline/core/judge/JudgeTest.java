package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.trial.Trials.COUNTER;
import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.THROUGHPUT;
import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.judge;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static dev.plumbline.core.judge.trial.Trials.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.distribution.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
    private static Kind kind(Trial trial) {
        return judge(trial).verdict().kind();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_fifth_more_on_one_per_cent_noise_is_critical_where_less_is_better(long seed) {
        Finding finding = judge(DURATION.trial(noisy(seed, 40, 100, 0.01), 120));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.relativeChange()).isEqualTo(0.2, within(0.01));
        assertThat(effect.before()).isEqualTo(100, within(1.0));
        assertThat(effect.after()).isEqualTo(120, within(1e-9));
        assertThat(effect.interval().contains(0.2)).isTrue();
        assertThat(effect.interval().contains(0)).isFalse();
        assertThat(finding.pValue().orElseThrow()).isLessThan(0.01);
        assertThat(finding.since()).isEqualTo("c40");
        assertThat(finding.candidate()).hasValue(120);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_fifth_more_is_better_where_more_is_better(long seed) {
        Finding finding = judge(THROUGHPUT.trial(noisy(seed, 40, 100, 0.01), 120));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Improved.class);
        assertThat(finding.severity()).isEqualTo(Severity.NONE);
    }

    private static double[] calmed(long seed, double loud, double quiet, int since) {
        return DoubleStream.concat(
                        Arrays.stream(noisy(seed, 80, 100, loud)), Arrays.stream(noisy(seed + 99, since, 100, quiet)))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_loud_past_does_not_hide_a_jump_after_the_noise_fell(long seed) {
        Finding finding = judge(DURATION.trial(calmed(seed, 0.12, 0.008, 20), 130));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.baseline().orElseThrow().runs()).isBetween(18, 22);
        assertThat(finding.baseline().orElseThrow().level()).isEqualTo(100, within(1.0));
        // an eighth of the noise is left, but the past of the suite is loud
        assertThat(finding.detectableChange().orElseThrow()).isLessThan(0.5);
        HistoryEvidence.History history = only(finding, HistoryEvidence.History.class);
        assertThat(history.runs()).isEqualTo(100);
        assertThat(history.quietRuns())
                .hasValue(finding.baseline().orElseThrow().runs());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void quiet_since_before_the_current_level_began_is_said_beside_it(long seed) {
        double[] history = DoubleStream.concat(
                        Arrays.stream(calmed(seed, 0.12, 0.008, 25)), Arrays.stream(noisy(seed + 7, 15, 150, 0.008)))
                .toArray();
        Finding finding = judge(DURATION.trial(history, 165));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.baseline().orElseThrow().level()).isEqualTo(150, within(1.5));
        HistoryEvidence.History reported = only(finding, HistoryEvidence.History.class);
        assertThat(reported.currentRuns()).isEqualTo(15);
        assertThat(reported.quietRuns().orElseThrow()).isBetween(40, 49);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noise_that_is_back_is_no_regression(long seed) {
        double[] back = DoubleStream.concat(
                        Arrays.stream(calmed(seed, 0.12, 0.02, 30)), Arrays.stream(noisy(seed + 7, 20, 100, 0.12)))
                .toArray();

        assertThat(kind(DURATION.trial(back, 115))).isEqualTo(Kind.INCONCLUSIVE);
    }

    @Test
    void less_is_worse_where_more_is_better() {
        Finding finding = judge(THROUGHPUT.trial(noisy(1, 40, 100, 0.01), 93));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.severity()).isEqualTo(Severity.MAJOR);
        assertThat(kind(DURATION.trial(noisy(1, 40, 100, 0.01), 80))).isEqualTo(Kind.IMPROVED);
    }

    @ParameterizedTest
    @CsvSource({"103, MINOR", "107, MAJOR", "115, CRITICAL"})
    void the_severity_is_the_size(double candidate, Severity severity) {
        Finding finding = judge(DURATION.trial(noisy(1, 60, 100, 0.002), candidate, candidate));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_healthy_run_with_little_noise_is_unchanged_because_it_is_equivalent(long seed) {
        Finding finding = judge(DURATION.trial(noisy(seed, 60, 100, 0.003), 100.2));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(finding.isDecidedBy(HistoryEvidence.Equivalence.class)).isTrue();
        assertThat(finding.since()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.015, 0.02, 0.03})
    void where_noise_hides_the_margin_so_many_further_runs_as_it_says_tell(double noise) {
        double[] history = noisy(7, 60, 100, noise);
        Finding finding = judge(DURATION.trial(history, judgeLevel(history)));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        int needed = needed(finding);
        double[] runs = DoubleStream.generate(() -> judgeLevel(history))
                .limit(1L + needed)
                .toArray();
        assertThat(kind(DURATION.trial(history, runs))).as("%d more", needed).isEqualTo(Kind.UNCHANGED);
        if (needed > 1) {
            assertThat(kind(DURATION.trial(history, Arrays.copyOf(runs, needed))))
                    .as("one less than %d", needed)
                    .isEqualTo(Kind.INCONCLUSIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0", "0.03, 0", "0.02, 5000", "0.03, 5000"})
    void after_a_zero_in_the_past_so_many_further_runs_as_it_says_tell_too(double noise, double wild) {
        double[] history = noisy(7, 120, 100, noise);
        history[5] = 0;
        history[50] = wild;
        double level = judgeLevel(history);

        int needed = needed(judge(DURATION.trial(history, level)));

        double[] runs = new double[1 + needed];
        Arrays.fill(runs, level);
        assertThat(kind(DURATION.trial(history, runs))).as("%d more", needed).isEqualTo(Kind.UNCHANGED);
        assertThat(kind(DURATION.trial(history, Arrays.copyOf(runs, needed))))
                .as("one less than %d", needed)
                .isEqualTo(Kind.INCONCLUSIVE);
    }

    @Test
    void where_the_level_is_too_uncertain_for_the_margin_no_number_of_runs_is_named() {
        double[] history = noisy(7, 60, 100, 0.05);
        Finding finding = judge(DURATION.trial(history, judgeLevel(history)));

        // the level of twenty runs alone has an interval wider than the margin
        assertThat(((Verdict.Inconclusive) finding.verdict()).runsNeeded()).isEmpty();
        assertThat(decisive(finding, HistoryEvidence.Hidden.class).tellable()).isFalse();
    }

    @Test
    void forks_that_disagree_are_part_of_how_many_runs_are_needed() {
        List<Point> history = Trials.points(noisy(7, 60, 100, 0.003));
        Point uncertain = new Point(Trials.run(60), 100, 2, 0.05, false);
        Finding finding = judge(new Trial(DURATION.series(history), List.of(uncertain), List.of()));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        List<Point> runs = new ArrayList<>(List.of(uncertain));
        for (int i = 0; i < needed(finding); i++) {
            runs.add(uncertain);
        }
        assertThat(kind(new Trial(DURATION.series(history), runs, List.of()))).isEqualTo(Kind.UNCHANGED);
    }

    private static double judgeLevel(double[] history) {
        return judge(DURATION.trial(history, 100)).baseline().orElseThrow().level();
    }

    private static int needed(Finding finding) {
        return ((Verdict.Inconclusive) finding.verdict()).runsNeeded().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void a_short_history_says_how_many_runs_are_missing(int runs) {
        Finding finding = judge(DURATION.trial(noisy(1, runs, 100, 0.001), 200));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(needed(finding)).isEqualTo(5 - runs);
        assertThat(finding.isSuspect()).isFalse();
        assertThat(finding.baseline()).isEmpty();
        assertThat(finding.pValue()).isEmpty();
        assertThat(decisive(finding)).isEqualTo(new HistoryEvidence.TooFewRuns(runs, 5));
        assertThat(((Verdict.Inconclusive) finding.verdict()).reason()).isEqualTo(decisive(finding));
        // what is seen so far is told, and that nothing of it is sure
        assertThat(finding.verdict().effect().isPresent()).isEqualTo(runs > 0);
        finding.verdict().effect().ifPresent(effect -> {
            assertThat(effect.relativeChange()).isEqualTo(1, within(0.01));
            assertThat(effect.interval()).isEqualTo(Interval.unbounded(0.95));
        });
    }

    @Test
    void with_enough_history_a_clear_change_is_called() {
        assertThat(kind(DURATION.trial(noisy(1, 5, 100, 0.001), 200, 201))).isEqualTo(Kind.REGRESSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 50})
    void one_unit_of_a_counter_is_real(int runs) {
        double[] history = DoubleStream.generate(() -> 40).limit(runs).toArray();

        assertThat(kind(COUNTER.trial(history, 40))).isEqualTo(Kind.UNCHANGED);
        assertThat(kind(COUNTER.trial(history, 41))).isEqualTo(Kind.REGRESSED);
        assertThat(kind(COUNTER.trial(history, 39))).isEqualTo(Kind.IMPROVED);
        assertThat(judge(COUNTER.trial(history, 41)).verdict().effect().orElseThrow())
                .isEqualTo(new Effect(
                        40, 41, 0.025, new dev.plumbline.core.stats.distribution.Interval(0.025, 0.025, 0.95)));
    }

    @Test
    void one_unit_of_a_large_counter_is_real_but_not_worth_anybodys_time() {
        double[] history = DoubleStream.generate(() -> 1_000_000).limit(10).toArray();
        Finding finding = judge(COUNTER.trial(history, 1_000_001));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(1e-6, within(1e-12));
    }

    @Test
    void a_counter_that_leaves_zero_regresses_by_any_factor() {
        Finding finding = judge(COUNTER.trial(new double[10], 1));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(kind(COUNTER.trial(new double[10], 0))).isEqualTo(Kind.UNCHANGED);
    }

    @Test
    void a_few_equal_durations_are_a_coarse_timer_and_no_proof() {
        double[] history = {10, 10, 10, 10, 10, 10};

        assertThat(kind(DURATION.trial(history, 11))).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(kind(DURATION.trial(history, 10))).isEqualTo(Kind.UNCHANGED);
        double[] long1 = DoubleStream.generate(() -> 10).limit(30).toArray();
        assertThat(kind(DURATION.trial(long1, 11))).isEqualTo(Kind.REGRESSED);
    }

    @Test
    void a_margin_of_nothing_calls_every_unit_and_equal_counters_unchanged() {
        double[] history = DoubleStream.generate(() -> 1_000_000).limit(10).toArray();
        Judge judge = new Judge(Policy.DEFAULT.withMargin(0));

        assertThat(judge.judge(List.of(COUNTER.trial(history, 1_000_001)))
                        .get(0)
                        .verdict())
                .isInstanceOf(Verdict.Regressed.class);
        assertThat(judge.judge(List.of(COUNTER.trial(history, 1_000_000)))
                        .get(0)
                        .verdict())
                .isInstanceOf(Verdict.Unchanged.class);
    }

    @Test
    void a_regression_repeated_two_hundred_times_stays_a_regression() {
        List<Point> points = new ArrayList<>(Trials.points(noisy(3, 40, 100, 0.01)));
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            double value = 110 * (1 + 0.01 * random.nextGaussian());
            Finding finding = judge(DURATION.trial(points, value));
            assertThat(finding.verdict()).as("run %d", i).isInstanceOf(Verdict.Regressed.class);
            assertThat(finding.since()).isEqualTo("c40");
            assertThat(finding.baseline().orElseThrow().level()).isEqualTo(100, within(1.0));
            assertThat(finding.baseline().orElseThrow().runs()).isEqualTo(40);
            points.add(new Point(Trials.run(points.size()), value, 1, 0, true));
        }
        assertThat(kind(DURATION.trial(points, 100.1, 100.1))).isNotEqualTo(Kind.REGRESSED);
    }

    @Test
    void a_level_that_somebody_accepted_is_the_new_expectation() {
        double[] history = DoubleStream.concat(
                        Arrays.stream(noisy(3, 40, 100, 0.003)), Arrays.stream(noisy(4, 40, 120, 0.003)))
                .toArray();
        Finding finding = judge(DURATION.trial(history, 120));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(finding.baseline().orElseThrow().level()).isEqualTo(120, within(0.5));
        assertThat(finding.baseline().orElseThrow().runs()).isEqualTo(40);
        assertThat(finding.baseline().orElseThrow().first()).isEqualTo(Trials.run(40));
        assertThat(kind(DURATION.trial(history, 100))).isEqualTo(Kind.IMPROVED);
    }

    @Test
    void a_history_in_another_environment_is_not_compared() {
        Trial trial = new Trial(DURATION.series(List.of()), Trials.points(100), List.of("lab-2", "lab-3"));
        Finding finding = judge(trial);

        assertThat(finding.verdict()).isInstanceOf(Verdict.NotComparable.class);
        assertThat(((Verdict.NotComparable) finding.verdict()).reason())
                .isEqualTo(new HistoryEvidence.OtherEnvironment("lab", List.of("lab-2", "lab-3")))
                .isEqualTo(decisive(finding));
    }

    @Test
    void a_history_here_counts_whatever_there_is_elsewhere() {
        Trial here = DURATION.trial(noisy(1, 40, 100, 0.003), 100);

        assertThat(kind(new Trial(here.history(), here.candidate(), List.of("lab-2"))))
                .isEqualTo(Kind.UNCHANGED);
    }

    /** Sixty series, one point in twelve a spike of 20 to 60 per cent. */
    private static List<Trial> spikySuite(double... candidateOfTheFirst) {
        List<Trial> suite = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Random random = new Random(1000 + i);
            double[] history = noisy(i, 60, 100, 0.01);
            for (int j = 0; j < history.length; j++) {
                if (random.nextInt(12) == 0) {
                    history[j] *= 1.2 + 0.4 * random.nextDouble();
                }
            }
            suite.add(DURATION.called("b" + i).trial(history, i == 0 ? candidateOfTheFirst : new double[] {100}));
        }
        return suite;
    }

    @Test
    void an_odd_run_in_a_spiky_suite_is_no_regression_and_its_confirmation_is() {
        Finding odd = new Judge(Policy.DEFAULT).judge(spikySuite(125)).get(0);
        assertThat(odd.verdict()).isInstanceOf(Verdict.Inconclusive.class);

        Finding confirmed = new Judge(Policy.DEFAULT)
                .judge(spikySuite(125, 125.5, 124.5, 125, 125.2))
                .get(0);
        assertThat(confirmed.verdict()).isInstanceOf(Verdict.Regressed.class);

        Finding refuted =
                new Judge(Policy.DEFAULT).judge(spikySuite(125, 100, 99.5)).get(0);
        assertThat(refuted.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(refuted.isSuspect()).isFalse();
    }

    /** A quiet series whose newest run was half as slow again. */
    private static Trial behindSpike(long seed, double candidate) {
        double[] history = noisy(seed, 40, 100, 0.01);
        history[39] = 150;
        return DURATION.trial(history, candidate);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_spike_in_the_run_before_does_not_hide_a_change(long seed) {
        Finding finding = judge(behindSpike(seed, 112));

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(0.12, within(0.02));
        assertThat(kind(behindSpike(seed, 100.5))).isNotEqualTo(Kind.REGRESSED);
    }

    /** The first series of the spiky suite was called at the last runs; nobody accepted that. */
    private static Finding afterCalled(double candidate, double... called) {
        List<Trial> suite = spikySuite(candidate);
        Trial first = suite.get(0);
        List<Point> points = new ArrayList<>(first.history().points());
        for (double value : called) {
            points.add(new Point(Trials.run(points.size()), value, 1, 0, true));
        }
        suite.set(0, DURATION.called("b0").trial(points, candidate));
        return new Judge(Policy.DEFAULT).judge(suite).get(0);
    }

    @Test
    void one_more_run_where_others_were_called_is_the_same_regression_and_no_odd_run() {
        Finding still = afterCalled(124.2, 125, 125.5, 124.5, 125);
        assertThat(still.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(still.since()).isEqualTo("c60");
        assertThat(still.verdict().effect().orElseThrow().relativeChange()).isEqualTo(0.242, within(0.01));

        assertThat(afterCalled(100.1, 125, 125.5, 124.5, 125).verdict().kind()).isNotEqualTo(Kind.REGRESSED);
        assertThat(afterCalled(90, 125, 125.5, 124.5, 125).verdict().kind()).isNotEqualTo(Kind.REGRESSED);
        // half of what was called is still worse
        assertThat(afterCalled(112, 125, 125.5, 124.5, 125).verdict().kind()).isEqualTo(Kind.REGRESSED);
        // nearer to the level than to half of what was called: no witness speaks for it
        assertThat(afterCalled(103, 125, 125.5, 124.5, 125)).isEqualTo(afterCalled(103, 125, 125, 125, 125));
        assertThat(afterCalled(103, 125, 125.5, 124.5, 125).verdict().kind()).isNotEqualTo(Kind.REGRESSED);
    }

    @Test
    void what_is_odd_for_its_series_but_not_for_a_large_suite_is_a_suspect_until_confirmed() {
        List<Trial> suite = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            suite.add(DURATION.called("b" + i).trial(noisy(i, 30, 100, 0.01), 100));
        }
        double[] history = noisy(0, 30, 100, 0.01);
        suite.set(0, DURATION.trial(history, 103.45));
        Finding suspect = new Judge(Policy.DEFAULT).judge(suite).get(0);
        assertThat(suspect.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(suspect.isSuspect()).isTrue();
        assertThat(needed(suspect)).isEqualTo(1);
        assertThat(decisive(suspect)).isInstanceOf(HistoryEvidence.Suspect.class);

        suite.set(0, DURATION.trial(history, 96.75));
        Finding better = new Judge(Policy.DEFAULT).judge(suite).get(0);
        assertThat(better.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(better.isSuspect()).isFalse();

        suite.set(0, DURATION.trial(history, 103.75, 103.7, 103.8));
        assertThat(new Judge(Policy.DEFAULT).judge(suite).get(0).verdict()).isInstanceOf(Verdict.Regressed.class);
    }

    /** Twenty quiet series that jumped together some runs ago, and jump again; one value of them all was a spike. */
    @Test
    void a_suite_is_judged_the_same_one_after_another_and_all_at_once() {
        List<Trial> suite = new ArrayList<>(spikySuite(140, 141));
        suite.addAll(jumpedSuite(20, 20));

        assertThat(new Judge(Policy.DEFAULT).judge(suite.parallelStream()))
                .isEqualTo(new Judge(Policy.DEFAULT).judge(suite));
    }

    private static List<Trial> jumpedSuite(int before, int since) {
        List<Trial> suite = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double[] history = DoubleStream.concat(
                            Arrays.stream(noisy(i, before, 100, 0.02)), Arrays.stream(noisy(100 + i, since, 150, 0.02)))
                    .toArray();
            if (i == 19) {
                history[4] = 190;
            }
            suite.add(DURATION.called("b" + i).trial(history, 151));
        }
        return suite;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_level_that_no_step_confirms_yet_does_not_speak_against_itself(int since) {
        List<Finding> findings = new Judge(Policy.DEFAULT).judge(jumpedSuite(15, since));

        assertThat(findings.subList(0, 18)).allSatisfy(finding -> {
            assertThat(finding.verdict().kind()).isIn(Kind.REGRESSED, Kind.INCONCLUSIVE);
            assertThat(finding.verdict().kind() == Kind.REGRESSED || finding.isSuspect())
                    .isTrue();
        });
        assertThat(findings.stream().filter(Finding::isSuspect)).allSatisfy(suspect -> {
            HistoryEvidence.Suspect why = decisive(suspect, HistoryEvidence.Suspect.class);
            assertThat(why.worse()).isTrue();
            assertThat(why.limit()).isEqualTo(0.05);
            assertThat(((Verdict.Inconclusive) suspect.verdict()).reason()).isEqualTo(why);
        });
    }

    @Test
    void the_third_run_of_a_level_far_off_confirms_its_step() {
        List<Finding> findings = new Judge(Policy.DEFAULT).judge(jumpedSuite(15, 2));

        assertThat(findings)
                .hasSize(20)
                .allSatisfy(finding -> assertThat(finding.verdict().kind()).isEqualTo(Kind.REGRESSED));
    }

    @Test
    void a_jump_as_large_as_many_before_it_says_how_many() {
        Finding odd = new Judge(Policy.DEFAULT).judge(spikySuite(125)).get(0);

        assertThat(odd.isSuspect()).isFalse();
        assertThat(decisive(odd, HistoryEvidence.Doubt.class).limit()).isEqualTo(0.05);
        // in so many runs it is called indeed
        double[] runs = DoubleStream.generate(() -> 125).limit(1L + needed(odd)).toArray();
        assertThat(new Judge(Policy.DEFAULT).judge(spikySuite(runs)).get(0).verdict())
                .isInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void a_critical_change_clear_of_the_margin_asks_for_another_run_where_it_is_not_certain() {
        Policy strict = new Policy(0.02, Severities.DEFAULT, 0.95, 0.01, 5);
        Finding finding = new Judge(strict)
                .judge(List.of(DURATION.trial(noisy(5, 9, 100, 0.02), 112.5)))
                .get(0);

        assertThat(finding.verdict().effect().orElseThrow().interval().low()).isGreaterThan(0.02);
        assertThat(finding.pValue().orElseThrow()).isBetween(0.01, 0.02);
        assertThat(finding.isSuspect()).isTrue();
        assertThat(decisive(finding, HistoryEvidence.Suspect.class).limit()).isEqualTo(0.01);
    }

    /** Forty values around 100, then a few around another level. */
    private static double[] withNewLevel(int runs, double level) {
        return DoubleStream.concat(Arrays.stream(noisy(3, 40, 100, 0.01)), Arrays.stream(noisy(4, runs, level, 0.004)))
                .toArray();
    }

    @Test
    void the_way_back_from_a_level_that_is_itself_in_doubt_is_no_regression() {
        List<Trial> suite = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            suite.add(DURATION.called("b" + i).trial(noisy(i, 40, 100, 0.01), 100));
        }
        suite.set(0, DURATION.trial(withNewLevel(3, 96), 100.5, 100.2));
        Finding back = new Judge(Policy.DEFAULT).judge(suite).get(0);
        assertThat(back.verdict()).isNotInstanceOf(Verdict.Regressed.class);

        suite.set(0, DURATION.trial(withNewLevel(3, 96), 108, 108.2));
        assertThat(new Judge(Policy.DEFAULT).judge(suite).get(0).verdict()).isInstanceOf(Verdict.Regressed.class);

        suite.set(0, DURATION.trial(withNewLevel(20, 96), 100.5, 100.2));
        assertThat(new Judge(Policy.DEFAULT).judge(suite).get(0).verdict()).isInstanceOf(Verdict.Regressed.class);

        suite.set(0, DURATION.trial(withNewLevel(40, 96), 100.5, 100.2));
        assertThat(new Judge(Policy.DEFAULT).judge(suite).get(0).verdict()).isInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void a_wild_series_hides_little_of_the_quiet_ones_beside_it() {
        double[] alone = detectable(0);
        double[] beside = detectable(1);

        for (int i = 0; i < 99; i++) {
            assertThat(beside[i]).as("series %d", i).isLessThan(1.35 * alone[i]);
        }
    }

    @Test
    void beside_many_wild_series_it_takes_more_runs_to_tell() {
        List<Trial> suite = suite(20, 115, 115.4, 114.7);

        assertThat(new Judge(Policy.DEFAULT).judge(suite).get(0).verdict()).isInstanceOf(Verdict.Regressed.class);
    }

    /** What each of 100 series of 120 runs can detect, the last ones with a spike in every twentieth run. */
    private static double[] detectable(int wild) {
        return new Judge(Policy.DEFAULT)
                .judge(suite(wild, 100)).stream()
                        .mapToDouble(finding -> finding.detectableChange().orElse(Double.POSITIVE_INFINITY))
                        .toArray();
    }

    private static List<Trial> suite(int wild, double... candidateOfTheFirst) {
        List<Trial> suite = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Random random = new Random(i);
            double[] history = noisy(i, 120, 100, 0.01);
            for (int j = 0; i >= 100 - wild && j < 120; j++) {
                history[j] *= random.nextInt(20) == 0 ? 1.2 + 0.8 * random.nextDouble() : 1;
            }
            suite.add(DURATION.called("b" + i).trial(history, i == 0 ? candidateOfTheFirst : new double[] {100}));
        }
        return suite;
    }

    @Test
    void a_healthy_run_of_eighty_series_seldom_calls_any_regression() {
        int closed = 0;
        int runs = 30;
        for (int run = 0; run < runs; run++) {
            List<Trial> suite = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                double[] values = noisy(1_000_000L + 1000L * run + i, 41, 100, 0.02);
                suite.add(DURATION.called("b" + i).trial(Arrays.copyOf(values, 40), values[40]));
            }
            List<Finding> findings = new Judge(Policy.DEFAULT).judge(suite);
            closed += findings.stream().anyMatch(f -> f.verdict().kind() == Kind.REGRESSED) ? 1 : 0;
        }
        // at the promised 5 % a run, more than 4 of 30 have a probability of 1.6 %: scipy.stats.binom.sf(4, 30, 0.05)
        assertThat(closed).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 9, 10})
    void a_short_history_raises_few_false_alarms_and_still_finds_what_is_large(int count) {
        int alarms = 0;
        int found = 0;
        int equivalent = 0;
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            double[] values = noisy(77L * run + count, count + 1, 100, 0.02);
            double[] history = Arrays.copyOf(values, count);
            Kind healthy = kind(DURATION.trial(history, values[count]));
            alarms += healthy == Kind.REGRESSED || healthy == Kind.IMPROVED ? 1 : 0;
            equivalent += healthy == Kind.UNCHANGED ? 1 : 0;
            found += kind(DURATION.trial(history, 1.5 * values[count])) == Kind.REGRESSED ? 1 : 0;
        }
        // scipy.stats.binom.sf(25, 300, 0.05) is 0.4 %
        assertThat(alarms).isLessThanOrEqualTo(25);
        assertThat(found).isGreaterThan(290);
        // with noise of the size of the margin one run cannot show that nothing changed
        assertThat(equivalent).isLessThan(20);
    }

    @Test
    void p_values_are_adjusted_for_the_suite() {
        Finding few = firstOf(5, 103.25);
        Finding many = firstOf(300, 103.25);

        assertThat(many.pValue().orElseThrow()).isGreaterThan(2 * few.pValue().orElseThrow());
        assertThat(many.detectableChange().orElseThrow())
                .isGreaterThan(few.detectableChange().orElseThrow());
    }

    /** The first of so many series, all others as they were. */
    private static Finding firstOf(int series, double candidate) {
        List<Trial> suite = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            suite.add(DURATION.called("b" + i).trial(noisy(i, 30, 100, 0.01), i == 0 ? candidate : 100));
        }
        return new Judge(Policy.DEFAULT).judge(suite).get(0);
    }

    @Test
    void an_empty_suite_has_no_findings() {
        assertThat(new Judge(Policy.DEFAULT).judge(List.of())).isEmpty();
    }

    @Test
    void findings_come_in_the_order_of_the_trials_and_keep_the_warnings_of_their_series() {
        List<Finding> findings = new Judge(Policy.DEFAULT)
                .judge(List.of(
                        DURATION.called("z").trial(noisy(1, 10, 1, 0.01), 1),
                        DURATION.called("a").trial(noisy(2, 3, 1, 0.01), 1)));

        assertThat(findings).extracting(f -> f.key().benchmark().name()).containsExactly("z", "a");
        assertThat(findings)
                .allSatisfy(f -> assertThat(f.warnings()).hasAtLeastOneElementOfType(Warning.OfSeries.class));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-3, 8, 1e9})
    void the_scale_of_the_values_changes_no_verdict(double factor) {
        for (Trial trial : variety()) {
            Finding one = judge(trial);
            Finding scaled = judge(Trials.mapped(trial, value -> value * factor));
            assertThat(scaled.verdict().kind()).isEqualTo(one.verdict().kind());
            assertThat(scaled.severity()).isEqualTo(one.severity());
            if (one.verdict().effect().isPresent()) {
                assertThat(scaled.verdict().effect().orElseThrow().relativeChange())
                        .isEqualTo(one.verdict().effect().orElseThrow().relativeChange(), within(1e-9));
            }
            assertThat(scaled.pValue().isPresent()).isEqualTo(one.pValue().isPresent());
            // the scan of few values is not the same to the last digit, so what is very rare is only about as rare
            assertThat(scaled.pValue().orElse(1))
                    .isEqualTo(
                            one.pValue().orElse(1), within(0.05 * one.pValue().orElse(1) + 1e-4));
        }
    }

    @Test
    void the_other_direction_flips_the_verdict() {
        for (Trial trial : variety()) {
            Trial other = flipped(trial);
            Kind expected =
                    switch (kind(trial)) {
                        case REGRESSED -> Kind.IMPROVED;
                        case IMPROVED -> Kind.REGRESSED;
                        case UNCHANGED -> Kind.UNCHANGED;
                        case INCONCLUSIVE -> Kind.INCONCLUSIVE;
                        case NOT_COMPARABLE -> Kind.NOT_COMPARABLE;
                    };
            assertThat(kind(other)).isEqualTo(expected);
        }
        assertThat(variety()).extracting(JudgeTest::kind).contains(Kind.REGRESSED, Kind.IMPROVED, Kind.UNCHANGED);
    }

    private static Trial flipped(Trial trial) {
        Better better = trial.history().better() == Better.LOWER ? Better.HIGHER : Better.LOWER;
        return new Trial(DURATION.with(better).series(trial.history().points()), trial.candidate(), trial.elsewhere());
    }

    private static List<Trial> variety() {
        List<Trial> trials = new ArrayList<>();
        for (double noise : new double[] {0, 0.001, 0.01, 0.05}) {
            for (double candidate : new double[] {70, 95.5, 100, 100.5, 105.6, 130}) {
                for (int count : new int[] {3, 6, 30, 120}) {
                    trials.add(DURATION.trial(noisy(count, count, 100, noise), candidate));
                }
            }
        }
        return trials;
    }

    @Test
    void judging_twice_gives_the_same() {
        List<Trial> suite = variety();

        assertThat(new Judge(Policy.DEFAULT).judge(suite)).isEqualTo(new Judge(Policy.DEFAULT).judge(suite));
    }

    @Test
    void every_finding_tells_how_it_came_about() {
        for (Finding finding : new Judge(Policy.DEFAULT).judge(variety())) {
            assertSound(finding);
        }
    }

    /** A ladder that ends with the rung that decided, and numbers that are numbers. */
    private static void assertSound(Finding finding) {
        assertThat(finding.trace()).isNotEmpty();
        assertThat(decisive(finding)).isNotNull();
        assertThat(finding.trace())
                .filteredOn(c -> c.outcome() == Rung.Outcome.DECIDED)
                .hasSize(1);
        assertThat(finding.trace())
                .allSatisfy(rung -> assertThat(rung.evidence().toString()).doesNotContain("NaN"));
        finding.pValue().ifPresent(p -> assertThat(p).isBetween(0.0, 1.0));
        finding.detectableChange().ifPresent(d -> assertThat(d).isPositive().isFinite());
        finding.candidate()
                .ifPresent(
                        value -> assertThat(value).as(String.valueOf(finding)).isFinite());
        finding.verdict().effect().ifPresent(effect -> {
            assertThat(effect.before()).isFinite();
            assertThat(effect.after()).isFinite();
            assertThat(effect.interval().low())
                    .isLessThanOrEqualTo(effect.interval().high());
        });
        finding.baseline().ifPresent(baseline -> {
            assertThat(baseline.level()).isFinite();
            assertThat(baseline.deviation()).isFinite();
        });
    }

    @Test
    void values_at_the_edges_of_double_are_judged_without_an_exception() {
        double[] edges = {
            0, -0.0, 1, -1, 1e300, -1e300, 1e-300, -1e-300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 7
        };
        Random random = new Random(11);
        List<Trial> suite = new ArrayList<>();
        for (double constant : edges) {
            for (double candidate : edges) {
                double[] history =
                        DoubleStream.generate(() -> constant).limit(12).toArray();
                suite.add(DURATION.trial(history, candidate));
                suite.add(COUNTER.trial(history, candidate, candidate));
                double[] noisy = Trials.mapped(history, value -> value * (1 - 0.1 * random.nextDouble()));
                suite.add(DURATION.trial(noisy, candidate));
                suite.add(THROUGHPUT.trial(noisy, candidate, constant, candidate));
            }
        }
        for (int i = 0; i < 500; i++) {
            int count = 5 + random.nextInt(20);
            double[] history = random.ints(count, 0, edges.length)
                    .mapToDouble(index -> edges[index])
                    .toArray();
            suite.add(DURATION.called("r" + i).trial(history, edges[random.nextInt(edges.length)]));
        }
        for (Trial trial : suite) {
            assertSound(judge(trial));
        }
        new Judge(Policy.DEFAULT).judge(suite).forEach(JudgeTest::assertSound);
    }

    @Test
    void a_regression_in_values_below_zero_is_a_move_upwards() {
        double[] history = noisy(2, 40, -100, 0.01);

        assertThat(kind(COUNTER.trial(history, -80, -80))).isEqualTo(Kind.REGRESSED);
        assertThat(kind(COUNTER.trial(history, -120, -120))).isEqualTo(Kind.IMPROVED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0005, 0.003, 0.02})
    void a_change_as_large_as_the_stated_one_is_found(double variation) {
        int found = 0;
        int histories = 400;
        for (long seed = 0; seed < histories; seed++) {
            double[] values = noisy(seed, 31, 100, variation);
            double[] history = Arrays.copyOf(values, 30);
            double stated = judge(DURATION.trial(history, values[30]))
                    .detectableChange()
                    .orElseThrow();
            found += kind(DURATION.trial(history, values[30] * (1 + stated))) == Kind.REGRESSED ? 1 : 0;
        }

        // 99 % of 400, and what chance leaves of it once in thousand times
        assertThat(found).isGreaterThanOrEqualTo(388);
    }

    @Test
    void of_a_coarse_timer_that_never_moved_nothing_is_stated_until_it_has_shown_enough() {
        double[] short5 = new double[6];
        Arrays.fill(short5, 10);
        double[] long30 = new double[30];
        Arrays.fill(long30, 10);

        assertThat(judge(DURATION.trial(short5, 10)).detectableChange()).isEmpty();
        assertThat(judge(DURATION.trial(long30, 10)).detectableChange()).hasValue(0.02);
        assertThat(judge(COUNTER.trial(short5, 10)).detectableChange()).hasValue(0.02);
    }
}
