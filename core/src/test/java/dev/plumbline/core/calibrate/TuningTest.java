package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuningTest {
    private static final double TARGET = 0.05;
    private static final int REPLAYS = 50;

    /** With this rate healthy runs are called a little more often than the target allows. */
    private static final Policy WIDE = new Policy(0.02, Severities.DEFAULT, 0.95, 0.15, 5);

    private static GatePolicy gate(List<GateRule> weights) {
        return new GatePolicy(
                Severity.MAJOR,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.CLOSE,
                GatePolicy.Effect.CLOSE,
                5,
                0,
                weights,
                List.of());
    }

    private static Tuning.Outcome tune(long seed, double target) {
        List<Series> suite = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            double[] values = Trials.noisy(77 + i, 60, 100, 0.002);
            for (int spike = 4 + i; spike < values.length; spike += 9) {
                values[spike] += 2 + spike % 7;
            }
            suite.add(Trials.DURATION.called("b" + i).series(Trials.points(values)));
        }
        return new Tuning(
                        tuned -> new Thresholds(WIDE, tuned),
                        TuningTest::gate,
                        new Replay.Settings(REPLAYS, 1, 40, 60, seed),
                        target)
                .tune(suite, (what, done, total) -> {});
    }

    /** Spikes of a half: only a margin of more than that ends the false alarms. */
    @Test
    void a_margin_that_hides_critical_changes_is_not_proposed() {
        List<Series> suite = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            double[] values = Trials.noisy(77 + i, 60, 100, 0.002);
            for (int spike = 4 + i; spike < values.length && i == 0; spike += 9) {
                values[spike] += 30 + 5 * (spike % 7);
            }
            suite.add(Trials.DURATION.called("b" + i).series(Trials.points(values)));
        }
        List<Tuning.Work> heard = new ArrayList<>();
        Tuning.Outcome outcome = new Tuning(
                        tuned -> new Thresholds(WIDE, tuned),
                        TuningTest::gate,
                        new Replay.Settings(REPLAYS, 1, 40, 60, 3),
                        TARGET)
                .tune(suite, (what, done, total) -> {
                    assertThat(done).as("%s", what).isBetween(1, total);
                    heard.add(what);
                });

        assertThat(outcome.tooNoisy())
                .extracting(one -> one.key().benchmark().name())
                .containsExactly("b0");
        assertThat(outcome.tooNoisy().get(0).largest()).isGreaterThan(0.10);
        assertThat(outcome.weights())
                .singleElement()
                .matches(rule -> rule.covers(outcome.tooNoisy().get(0).key()))
                .extracting(GateRule::weight)
                .isEqualTo(GateRule.Weight.CONFIRMED);
        assertThat(outcome.after().closed().hits())
                .as("spikes that come alone close the gate no more")
                .isLessThan(outcome.before().closed().hits() / 2);
        assertThat(outcome.after().falseAlarms()).isEqualTo(outcome.before().falseAlarms());
        assertThat(outcome.proposals())
                .allMatch(one -> one.margin() < WIDE.severities().critical())
                .noneMatch(one -> one.key().benchmark().name().equals("b0"));
        assertThat(heard)
                .contains(Tuning.Work.MARGINS, Tuning.Work.REPLAYS_BEFORE, Tuning.Work.NEWEST_BEFORE)
                .endsWith(Tuning.Work.DETECTABLE);
    }

    /** Of fifty replays one may have an alarm by half the target, whatever the rate behind it is. */
    @Test
    void few_false_alarms_by_luck_do_not_end_the_search() {
        for (long seed = 1; seed <= 2; seed++) {
            Tuning.Outcome outcome = tune(seed, TARGET);

            assertThat(outcome.proposals()).as("seed %d", seed).isNotEmpty();
            assertThat(outcome.after().falseAlarms().share())
                    .as("seed %d", seed)
                    .isLessThan(TARGET);
        }
    }

    @Test
    void before_and_after_are_measured_on_three_times_as_many_replays_as_a_round_has() {
        Tuning.Outcome outcome = tune(1, TARGET);

        assertThat(outcome.before().falseAlarms().count()).isEqualTo(3 * REPLAYS);
        assertThat(outcome.after().falseAlarms().count()).isEqualTo(3 * REPLAYS);
        assertThat(outcome.before().falseAlarms().share())
                .isGreaterThan(outcome.after().falseAlarms().share());
    }

    /** Margins cost detection, and the judge itself spends most of its error rate. */
    @Test
    void nothing_is_proposed_where_the_target_is_met_though_not_by_half() {
        double share = tune(1, TARGET).before().falseAlarms().share();
        double target = 1.6 * share;

        Tuning.Outcome outcome = tune(1, target);

        assertThat(outcome.before().falseAlarms().share()).isEqualTo(share).isBetween(target / 2, target);
        assertThat(outcome.proposals()).isEmpty();
        assertThat(outcome.isMet()).isTrue();
    }

    @Test
    void nothing_is_proposed_where_the_target_is_far_above_what_healthy_runs_do() {
        Tuning.Outcome outcome = tune(1, 0.5);

        assertThat(outcome.proposals()).isEmpty();
        assertThat(outcome.after()).isEqualTo(outcome.before());
        assertThat(outcome.isMet()).isTrue();
    }
}
