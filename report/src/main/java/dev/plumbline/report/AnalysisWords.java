package dev.plumbline.report;

import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.report.evidence.ByKind;
import dev.plumbline.report.evidence.Quantity;
import java.util.List;

/** What a reader should know of the changes that were found in a series, in sentences. */
public final class AnalysisWords {
    public static final ByKind<AnalysisWarning, String> WORDS = new ByKind<AnalysisWarning, String>()
            .with(
                    AnalysisWarning.TooFewToShow.class,
                    warning -> "fewer than ten values: no change detected, but most changes could not be detected")
            .with(AnalysisWarning.Early.class, warning -> Words.early(warning.loss()))
            .with(AnalysisWarning.TooGood.class, AnalysisWords::tooGood)
            .with(AnalysisWarning.TooFewToTrust.class, warning -> "fewer than ten values: this result is not reliable")
            .with(
                    AnalysisWarning.Missing.class,
                    warning -> warning.places() + " of " + warning.of() + " positions have no value")
            .with(
                    AnalysisWarning.NotPositive.class,
                    warning -> "zero or negative values: judged by differences instead of ratios")
            .with(AnalysisWarning.FromZero.class, warning -> "a change from zero has no relative size")
            .with(
                    AnalysisWarning.WithoutSwing.class,
                    warning -> "the seasonal variation was removed before looking for changes");

    private AnalysisWords() {}

    private static String tooGood(AnalysisWarning.TooGood warning) {
        return tooGoodWithLevels(warning)
                + ": usually the benchmark does no work then (unused result, error, empty input). Fix it; if it is real,"
                + " plumb accept " + warning.findingId() + " --reason WHY";
    }

    /** {@code too good to be true: -98.0 % with commit 5f6a7b8c, 99.9 → 2.00 ms}. */
    static String tooGoodWithLevels(AnalysisWarning.TooGood warning) {
        Quantity.Pair levels =
                Quantity.pair(warning.change().before(), warning.change().after(), warning.unit(), Double.NaN);
        return "too good to be true: " + Quantity.change(warning.change().relativeChange())
                + (warning.since().isEmpty() ? "" : " with commit " + warning.since()) + ", " + levels.before() + " → "
                + levels.after();
    }

    /** All of them, in their order. */
    public static List<String> of(SeriesAnalysis analysis) {
        return analysis.warnings().stream().map(WORDS::of).toList();
    }
}
