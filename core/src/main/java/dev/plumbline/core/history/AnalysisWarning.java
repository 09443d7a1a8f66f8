package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Missing.Renamed;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Unit;
import java.util.Optional;

/** A warning about the changes that were found in a series. */
public sealed interface AnalysisWarning {
    /** Fewer than ten values, in which the judge's method found no change. */
    record TooFewToShow() implements AnalysisWarning {}

    /** A possible regression of a young series behind its first runs, which are too few to be certain. */
    record Early(EarlyLoss loss) implements AnalysisWarning {}

    /**
     * The newest run is so much better that a gate stops it until it is accepted.
     *
     * @param change from the level before
     * @param since the commit with which it began, shortened
     * @param findingId what {@code plumb accept} takes for it
     */
    record TooGood(Unit unit, Effect change, String since, String findingId) implements AnalysisWarning {}

    /**
     * A check of the newest run finds it better, and the history does not confirm that yet.
     *
     * @param change from the level before
     * @param index of the first point that is better
     */
    record Improved(Unit unit, Effect change, int index) implements AnalysisWarning {}

    /**
     * A check of the newest run finds a possible regression, and another run has to confirm it.
     *
     * @param change from the level before
     * @param index of the first point that is worse
     */
    record Possible(Unit unit, Effect change, int index) implements AnalysisWarning {}

    /**
     * The newest runs of its branch have not measured it, though they measured others of its suite.
     *
     * @param since the first of these runs
     * @param runs how many they are; 1 or more
     * @param environment in which they measured it, where they were the first in that; else empty
     * @param missing what fails or holds the gate for it; empty where a check of the newest run passes
     */
    record Unmeasured(RunInfo since, int runs, Optional<String> environment, Optional<Lacking> missing)
            implements AnalysisWarning {}

    /**
     * A series that a check misses.
     *
     * @param acceptId what {@code plumb accept} takes for it
     * @param renamed what it seems to be called now
     */
    record Lacking(String acceptId, Optional<Renamed> renamed) {}

    /** Fewer than ten values, too few for another method. */
    record TooFewToTrust() implements AnalysisWarning {}

    /** Places without a finite value. */
    record Missing(long places, int of) implements AnalysisWarning {}

    /** Zero or negative values: differences are judged instead of ratios. */
    record NotPositive() implements AnalysisWarning {}

    /** A change from a level of zero, whose relative size is infinite. */
    record FromZero() implements AnalysisWarning {}

    /** Changes are searched for without the seasonality. */
    record WithoutSwing() implements AnalysisWarning {}
}
