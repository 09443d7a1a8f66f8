package dev.plumbline.core.calibrate;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.SeriesTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A drawn run of a suite in which nothing has changed.
 *
 * @param findings one for each series
 * @param closes whether it fails the gate, or the next run does because it confirms a series with the weight confirmed
 */
record HealthyRun(List<Finding> findings, boolean closes) {
    /** @param history values of each history at most */
    static HealthyRun of(List<Actor> actors, Blocks blocks, int history, Gate gate) {
        List<ReplayCourse> courses = actors.stream()
                .map(actor -> actor.course(actor.healthy(blocks, history, 2), 2))
                .toList();
        List<Finding> findings =
                Judge.judgeTrials(courses.stream().map(ReplayCourse::next).toList());
        return new HealthyRun(findings, closes(gate, findings) || isConfirmed(courses, findings, gate));
    }

    /**
     * Whether findings fail the gate; an empty list does not, although the gate itself closes when nothing was
     * measured.
     */
    static boolean closes(Gate gate, List<Finding> findings) {
        return !findings.isEmpty() && gate.decide(findings, List.of()).state() == GateDecision.State.CLOSED;
    }

    private static boolean isConfirmed(List<ReplayCourse> courses, List<Finding> findings, Gate gate) {
        Set<Integer> waiting = IntStream.range(0, findings.size())
                .filter(place -> gate.waits(findings.get(place)))
                .boxed()
                .collect(Collectors.toSet());
        if (waiting.isEmpty()) {
            return false;
        }
        List<SeriesTrial> trials = new ArrayList<>();
        for (int i = 0; i < courses.size(); i++) {
            boolean called = findings.get(i).verdict() instanceof Verdict.Regressed;
            trials.add(
                    called ? courses.get(i).afterRegression() : courses.get(i).next());
        }
        List<Finding> next = Judge.judgeTrials(trials);
        return closes(
                gate,
                waiting.stream()
                        .map(next::get)
                        .filter(finding -> finding.verdict() instanceof Verdict.Regressed)
                        .toList());
    }
}
