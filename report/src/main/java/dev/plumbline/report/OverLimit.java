package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.report.evidence.CauseFacts;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The findings for which a fixed limit or a budget fails the gate although the judge does not report them: no table
 * would have a row for them by their size.
 */
public final class OverLimit {
    private final Map<String, GateReason> reasons;

    public OverLimit(Report report) {
        reasons = report.gate().deciding().stream()
                .filter(reason ->
                        reason.kind() == GateReason.Kind.REGRESSION || reason.kind() == GateReason.Kind.BUDGET)
                .collect(Collectors.toMap(GateReason::series, reason -> reason, (first, other) -> first));
        if (!reasons.isEmpty()) {
            // mostly none is left, and no finding needs to be asked for its id
            report.findings().stream()
                    .filter(OverLimit::isCalled)
                    .forEach(finding -> reasons.remove(finding.key().id()));
        }
    }

    private static boolean isCalled(Finding finding) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED;
    }

    private Optional<GateReason> reason(Finding finding) {
        return reasons.isEmpty() || isCalled(finding)
                ? Optional.empty()
                : Optional.ofNullable(reasons.get(finding.key().id()));
    }

    public boolean contains(Finding finding) {
        return reason(finding).isPresent();
    }

    /** The kind of limit that is exceeded, in place of a verdict. */
    public Optional<String> verdict(Finding finding) {
        return reason(finding).map(reason -> reason.kind() == GateReason.Kind.BUDGET ? "over budget" : "over limit");
    }

    /** The change that the limit was held against, from the mean of the earlier runs; empty for a budget. */
    public OptionalDouble change(Finding finding) {
        return reason(finding)
                .map(reason -> CauseFacts.of(reason.cause()).change())
                .orElseGet(OptionalDouble::empty);
    }
}
