package dev.plumbline.report.text;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.OverLimit;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.TextStyle;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The words of a finding's row in text, safe to show: the same on the first screen and in the whole report. */
final class RowWords {
    private final OverLimit limits;
    private final Set<String> tooGood;
    private final Set<String> muted;
    private final Predicate<Finding> withinNoise;
    private final TextStyle style;

    RowWords(Report report, TextStyle style) {
        this.limits = new OverLimit(report);
        this.tooGood = Headline.tooGood(report);
        this.muted = GateWords.muted(report);
        this.withinNoise = DoubtWords.withinNoise(report);
        this.style = style;
    }

    /** Whether a fixed limit or a budget fails what the judge does not call. */
    boolean isOverLimit(Finding finding) {
        return limits.contains(finding);
    }

    /** A sign and a word: {@code ✗ critical}. */
    String verdict(Finding finding) {
        return style.safe(mark(finding) + " " + limits.verdict(finding).orElseGet(() -> word(finding))
                + (has(muted, finding) ? ", muted" : ""));
    }

    /** The sign alone: {@code ✗}. */
    String sign(Finding finding) {
        return style.safe(mark(finding));
    }

    private String word(Finding finding) {
        return isTooGood(finding) ? "too good" : DoubtWords.verdict(finding, withinNoise);
    }

    private boolean isTooGood(Finding finding) {
        return has(tooGood, finding);
    }

    /** Mostly the set is empty, and no finding needs to be asked for its id, which is a digest. */
    private static boolean has(Set<String> series, Finding finding) {
        return !series.isEmpty() && series.contains(finding.key().id());
    }

    private String mark(Finding finding) {
        if (isTooGood(finding)) {
            return "!";
        }
        if (limits.contains(finding)) {
            return style.unicode() ? "✗" : "X";
        }
        return switch (Group.of(finding)) {
            case REGRESSED -> style.unicode() ? "✗" : "X";
            case KNOWN -> style.unicode() ? "·" : "-";
            case SUSPECT, INCONCLUSIVE -> "?";
            case NOT_COMPARABLE, MISSING -> style.unicode() ? "≠" : "!";
            case IMPROVED -> style.unicode() ? "✓" : "+";
            case UNCHANGED -> "=";
        };
    }

    Ansi look(Finding finding) {
        if (limits.contains(finding)) {
            return Ansi.BOLD_RED;
        }
        if (isTooGood(finding)) {
            return Ansi.BOLD_YELLOW;
        }
        return switch (Group.of(finding)) {
            case REGRESSED -> finding.severity().isAtLeast(Severity.MAJOR) ? Ansi.BOLD_RED : Ansi.RED;
            case SUSPECT -> Ansi.BOLD_YELLOW;
            case INCONCLUSIVE, NOT_COMPARABLE, MISSING -> Ansi.YELLOW;
            case IMPROVED -> Ansi.GREEN;
            case UNCHANGED, KNOWN -> Ansi.PLAIN;
        };
    }

    /** The relative change; empty text where none was measured. */
    String change(Finding finding) {
        OptionalDouble byLimit = limits.change(finding);
        return style.safe(
                byLimit.isPresent()
                        ? Quantity.change(byLimit.getAsDouble())
                        : MeasuredChange.of(finding).map(MeasuredChange::change).orElse(""));
    }

    /** The interval of the change as {@code text} has it; what a limit is compared with, and runs apart, have none. */
    String interval(Finding finding, Function<Effect, String> text) {
        return style.safe(
                limits.change(finding).isPresent()
                        ? "from the mean"
                        : finding.runsApart().isPresent()
                                ? ""
                                : finding.verdict().effect().map(text).orElse(""));
    }
}
