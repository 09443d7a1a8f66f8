package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Unit;

/** What a reader should know of the changes that were found in a series. */
public sealed interface AnalysisWarning {
    /** Fewer than ten values, in which the judge's method found no change. */
    record TooFewToShow() implements AnalysisWarning {}

    /** A young series may have got worse behind its first runs, and these are too few to be sure. */
    record Early(EarlyLoss loss) implements AnalysisWarning {}

    /**
     * The newest run is so much better that a gate stops it until somebody accepts it.
     *
     * @param change from the level before
     * @param since the commit with which it began, shortened
     * @param findingId what {@code plumb accept} takes for it
     */
    record TooGood(Unit unit, Effect change, String since, String findingId) implements AnalysisWarning {}

    /** Fewer than ten values, of which another method's answer means little. */
    record TooFewToTrust() implements AnalysisWarning {}

    /** Places without a finite value. */
    record Missing(long places, int of) implements AnalysisWarning {}

    /** Zero or negative values: differences are judged instead of ratios. */
    record NotPositive() implements AnalysisWarning {}

    /** A change from a level of zero, whose relative size is infinite. */
    record FromZero() implements AnalysisWarning {}

    /** Changes are looked for without the swing with the clock. */
    record WithoutSwing() implements AnalysisWarning {}
}
