package dev.plumbline.report;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.report.evidence.Quantity;

/** The parts of a sentence about a step. */
public final class StepWords {
    private StepWords() {}

    /**
     * A sentence about steps that no check has judged.
     *
     * @param count how many series have one
     * @param largest the series with the largest
     * @param since its first run on the new level
     * @param isReference whether the run is judged against the new level; else against the one before
     */
    static String unjudged(int count, SeriesKey largest, Step step, RunInfo since, boolean isReference) {
        String name = Words.label(largest) + " " + largest.metric();
        String change = Quantity.change(step.relativeChange()) + " (" + Words.bound(step.low()) + " to "
                + Words.bound(step.high()) + ") since " + RunWords.revision(since) + " of "
                + RunWords.time(since.time());
        return (count == 1
                        ? name + " got worse, " + change
                        : count + " series got worse, most of all " + name + ", " + change)
                + ", detected in unchecked runs; this run is compared with the "
                + (isReference ? "new" : "earlier") + " level. See plumb incidents";
    }
}
