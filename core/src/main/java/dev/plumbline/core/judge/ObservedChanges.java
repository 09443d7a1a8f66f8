package dev.plumbline.core.judge;

import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The changes of findings, in the form in which they are annotated. */
final class ObservedChanges {
    private ObservedChanges() {}

    /** Suspects too: what people know of needs no second run. */
    static Optional<ObservedChange> worse(Finding finding) {
        boolean isWorse = finding.verdict() instanceof Verdict.Regressed || finding.isSuspect();
        return isWorse ? observed(finding) : Optional.empty();
    }

    static Optional<ObservedChange> better(Finding finding) {
        return finding.verdict() instanceof Verdict.Improved ? observed(finding) : Optional.empty();
    }

    private static Optional<ObservedChange> observed(Finding finding) {
        return finding.verdict()
                .effect()
                .map(Effect::relativeChange)
                .map(change -> new ObservedChange(
                        finding.key(),
                        finding.since(),
                        change,
                        finding.baseline().map(Baseline::deviation).orElse(0.0),
                        below(finding)));
    }

    /** The commits of what is open on the level that a finding came on. */
    private static Set<String> below(Finding finding) {
        return finding.warnings().stream()
                .filter(Warning.OnOpenLevel.class::isInstance)
                .map(warning -> ((Warning.OnOpenLevel) warning).open().commit())
                .filter(commit -> !commit.isEmpty())
                .collect(Collectors.toSet());
    }
}
