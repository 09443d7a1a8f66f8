package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.MetricKind;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tuning counts and tells, on the smallest suites that show it. */
class TuningNumbersTest {
    private static final int REPLAYS = 5;

    private static final Tuning.Work LOOKING = Tuning.Work.MARGINS;

    private static Series quiet(String name, int length) {
        return Trials.DURATION.called(name).series(Trials.points(Trials.noisy(7, length, 100, 0.0005)));
    }

    /** What was heard: what was done, and of it how much of how much. */
    private static final class Heard implements Tuning.Progress {
        private final Map<Tuning.Work, List<Integer>> done = new LinkedHashMap<>();
        private final Map<Tuning.Work, Integer> totals = new LinkedHashMap<>();

        @Override
        public void at(Tuning.Work what, int done, int total) {
            assertThat(totals.getOrDefault(what, total)).isEqualTo(total);
            assertThat(done).as("%s", what).isBetween(1, total);
            totals.put(what, total);
            this.done.computeIfAbsent(what, any -> new ArrayList<>()).add(done);
        }
    }

    private static Tuning tuning(Policy policy, Replay.Settings settings, double target) {
        return new Tuning(tuned -> new Thresholds(policy, tuned), weights -> GatePolicy.DEFAULT, settings, target);
    }

    private static Tuning.Outcome tune(List<Series> suite, double target, Tuning.Progress progress) {
        return tuning(Policy.DEFAULT, new Replay.Settings(REPLAYS, 1, 2, 20, 1), target)
                .tune(suite, progress);
    }

    private static Tuning.Outcome outcome(Proportion closed, Sensitivity... sensitivities) {
        Tuning.Measured measured = new Tuning.Measured(new Proportion(0, 0), closed, 0, 0, Map.of(), Set.of());
        return new Tuning.Outcome(3, 1, 0.05, 1, measured, measured, List.of(), List.of(), List.of(sensitivities));
    }

    private static Sensitivity sensitivity(String name, OptionalInt runs) {
        Series series = quiet(name, 5);
        return new Sensitivity(
                series.key(),
                series.unit(),
                Policy.DEFAULT,
                5,
                0.01,
                3,
                OptionalDouble.empty(),
                List.of(new Sensitivity.Needed(0.05, runs)),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 20, true", "1, 21, true", "1, 20, false", "2, 20, false", "20, 20, false"})
    void a_target_is_met_where_fewer_runs_close_the_gate_or_none_was_replayed(int closed, int runs, boolean isMet) {
        assertThat(outcome(new Proportion(closed, runs)).isMet()).isEqualTo(isMet);
    }

    @Test
    void an_outcome_tells_what_can_be_found_in_each_series_and_in_how_many() {
        Sensitivity one = sensitivity("one", OptionalInt.of(1));
        Sensitivity three = sensitivity("three", OptionalInt.of(3));
        Tuning.Outcome outcome = outcome(new Proportion(0, 0), one, three, sensitivity("never", OptionalInt.empty()));

        assertThat(outcome.of(three.key())).contains(three);
        assertThat(outcome.of(quiet("other", 5).key())).isEmpty();
        assertThat(outcome.seeing(0.05, 1)).isEqualTo(1);
        assertThat(outcome.seeing(0.05, 2)).isEqualTo(1);
        assertThat(outcome.seeing(0.05, 3)).isEqualTo(2);
        assertThat(outcome.seeing(0.05, 1000)).isEqualTo(2);
        assertThat(outcome.seeing(0.06, 1000)).isZero();
    }

    @Test
    void the_margin_of_a_proposal_is_that_of_its_rule() {
        SeriesKey key = quiet("a", 5).key();
        ThresholdRule rule = ThresholdRule.ofMargin("tuned", ThresholdRule.Scope.of(MetricKind.MEMORY), 0.07);

        assertThat(new Tuning.Proposal(key, rule, 0.02, 3, 50, 0.066).margin()).isEqualTo(0.07);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void a_target_of_none_and_of_all_is_no_target(double target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tuning(Policy.DEFAULT, Replay.Settings.DEFAULT, target))
                .withMessageContaining("not at " + target);
    }

    @Test
    void the_first_series_with_enough_runs_that_were_not_judged_bad_are_replayed() {
        List<Series> suite = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            suite.add(quiet(name, 6));
        }
        // minimum runs are five
        suite.set(0, suite.get(0).withPoints(bad(suite.get(0).points(), 2)));
        suite.set(1, suite.get(1).withPoints(bad(suite.get(1).points(), 1)));
        Heard heard = new Heard();

        Tuning.Outcome all = tuning(Policy.DEFAULT, new Replay.Settings(REPLAYS, 1, 100, 20, 1), 0.5)
                .tune(suite, (what, done, total) -> {});
        Tuning.Outcome outcome = tune(suite, 0.5, heard);

        assertThat(all.series()).isEqualTo(4);
        assertThat(all.leftOut()).isEqualTo(1);
        // no more than two are asked for
        assertThat(outcome.series()).isEqualTo(2);
        assertThat(outcome.leftOut()).isEqualTo(3);
        assertThat(outcome.seed()).isEqualTo(1);
        assertThat(outcome.target()).isEqualTo(0.5);
        // what can be detected is told of all
        assertThat(outcome.sensitivities())
                .extracting(one -> one.key().benchmark().name())
                .containsExactly("b", "c", "d", "e");
        assertThat(heard.done.get(Tuning.Work.DETECTABLE)).containsExactly(1, 2, 3, 4);
    }

    private static List<Point> bad(List<Point> points, int count) {
        List<Point> marked = new ArrayList<>(points);
        for (int i = 0; i < count; i++) {
            marked.set(i, points.get(i).asJudgedBad());
        }
        return marked;
    }

    @Test
    void nothing_is_replayed_where_no_history_is_long_enough() {
        Heard heard = new Heard();

        Tuning.Outcome outcome = tune(List.of(quiet("a", 4)), 0.05, heard);

        assertThat(outcome.series()).isZero();
        assertThat(outcome.leftOut()).isEqualTo(1);
        assertThat(outcome.before().falseAlarms()).isEqualTo(new Proportion(0, 0));
        assertThat(outcome.isMet()).isTrue();
        assertThat(heard.done.keySet()).doesNotContain(LOOKING, Tuning.Work.REPLAYS_BEFORE);
    }

    /** Of none of n the interval of 99 % ends at z² / (n + z²), with z = 2.576: below a half from seven on. */
    @Test
    void the_search_ends_once_few_alarms_are_no_luck() {
        Heard heard = new Heard();

        Tuning.Outcome outcome = tune(List.of(quiet("a", 20)), 0.5, heard);

        assertThat(heard.done.get(LOOKING))
                .isEqualTo(IntStream.rangeClosed(1, 2 * REPLAYS).boxed().toList());
        assertThat(heard.totals.get(LOOKING)).isEqualTo(15 * REPLAYS);
        assertThat(heard.done.get(Tuning.Work.REPLAYS_BEFORE))
                .isEqualTo(IntStream.rangeClosed(1, 3 * REPLAYS).boxed().toList());
        assertThat(heard.done.get(Tuning.Work.NEWEST_BEFORE)).hasSize(20);
        assertThat(heard.done.keySet()).doesNotContain(Tuning.Work.REPLAYS_AFTER);
        assertThat(outcome.after()).isSameAs(outcome.before());
        assertThat(outcome.before().closed()).isEqualTo(new Proportion(0, 3 * REPLAYS));
    }

    @Test
    void the_search_ends_after_fifteen_rounds_where_that_would_take_more() {
        Heard heard = new Heard();

        tune(List.of(quiet("a", 20)), 0.05, heard);

        assertThat(heard.done.get(LOOKING))
                .isEqualTo(IntStream.rangeClosed(1, 15 * REPLAYS).boxed().toList());
    }

    /** As above, none of 127 is below 5 %, and one of more. */
    @ParameterizedTest
    @ValueSource(longs = {1, 7})
    void replays_with_narrower_margins_do_not_count_for_wider_ones(long seed) {
        double[] values = Trials.noisy(77, 60, 100, 0.002);
        for (int spike = 4; spike < values.length; spike += 9) {
            values[spike] += 2 + spike / 9.0;
        }
        Policy policy = new Policy(0.02, Severities.DEFAULT, 0.95, 0.3, 5);
        Heard heard = new Heard();

        Tuning.Outcome outcome = tuning(policy, new Replay.Settings(20, 1, 1, 20, seed), 0.05)
                .tune(List.of(Trials.DURATION.series(Trials.points(values))), heard);

        assertThat(outcome.proposals()).singleElement().satisfies(proposal -> {
            assertThat(proposal.replays()).as("widened").isGreaterThan(20);
            assertThat(heard.done.get(LOOKING).size() - proposal.replays()).isGreaterThanOrEqualTo(127);
        });
        assertThat(heard.done.get(Tuning.Work.REPLAYS_AFTER)).hasSize(3 * 20);
        assertThat(outcome.after().falseAlarms().hits())
                .isLessThan(outcome.before().falseAlarms().hits());
    }

    /** Only a margin of more than a half would end these false alarms. */
    @Test
    void a_series_that_is_too_noisy_is_told_and_weighs_less_afterwards() {
        double[] values = Trials.noisy(77, 60, 100, 0.002);
        for (int spike = 4; spike < values.length; spike += 9) {
            values[spike] += 50;
        }
        List<List<GateRule>> asked = new ArrayList<>();
        Series series = Trials.DURATION.series(Trials.points(values));

        Tuning.Outcome outcome = new Tuning(
                        tuned -> new Thresholds(new Policy(0.02, Severities.DEFAULT, 0.95, 0.3, 5), tuned),
                        weights -> {
                            asked.add(weights);
                            return GatePolicy.DEFAULT;
                        },
                        new Replay.Settings(20, 1, 1, 20, 1),
                        0.05)
                .tune(List.of(series), (what, done, total) -> {});

        assertThat(outcome.proposals()).isEmpty();
        assertThat(outcome.tooNoisy()).extracting(Tuning.TooNoisy::key).containsExactly(series.key());
        assertThat(outcome.weights()).singleElement().satisfies(rule -> {
            assertThat(rule.covers(series.key())).isTrue();
            assertThat(rule.weight()).isEqualTo(GateRule.Weight.CONFIRMED);
        });
        assertThat(asked).containsExactly(List.of(), outcome.weights());
    }

    @Test
    void before_is_measured_on_other_replays_than_those_that_margins_come_from() {
        Policy eager = new Policy(0, Severities.DEFAULT, 0.95, 0.9, 5);
        Thresholds plain = new Thresholds(eager, List.of());
        Series series = Trials.DURATION.series(Trials.points(Trials.noisy(7, 20, 100, 0.03)));

        Tuning.Outcome outcome = tuning(eager, new Replay.Settings(30, 1, 1, 20, 1), 0.9)
                .tune(List.of(series), (what, done, total) -> {});

        List<ReplayedRun> searched = ReplayedRun.draw(
                List.of(Actor.of(series, plain)), plain, GatePolicy.DEFAULT, 20, 1, 3 * 30, done -> {});
        assertThat(outcome.before().falseAlarms().count()).isEqualTo(3 * 30);
        assertThat(outcome.before().falseAlarms())
                .isNotEqualTo(FalseAlarms.of(searched).share());
    }
}
