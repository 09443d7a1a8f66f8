package dev.plumbline.core.calibrate;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * The result of checking a healthy run.
 *
 * @param alarms its false alarms: the place of the series, and the size
 * @param closes whether it fails the gate, or the next run does with it
 */
record ReplayedRun(Map<Integer, Double> alarms, boolean closes) {
    ReplayedRun {
        alarms = Map.copyOf(alarms);
    }

    /**
     * Runs of a suite in which nothing changed, each drawn with histories of its own.
     *
     * @param history values of each history at most
     * @param seed of all chance: the same one gives the same runs whatever they are judged with
     * @param progress receives their number
     */
    static List<ReplayedRun> draw(
            List<Actor> actors,
            Thresholds thresholds,
            GatePolicy policy,
            int history,
            long seed,
            int count,
            IntConsumer progress) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Actor> judged =
                actors.stream().map(actor -> actor.with(thresholds)).toList();
        Gate gate = new Gate(policy);
        List<ReplayedRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HealthyRun run = HealthyRun.of(judged, new Blocks(random.split(), history + 2), history, gate);
            runs.add(new ReplayedRun(alarms(run.findings()), run.closes()));
            progress.accept(i + 1);
        }
        return runs;
    }

    private static Map<Integer, Double> alarms(List<Finding> findings) {
        Map<Integer, Double> alarms = new HashMap<>();
        for (int i = 0; i < findings.size(); i++) {
            if (findings.get(i).verdict() instanceof Verdict.Regressed regressed) {
                alarms.put(i, Math.abs(regressed.change().relativeChange()));
            }
        }
        return alarms;
    }
}
