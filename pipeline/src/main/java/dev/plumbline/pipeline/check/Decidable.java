package dev.plumbline.pipeline.check;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.report.Report;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings of a check that are left for a person to decide. */
final class Decidable {
    private Decidable() {}

    /** The findings that can be accepted: those that fail the gate, then other regressions; the worst first. */
    static List<Finding> open(Judgement judgement, GateDecision decision) {
        Set<String> failed = decision.trace().stream()
                .filter(reason ->
                        reason.kind() == GateReason.Kind.REGRESSION && reason.effect() == GatePolicy.Effect.CLOSE)
                .map(GateReason::id)
                .collect(Collectors.toSet());
        // an id is a digest: it is made once for each finding, and not for each comparison of a whole suite's
        Map<Boolean, List<Finding>> byFailing = judgement.findings().stream()
                .collect(Collectors.partitioningBy(finding -> !failed.isEmpty() && failed.contains(finding.id())));
        Stream<Finding> others = byFailing.get(false).stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Regressed && !finding.isKnown());
        return Stream.concat(byFailing.get(true).stream().sorted(Report.WORST_FIRST), others.sorted(Report.WORST_FIRST))
                .toList();
    }

    /** The missing benchmarks that fail the gate. */
    static List<Missing> stopping(Judgement judgement, GateDecision decision) {
        Set<String> series = decision.trace().stream()
                .filter(reason -> reason.kind() == GateReason.Kind.MISSING && reason.effect() != GatePolicy.Effect.PASS)
                .map(GateReason::series)
                .collect(Collectors.toSet());
        return judgement.missing().stream()
                .filter(one -> series.contains(one.key().id()))
                .toList();
    }

    /** The number of regressions that fail the gate without a further run. */
    static int certain(GateDecision decision) {
        return (int) decision.deciding().stream()
                .filter(reason -> reason.kind() == GateReason.Kind.REGRESSION)
                .count();
    }
}
