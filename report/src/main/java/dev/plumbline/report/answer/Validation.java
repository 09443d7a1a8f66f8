package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * One claim, with its measurement.
 *
 * @param what is promised, in words
 * @param required the limit, in words
 * @param measured in words
 * @param outcome whether it holds
 */
public record Validation(String what, String required, String measured, Outcome outcome) {
    private static final double CONFIDENCE = 0.95;

    /** The most trials whose duration is acceptable. */
    private static final int MOST_TRIALS = 100_000;

    /** The outcome of measuring a claim. */
    public enum Outcome {
        /** It holds. */
        PASSED("pass", Ansi.GREEN),
        /** The measurements keep it, but are too few to be certain. */
        NOT_SHOWN("open", Ansi.YELLOW),
        /** It does not hold. */
        FAILED("FAIL", Ansi.BOLD_RED);

        private final String word;
        private final Ansi look;

        Outcome(String word, Ansi look) {
            this.word = word;
            this.look = look;
        }

        private static Outcome of(boolean holds) {
            return holds ? PASSED : FAILED;
        }
    }

    public Validation {
        requireNonNull(what, "what");
        requireNonNull(required, "required");
        requireNonNull(measured, "measured");
        requireNonNull(outcome, "outcome");
    }

    /**
     * A share that has to be at most {@code limit}, and its whole interval with it: else it is not shown. Where nothing
     * was tried, nothing was shown.
     */
    public static Validation share(String what, Proportion share, double limit) {
        Interval interval = share.interval(CONFIDENCE);
        boolean holds = share.share() <= limit;
        boolean isShown = interval.high() <= limit;
        String measured = share.count() == 0
                ? "no trials"
                : Percent.of(share.share()) + " of " + Quantity.plain(share.count(), Quantity.DIGITS) + " ("
                        + Percent.of(interval.low()) + " to " + Percent.of(interval.high()) + ")"
                        + (holds && !isShown ? ": not shown" + needed(share, limit) : "");
        return new Validation(
                what,
                "\u2264 " + Percent.of(limit),
                measured,
                holds && !isShown ? Outcome.NOT_SHOWN : Outcome.of(holds));
    }

    /** With how many trials the same share would be shown. */
    private static String needed(Proportion share, double limit) {
        int trials = share.count();
        while (trials < MOST_TRIALS && !isShown(share.share(), trials, limit)) {
            trials += Math.max(1, trials / 100);
        }
        return isShown(share.share(), trials, limit)
                ? ", " + Quantity.plain(trials, Quantity.DIGITS) + " would suffice"
                : ", it is too close to the limit";
    }

    private static boolean isShown(double share, int trials, double limit) {
        int hits = (int) Math.min(trials, Math.ceil(share * trials - 1e-9));
        return new Proportion(hits, trials).interval(CONFIDENCE).high() <= limit;
    }

    /** A time that has to be less than {@code limit}, in seconds. */
    public static Validation seconds(String what, double seconds, double limit) {
        return new Validation(
                what,
                "< " + Quantity.plain(limit, 2) + " s",
                Quantity.plain(seconds, 2) + " s",
                Outcome.of(seconds < limit));
    }

    /** The severity that a change of a metric without noise has to get. */
    public static Validation severity(double change, Severity required, Severity found) {
        return new Validation(
                "severity of a change of " + Percent.of(change),
                name(required),
                name(found),
                Outcome.of(required == found));
    }

    /**
     * The expected findings of a benchmark: a change of a known direction, or, where that is {@code UNCHANGED}, none.
     *
     * @param findings of the benchmark, one for each metric
     */
    public static Validation planted(String what, Verdict.Kind required, List<Finding> findings) {
        boolean same = required == Verdict.Kind.UNCHANGED;
        List<String> called = findings.stream()
                .filter(finding -> same ? isCalled(finding) : finding.verdict().kind() == required)
                .map(Validation::call)
                .toList();
        return new Validation(
                what,
                same ? "no change called" : required == Verdict.Kind.REGRESSED ? "a regression" : "an improvement",
                findings.isEmpty()
                        ? "not measured"
                        : called.isEmpty() ? (same ? "none" : "not found") : String.join(", ", called),
                Outcome.of(!findings.isEmpty() && called.isEmpty() == same));
    }

    private static boolean isCalled(Finding finding) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED
                || finding.verdict().kind() == Verdict.Kind.IMPROVED
                || finding.isSuspect();
    }

    private static String call(Finding finding) {
        return finding.key().metric()
                + finding.verdict()
                        .effect()
                        .map(effect -> " " + Quantity.change(effect.relativeChange()))
                        .orElse("");
    }

    private static String name(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** A table whose last line counts the confirmed claims; every line ends in a line feed. */
    public static String text(List<Validation> all, TextStyle style) {
        Table table = new Table(
                style,
                List.of(
                        Column.whole("", false, 0),
                        new Column("promise", false, 0, 56, 20),
                        Column.whole("required", false, 0),
                        Column.whole("measured", false, 0)));
        for (Validation one : all) {
            table.add(List.of(
                    new Cell(style.safe(one.outcome.word), one.outcome.look),
                    Cell.of(style.safe(one.what)),
                    Cell.of(style.safe(one.required)),
                    Cell.of(style.safe(one.measured))));
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        long passed = all.stream().filter(one -> one.outcome == Outcome.PASSED).count();
        long open = all.stream().filter(one -> one.outcome == Outcome.NOT_SHOWN).count();
        return out + "\n" + passed + " of " + all.size() + " hold"
                + (open == 0 ? "" : ", " + open + (open == 1 ? " is" : " are") + " not shown with few trials")
                + "\n";
    }
}
