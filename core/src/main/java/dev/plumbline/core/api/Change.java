package dev.plumbline.core.api;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The result of a comparison or a judgement.
 *
 * @param outcome the conclusion
 * @param severity how bad a regression is; {@link Severity#NONE} for every other outcome
 * @param size the measured change; empty if there is nothing to compare with
 * @param pValue of the test that decided, corrected for all tests of the same call
 * @param detectableChange the minimum detectable change: the smallest relative change that this comparison detects with
 *     99 % probability
 * @param runsNeeded the number of further runs needed to decide; empty if it is decided, or the number is unknown
 */
public record Change(
        Outcome outcome,
        Severity severity,
        Optional<Size> size,
        OptionalDouble pValue,
        OptionalDouble detectableChange,
        OptionalInt runsNeeded) {
    /** Checks that nothing is null. */
    public Change {
        requireNonNull(outcome, "outcome");
        requireNonNull(severity, "severity");
        requireNonNull(size, "size");
        requireNonNull(pValue, "pValue");
        requireNonNull(detectableChange, "detectableChange");
        requireNonNull(runsNeeded, "runsNeeded");
    }

    static Change of(Finding finding) {
        return new Change(
                outcome(finding),
                Severity.valueOf(finding.severity().name()),
                finding.verdict().effect().map(Size::of),
                finding.pValue(),
                finding.detectableChange(),
                finding.verdict() instanceof Verdict.Inconclusive open ? open.runsNeeded() : OptionalInt.empty());
    }

    private static Outcome outcome(Finding finding) {
        return switch (finding.verdict().kind()) {
            case REGRESSED -> Outcome.REGRESSED;
            case IMPROVED -> Outcome.IMPROVED;
            case UNCHANGED -> Outcome.UNCHANGED;
            case INCONCLUSIVE, NOT_COMPARABLE -> finding.isSuspect() ? Outcome.SUSPECTED : Outcome.INCONCLUSIVE;
        };
    }
}
