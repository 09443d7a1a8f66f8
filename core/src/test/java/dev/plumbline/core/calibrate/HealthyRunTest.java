package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.name.NamePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HealthyRunTest {
    private static final int RUNS = 40;
    private static final int SEED = 9;
    private static final Gate GATE = new Gate(GatePolicy.DEFAULT);

    /** A gate that waits for a second run that shows the same. */
    private static final Gate WAITING = new Gate(new GatePolicy(
            Severity.MAJOR,
            GatePolicy.Effect.PASS,
            GatePolicy.Effect.PASS,
            GatePolicy.Effect.PASS,
            GatePolicy.Effect.CLOSE,
            GatePolicy.Effect.CLOSE,
            5,
            0,
            List.of(new GateRule("a rule", Optional.empty(), Optional.empty(), GateRule.Weight.CONFIRMED)),
            List.of()));

    /** A series with noise of half a per cent, of which a run and the next one are drawn so much slower. */
    private static Actor actor(String name, double run, double next) {
        double[] scores = Trials.noisy(name.hashCode(), RUNS + 2, 1, 0.005);
        Arrays.setAll(scores, i -> scores[i] - 1);
        scores[RUNS] = Math.log1p(run);
        scores[RUNS + 1] = Math.log1p(next);
        // one block holds all of them, and begins where the draw does
        int start = (int) (new SplittableRandom(SEED).nextDouble() * scores.length);
        double[] residuals = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            residuals[(start + i) % scores.length] = scores[i];
        }
        Series series = Trials.DURATION.called(name).series(Trials.points(Trials.noisy(1, RUNS, 100, 0.005)));
        Actor actor = Actor.of(series, Policy.DEFAULT);
        return new Actor(series, actor.asked(), actor.policy(), actor.expectation(), residuals, residuals.length);
    }

    private static HealthyRun run(Gate gate, Actor... actors) {
        return HealthyRun.of(List.of(actors), new Blocks(new SplittableRandom(SEED), RUNS + 2), RUNS, gate);
    }

    private static Verdict.Kind kind(HealthyRun run, int place) {
        return run.findings().get(place).verdict().kind();
    }

    @Test
    void a_run_like_those_before_it_leaves_the_gate_open() {
        HealthyRun run = run(GATE, actor("a", 0, 0.5), actor("b", 0, 0));

        assertThat(run.findings())
                .extracting(finding -> finding.key().benchmark().label())
                .containsExactly("a", "b");
        assertThat(run.closes()).isFalse();
        assertThat(run(WAITING, actor("a", 0, 0.5), actor("b", 0, 0)).closes()).isFalse();
    }

    @Test
    void a_run_that_looks_worse_closes_the_gate() {
        HealthyRun run = run(GATE, actor("a", 0, 0), actor("b", 0.3, 0));

        assertThat(kind(run, 0)).isNotEqualTo(Verdict.Kind.REGRESSED);
        assertThat(kind(run, 1)).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(run.closes()).isTrue();
    }

    @Test
    void a_gate_that_waits_closes_with_a_second_run_that_shows_the_same() {
        HealthyRun once = run(WAITING, actor("a", 0.3, 0), actor("b", 0, 0));
        HealthyRun twice = run(WAITING, actor("a", 0, 0), actor("b", 0.3, 0.3));

        assertThat(kind(once, 0)).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(once.closes()).isFalse();
        assertThat(kind(twice, 1)).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(twice.closes()).isTrue();
    }

    @Test
    void a_second_run_that_shows_another_series_closes_nothing() {
        assertThat(run(WAITING, actor("a", 0.3, 0), actor("b", 0, 0.3)).closes())
                .isFalse();
    }

    @Test
    void a_regression_of_no_weight_closes_nothing() {
        Gate advisory = new Gate(new GatePolicy(
                Severity.MAJOR,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.CLOSE,
                GatePolicy.Effect.CLOSE,
                5,
                0,
                List.of(new GateRule(
                        "a rule", Optional.of(new NamePattern("b")), Optional.empty(), GateRule.Weight.ADVISORY)),
                List.of()));

        assertThat(run(advisory, actor("a", 0, 0), actor("b", 0.3, 0.3)).closes())
                .isFalse();
    }

    @Test
    void no_findings_close_nothing() {
        assertThat(HealthyRun.closes(GATE, List.of())).isFalse();
    }
}
