package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.Proportion;
import dev.plumbline.report.Table.Cell;
import dev.plumbline.report.Table.Column;
import java.util.List;
import java.util.Locale;

/**
 * One promise, and what was measured of it.
 *
 * @param what is promised, in words
 * @param required the limit, in words
 * @param measured in words
 * @param passed whether it holds
 */
public record Validation(String what, String required, String measured, boolean passed) {
    private static final double CONFIDENCE = 0.95;

    public Validation {
        requireNonNull(what, "what");
        requireNonNull(required, "required");
        requireNonNull(measured, "measured");
    }

    /** A share that has to be at most {@code limit}; where nothing was tried, nothing was shown. */
    public static Validation share(String what, Proportion share, double limit) {
        Interval interval = share.interval(CONFIDENCE);
        String measured = share.count() == 0
                ? "nothing tried"
                : Quantity.percent(share.share()) + " of " + Quantity.plain(share.count(), Quantity.DIGITS) + " ("
                        + Quantity.percent(interval.low()) + " to " + Quantity.percent(interval.high()) + ")";
        return new Validation(what, "\u2264 " + Quantity.percent(limit), measured, share.share() <= limit);
    }

    /** A time that has to be less than {@code limit}, in seconds. */
    public static Validation seconds(String what, double seconds, double limit) {
        return new Validation(
                what, "< " + Quantity.plain(limit, 2) + " s", Quantity.plain(seconds, 2) + " s", seconds < limit);
    }

    /** The severity that a change of a metric without noise has to get. */
    public static Validation severity(double change, Severity required, Severity found) {
        return new Validation(
                "severity of a change of " + Quantity.percent(change), name(required), name(found), required == found);
    }

    /**
     * What has to be found of a benchmark: a change of a known direction, or, where that is {@code UNCHANGED}, none.
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
                !findings.isEmpty() && called.isEmpty() == same);
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

    /** A table with a last line that says how many hold; every line ends in a line feed. */
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
                    new Cell(style.safe(one.passed ? "pass" : "FAIL"), one.passed ? Ansi.GREEN : Ansi.BOLD_RED),
                    Cell.of(style.safe(one.what)),
                    Cell.of(style.safe(one.required)),
                    Cell.of(style.safe(one.measured))));
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        long passed = all.stream().filter(Validation::passed).count();
        return out + "\n" + passed + " of " + all.size() + " hold\n";
    }
}
