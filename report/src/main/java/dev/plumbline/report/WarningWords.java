package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.stats.Flag;
import java.util.List;

/** The doubts of a finding in sentences. */
final class WarningWords {
    static final ByKind<Warning, String> WORDS = new ByKind<Warning, String>()
            .with(HistoryEvidence.Cumulative.class, HistoryWords::cumulativeWords)
            .with(
                    PairEvidence.Copies.class,
                    copies -> "two copies of the base differ by " + Percent.signed(copies.difference(), 1)
                            + ": this measurement finds differences between equal things")
            .with(Warning.Flagged.class, warning -> words(warning.flag()))
            .with(
                    Warning.SummariesOnly.class,
                    warning -> "only summaries are known, not the values behind them: what differs from process to"
                            + " process cannot be seen")
            .with(
                    Warning.StatedPercentiles.class,
                    warning -> "percentiles as the tool states them: how many executions lie beyond is not told")
            .with(Warning.BrokenPromise.class, warning -> Words.broken(warning.promise()))
            .with(Warning.OnOpenLevel.class, WarningWords::onOpenLevel)
            .with(Warning.Outvoted.class, WarningWords::outvoted)
            .with(Warning.OfSeries.class, warning -> SeriesWords.WORDS.of(warning.warning()))
            .with(Warning.Said.class, Warning.Said::text);

    private WarningWords() {}

    /** All of them, in their order. */
    static List<String> of(Finding finding) {
        return finding.warnings().stream().map(WORDS::of).toList();
    }

    private static String onOpenLevel(Warning.OnOpenLevel warning) {
        return "new on top of what is " + Words.alreadyOpen(warning.open()) + ", " + Percent.change(warning.change())
                + " there: the change is told from that level";
    }

    private static String outvoted(Warning.Outvoted warning) {
        return warning.leftOut() + " of " + warning.runs() + " runs of "
                + (warning.commit().isEmpty() ? "one commit" : "commit " + warning.commit())
                + (warning.leftOut() == 1 ? " lies " : " lie ")
                + (Double.isInfinite(warning.apart()) ? "far" : Percent.of(Math.abs(warning.apart())))
                + " from the others and " + (warning.leftOut() == 1 ? "is" : "are")
                + " left out: most of them decide";
    }

    private static String words(Flag flag) {
        return switch (flag) {
            case NOISE_CHANGED -> "the two sides scatter very differently";
            case SHAPE -> "the forks are far from normal: a permutation of forks does not confirm the t test";
            case FEW_FORKS -> "fewer than three processes on a side: their scatter is hardly known";
            case WITHIN_FORK_ONLY ->
                "a single process on each side: the interval is from inside it, and what differs from process to"
                        + " process is not in it";
            case BORROWED_ONLY -> "a single process on each side: the scatter is that of the rest of the suite";
            case WILD_FORKS -> "a few forks are far out: compared by ranks";
            case NOT_LOGARITHMIC -> "zero or negative values: compared relative to the base's mean";
            case NO_RATIO -> "the base is zero: there is a difference but no ratio";
            case DETERMINISTIC -> "nothing scatters, on either side: any difference is real";
            case NO_VARIANCE -> "nothing is known of the scatter: no difference can be judged";
        };
    }
}
