package dev.plumbline.core.calibrate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.judge.trial.Detectable;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The minimum detectable change of one series, with the current noise of the series and its suite.
 *
 * @param policy what the series is judged with, its floor counted into the margin
 * @param runs how many runs its history has, without those judged bad
 * @param noise the run-to-run standard deviation relative to the level; 0 for a series that never moved
 * @param suiteSize how many series are judged together
 * @param detectable the smallest relative change that one new run finds with 99 % probability; empty when no size is
 *     known to be
 * @param needed for some sizes how many runs of one revision find them
 * @param replay what became of injected regressions; empty where none were injected
 */
public record Sensitivity(
        SeriesKey key,
        Unit unit,
        Policy policy,
        int runs,
        double noise,
        int suiteSize,
        OptionalDouble detectable,
        List<Needed> needed,
        Optional<Replayed> replay) {
    public Sensitivity {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
        requireNonNull(policy, "policy");
        requireNonNull(detectable, "detectable");
        needed = List.copyOf(needed);
        requireNonNull(replay, "replay");
    }

    /**
     * @param size relative: 0.05 is 5 %
     * @param runs of one revision with which it is found with 99 % probability; empty when twenty are not enough
     */
    public record Needed(double size, OptionalInt runs) {}

    /**
     * The results of injected changes.
     *
     * @param falseAlarms healthy runs of the series with a reported regression
     * @param suspected healthy runs that asked for another one
     * @param detections what was found of each injected size, smallest first
     * @param atDetectable of regressions as large as the smallest detectable one, those that the next run after the
     *     history as it is found; empty where no size is known to be found, and at a level of zero
     * @param found99 the smallest relative change, of at most 100 %, that the first run found in 99 of 100 replayed
     *     histories; empty where it missed even the largest in more
     */
    public record Replayed(
            Proportion falseAlarms,
            Proportion suspected,
            List<Calibration.Detection> detections,
            Optional<Proportion> atDetectable,
            OptionalDouble found99) {
        public Replayed {
            detections = List.copyOf(detections);
            requireNonNull(found99, "found99");
        }
    }

    /** The minimum detectable change of the next run, and the number of runs that would detect a major change. */
    public HistoryEvidence.Sensitivity ofNextRun() {
        double asked = policy.severities().major();
        return new HistoryEvidence.Sensitivity(
                detectable, 1, asked, runsFor(asked), Detectable.MOST_RUNS, policy.margin());
    }

    /** The number of runs of one revision that detect a change of a size; empty when too many, or not asked for. */
    public OptionalInt runsFor(double size) {
        return needed.stream()
                .filter(one -> one.size() == size)
                .map(Needed::runs)
                .findFirst()
                .orElse(OptionalInt.empty());
    }
}
