package dev.plumbline.report;

import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.SeriesAnalysis;
import java.util.List;

/** What a reader should know of the changes that were found in a series, in sentences. */
final class AnalysisWords {
    static final ByKind<AnalysisWarning, String> WORDS = new ByKind<AnalysisWarning, String>()
            .with(
                    AnalysisWarning.TooFewToShow.class,
                    warning -> "fewer than ten values: they show no change, and are too few to show most")
            .with(
                    AnalysisWarning.TooFewToTrust.class,
                    warning -> "fewer than ten values: what is found or not found means little")
            .with(
                    AnalysisWarning.Missing.class,
                    warning -> warning.places() + " of " + warning.of() + " places have no value")
            .with(
                    AnalysisWarning.NotPositive.class,
                    warning -> "there are zero or negative values: differences are judged instead of ratios")
            .with(AnalysisWarning.FromZero.class, warning -> "a change from a level of zero has no size in per cent")
            .with(
                    AnalysisWarning.WithoutSwing.class,
                    warning -> "changes are looked for without the swing with the clock");

    private AnalysisWords() {}

    /** All of them, in their order. */
    static List<String> of(SeriesAnalysis analysis) {
        return analysis.warnings().stream().map(WORDS::of).toList();
    }
}
