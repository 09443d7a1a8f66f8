package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.report.evidence.ByKind;
import dev.plumbline.report.evidence.HistoryWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.RunValues;
import java.util.List;

/** The doubts of a finding in sentences. */
public final class WarningWords {
    public static final ByKind<Warning, String> WORDS = new ByKind<Warning, String>()
            .with(HistoryEvidence.Cumulative.class, HistoryWords::cumulativeWords)
            .with(
                    PairEvidence.Copies.class,
                    copies -> "two copies of the base differ by " + Percent.signed(copies.difference(), 1)
                            + ": this measurement shows differences where there are none")
            .with(Warning.Flagged.class, warning -> words(warning.flag()))
            .with(
                    Warning.SummariesOnly.class,
                    warning -> "only summaries are available: differences between processes are unknown")
            .with(
                    Warning.StatedPercentiles.class,
                    warning ->
                            "percentiles as reported by the tool; the number of executions beyond them is" + " unknown")
            .with(Warning.BrokenPromise.class, warning -> TriageWords.broken(warning.promise()))
            .with(Warning.OnOpenLevel.class, WarningWords::onOpenLevel)
            .with(Warning.BeyondAccepted.class, WarningWords::beyondAccepted)
            .with(Warning.Outvoted.class, WarningWords::outvoted)
            .with(Warning.RunsApart.class, WarningWords::runsApart)
            .with(Warning.OfSeries.class, warning -> SeriesWords.WORDS.of(warning.warning()))
            .with(Warning.Text.class, Warning.Text::text);

    private WarningWords() {}

    /** All of them, in their order. */
    public static List<String> of(Finding finding) {
        return finding.warnings().stream().map(WORDS::of).toList();
    }

    private static String onOpenLevel(Warning.OnOpenLevel warning) {
        return "new, in addition to the change " + TriageWords.alreadyOpen(warning.open()) + ", "
                + Percent.change(warning.change()) + " there: the change is measured from that level";
    }

    /** {@code larger than accepted: +20 % accepted, +70 % measured}. */
    public static String beyondAccepted(Warning.BeyondAccepted warning) {
        return "larger than accepted: " + Percent.change(warning.accepted()) + " accepted, "
                + Percent.change(warning.measured()) + " measured";
    }

    private static String outvoted(Warning.Outvoted warning) {
        return warning.leftOut() + " of " + warning.runs() + " runs of "
                + (warning.commit().isEmpty() ? "one commit" : "commit " + warning.commit())
                + (warning.leftOut() == 1 ? " lies " : " lie ")
                + (Double.isInfinite(warning.apart()) ? "far" : Percent.of(Math.abs(warning.apart())))
                + " from the others and " + (warning.leftOut() == 1 ? "is" : "are")
                + " left out: the majority decides";
    }

    private static String runsApart(Warning.RunsApart warning) {
        return "runs of this commit lie far apart: " + RunValues.of(warning.values(), warning.unit())
                + "; a value between them was not measured";
    }

    private static String words(Flag flag) {
        return switch (flag) {
            case NOISE_CHANGED -> "the noise of the two sides is very different";
            case SHAPE -> "the forks are far from normal: a permutation of forks does not confirm the t test";
            case FEW_FORKS -> "fewer than three processes on a side: their noise is poorly known";
            case WITHIN_FORK_ONLY ->
                "a single process on each side: the interval does not include differences between processes";
            case BORROWED_ONLY ->
                "a single process on each side: the noise is estimated from the rest of the" + " suite";
            case WILD_FORKS -> "a few forks are outliers: compared by ranks";
            case NOT_LOGARITHMIC -> "zero or negative values: compared relative to the base's mean";
            case NO_RATIO -> "the base is zero: there is a difference but no ratio";
            case DETERMINISTIC -> "no noise on either side: any difference is real";
            case NO_VARIANCE -> "the noise is unknown: no difference can be judged";
        };
    }
}
