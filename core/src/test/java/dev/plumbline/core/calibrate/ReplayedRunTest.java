package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayedRunTest {
    private static final int RUNS = 160;

    /** Nine healthy runs in ten may have a regression called, of any size. */
    private static final Policy EAGER = new Policy(0, Severities.DEFAULT, 0.95, 0.9, 5);

    private static final List<Actor> ACTORS = List.of(actor("quiet", 1, 0.01), actor("loud", 2, 0.04));

    private static Actor actor(String name, long seed, double noise) {
        return Actor.of(Trials.DURATION.called(name).series(Trials.points(wide(seed, noise))), EAGER);
    }

    /** Fifteen values with a wide tail, so that healthy runs are called. */
    private static double[] wide(long seed, double noise) {
        return Trials.mapped(Trials.noisy(seed, 15, 1, 1), value -> 100 * (1 + noise * Math.pow(value - 1, 3)));
    }

    private static Thresholds thresholds(double margin) {
        return new Thresholds(EAGER.withMargin(margin), List.of());
    }

    private static GatePolicy closingAt(Severity severity) {
        return new GatePolicy(
                severity,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                5);
    }

    private static List<ReplayedRun> draw(double margin, Severity blockAt, long seed) {
        return ReplayedRun.draw(ACTORS, thresholds(margin), closingAt(blockAt), 15, seed, RUNS, done -> {});
    }

    private static double largest(ReplayedRun run) {
        return run.alarms().values().stream().mapToDouble(size -> size).max().orElse(0);
    }

    @Test
    void a_run_tells_which_series_had_a_regression_called_and_how_large_it_was() {
        List<ReplayedRun> runs = draw(0, Severity.NONE, 1);

        assertThat(runs).hasSize(RUNS);
        assertThat(runs).anyMatch(run -> run.alarms().isEmpty()).anyMatch(run -> !run.alarms()
                .isEmpty());
        for (ReplayedRun run : runs) {
            assertThat(Set.of(0, 1)).containsAll(run.alarms().keySet());
            // two and a half deviations to the third at the most
            assertThat(run.alarms().getOrDefault(0, 0.001)).isBetween(0.001, 16 * 0.01);
            assertThat(run.alarms().getOrDefault(1, 0.001)).isBetween(0.001, 16 * 0.04);
        }
    }

    @Test
    void a_run_closes_the_gate_by_the_severity_of_what_is_called() {
        assertThat(draw(0, Severity.NONE, 1))
                .allMatch(run -> run.closes() == !run.alarms().isEmpty());
        assertThat(draw(0, Severity.MAJOR, 1))
                .allMatch(run -> run.closes() == largest(run) >= 0.05)
                .anyMatch(run -> largest(run) > 0 && !run.closes())
                .anyMatch(ReplayedRun::closes);
    }

    @Test
    void a_margin_hides_the_smaller_ones_of_the_same_runs() {
        List<ReplayedRun> all = draw(0, Severity.NONE, 1);
        List<ReplayedRun> large = draw(0.03, Severity.NONE, 1);

        for (int i = 0; i < RUNS; i++) {
            // whose evidence is less too where larger changes are looked for
            assertThat(largest(large.get(i))).isIn(0.0, largest(all.get(i)) < 0.03 ? 0 : largest(all.get(i)));
        }
        assertThat(large).isNotEqualTo(all).anyMatch(ReplayedRun::closes);
    }

    @Test
    void each_run_is_drawn_anew_and_the_seed_says_how() {
        List<ReplayedRun> runs = draw(0, Severity.NONE, 1);

        assertThat(runs.stream().filter(run -> !run.alarms().isEmpty()).distinct())
                .hasSizeGreaterThan(1);
        assertThat(draw(0, Severity.NONE, 1)).isEqualTo(runs);
        assertThat(draw(0, Severity.NONE, 2)).isNotEqualTo(runs);
    }

    @Test
    void tells_how_many_there_are() {
        List<Integer> heard = new ArrayList<>();

        ReplayedRun.draw(ACTORS, thresholds(0), closingAt(Severity.NONE), 15, 1, 3, heard::add);

        assertThat(heard).containsExactly(1, 2, 3);
    }

    @Test
    void a_run_does_not_change_with_the_map_it_was_made_from() {
        Map<Integer, Double> alarms = new HashMap<>(Map.of(0, 0.1));
        ReplayedRun run = new ReplayedRun(alarms, true);

        alarms.clear();

        assertThat(run.alarms()).containsExactly(Map.entry(0, 0.1));
    }
}
