package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.model.RunInfo;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The point in a history from which losses are added up.
 *
 * @param label what it is: {@code v1.2 (2026-01-31)}
 * @param isReached whether a run belongs to what was before it, or is it
 * @param baseline the baselines that it is, in whose place the history before it stands otherwise
 */
public record Milestone(String label, Predicate<RunInfo> isReached, Optional<BaselineVersion> baseline) {
    public Milestone {
        requireNonNull(label, "label");
        requireNonNull(isReached, "isReached");
        requireNonNull(baseline, "baseline");
    }
}
