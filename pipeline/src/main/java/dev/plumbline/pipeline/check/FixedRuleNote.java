package dev.plumbline.pipeline.check;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.report.GateWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The note on a fixed limit of the gate: its alarms on the history so far. */
final class FixedRuleNote {
    private FixedRuleNote() {}

    /** The result of the fixed rule on the history of the judged series; empty where there is none. */
    static Optional<String> words(GatePolicy gatePolicy, Policies policies, Judgement judgement) {
        double least = leastBlocked(gatePolicy, policies);
        return gatePolicy
                .fixed()
                .map(rule -> GateWords.ofFixed(
                        rule,
                        rule.replay(
                                primary(
                                        gatePolicy,
                                        judgement.trials().stream()
                                                .map(Trial::history)
                                                .toList()),
                                least),
                        least,
                        policies.general().suiteErrorRate()));
    }

    /** The series that can fail the gate, by the roles of their metrics. */
    private static List<Series> primary(GatePolicy gatePolicy, List<Series> all) {
        Map<SeriesKey, Roles.Decision> roles =
                gatePolicy.roles().among(all.stream().map(Series::key).toList());
        return all.stream()
                .filter(series -> roles.get(series.key()).role() == Role.PRIMARY)
                .toList();
    }

    /** The smallest regression for which the judge would fail the gate. */
    private static double leastBlocked(GatePolicy gatePolicy, Policies policies) {
        Severities severities = policies.general().severities();
        return switch (gatePolicy.blockAt()) {
            case NONE -> policies.general().margin();
            case MINOR -> severities.minor();
            case MAJOR -> severities.major();
            case CRITICAL -> severities.critical();
        };
    }
}
