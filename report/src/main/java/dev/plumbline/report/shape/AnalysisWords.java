package dev.plumbline.report.shape;

import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.evidence.ByKind;
import dev.plumbline.report.evidence.Quantity;
import java.util.List;

/** The warnings about the changes that were found in a series, in sentences. */
public final class AnalysisWords {
    public static final ByKind<AnalysisWarning, String> WORDS = new ByKind<AnalysisWarning, String>()
            .with(
                    AnalysisWarning.TooFewToShow.class,
                    warning -> "fewer than ten values: too few to detect most changes")
            .with(AnalysisWarning.Early.class, warning -> TriageWords.early(warning.loss()))
            .with(AnalysisWarning.TooGood.class, AnalysisWords::tooGood)
            .with(AnalysisWarning.Improved.class, warning -> improved(warning, ""))
            .with(AnalysisWarning.Possible.class, warning -> possible(warning, ""))
            .with(AnalysisWarning.Unmeasured.class, AnalysisWords::unmeasured)
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

    private static final int DAY = 10;

    private AnalysisWords() {}

    private static String tooGood(AnalysisWarning.TooGood warning) {
        return tooGoodWithLevels(warning)
                + ": usually the benchmark does no work then (unused result, error, empty input). Fix it; if it is real,"
                + " plumb accept " + warning.findingId() + " --reason WHY";
    }

    /** {@code too good to be true: -98.0 % with commit 5f6a7b8c, 99.9 → 2.00 ms}. */
    static String tooGoodWithLevels(AnalysisWarning.TooGood warning) {
        return tooGoodWithLevels(warning, "");
    }

    /** @param by the author of its commit behind a space; may be empty */
    static String tooGoodWithLevels(AnalysisWarning.TooGood warning, String by) {
        Quantity.Pair levels =
                Quantity.pair(warning.change().before(), warning.change().after(), warning.unit(), Double.NaN);
        return "too good to be true: " + Quantity.change(warning.change().relativeChange())
                + (warning.since().isEmpty() ? "" : " with commit " + warning.since() + by) + ", " + levels.before()
                + " → "
                + levels.after();
    }

    /** {@code improvement -29.6 % since commit 5f6a7b8c9d, detected by a check: now 62.2 ns, before 88.3 ns}. */
    static String improved(AnalysisWarning.Improved warning, String since) {
        Quantity.Pair levels =
                Quantity.pair(warning.change().before(), warning.change().after(), warning.unit(), Double.NaN);
        return "improvement " + Quantity.change(warning.change().relativeChange()) + since
                + ", detected by a check: now "
                + levels.after() + ", before " + levels.alone();
    }

    /** {@code possible regression +6.3 % since commit 5f6a7b8c9d, not confirmed: now 62.2 ns, before 58.5 ns}. */
    static String possible(AnalysisWarning.Possible warning, String since) {
        Quantity.Pair levels =
                Quantity.pair(warning.change().before(), warning.change().after(), warning.unit(), Double.NaN);
        return "possible regression " + Quantity.change(warning.change().relativeChange()) + since
                + ", not confirmed: now " + levels.after() + ", before " + levels.alone();
    }

    private static String unmeasured(AnalysisWarning.Unmeasured warning) {
        return unmeasuredSince(warning)
                + warning.missing().map(AnalysisWords::next).orElse("")
                + warning.environment()
                        .map(key -> ": these runs are not comparable with those; if the difference does not matter,"
                                + " give both environments one name with --environment")
                        .orElse("");
    }

    private static String next(AnalysisWarning.Lacking missing) {
        return missing.renamed()
                .map(now ->
                        ": it looks renamed to " + now.to().label() + MissingWords.moved(now) + "; join the names with "
                                + MissingWords.rename(now) + ", or, if it was removed on purpose, plumb accept "
                                + missing.acceptId() + " --reason WHY")
                .orElseGet(() -> ": run it again, or, if it was removed on purpose, plumb accept " + missing.acceptId()
                        + " --reason WHY");
    }

    /** {@code not measured in the newest 3 runs, since commit 5f6a7b8c9d on main (2026-11-24)}. */
    static String unmeasuredSince(AnalysisWarning.Unmeasured warning) {
        String since = RunWords.revision(warning.since()) + " ("
                + RunWords.time(warning.since().time()).substring(0, DAY) + ")";
        return warning.environment()
                .map(key -> "measured in environment " + key + " since " + since)
                .orElseGet(() -> warning.runs() == 1
                        ? "not measured in the newest run, " + since
                        : "not measured in the newest " + warning.runs() + " runs, since " + since);
    }

    /** All of them, in their order; the headline has what a check found and the history does not confirm. */
    public static List<String> of(SeriesAnalysis analysis) {
        return analysis.warnings().stream()
                .filter(warning -> !(warning instanceof AnalysisWarning.Improved)
                        && !(warning instanceof AnalysisWarning.Possible))
                .map(WORDS::of)
                .toList();
    }
}
