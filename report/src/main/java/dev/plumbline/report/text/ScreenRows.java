package dev.plumbline.report.text;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.Report;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;

/** The rows of a screen: a benchmark that changed in each, with its levels and since when. */
final class ScreenRows {
    /** The longest name in a file or a pipe; a longer one is shortened on the screen, and whole with {@code -v}. */
    private static final int LONGEST_NAME = 100;

    private final Report report;
    private final TextStyle style;
    private final SharedNames shared;
    private final RowWords row;

    ScreenRows(Report report, TextStyle style, SharedNames shared, RowWords row) {
        this.report = report;
        this.style = style;
        this.shared = shared;
        this.row = row;
    }

    Table table(List<Finding> findings) {
        Table table = new Table(
                style,
                List.of(
                        Column.whole("", false, 0),
                        new Column("", false, 0, 24, 8),
                        new Column("", false, 0, 12, 6),
                        Column.whole("", true, 2),
                        Column.whole("", true, 0),
                        Column.whole("", false, 3),
                        Column.whole("", false, 1)),
                LONGEST_NAME);
        SharedNames names = shared.among(
                findings.stream().map(finding -> finding.key().benchmark()).toList());
        BenchmarkAnswer.Place above = null;
        for (Finding finding : findings) {
            BenchmarkAnswer.Place place = BenchmarkAnswer.Place.of(finding.key());
            boolean isAlso = place.equals(above);
            above = place;
            table.add(List.of(
                    new Cell(ScreenParts.INDENT + row.verdict(finding), row.look(finding)),
                    isAlso
                            ? Cell.of("")
                            : Cell.of(style.safe(names.label(finding.key().benchmark()) + in(finding))),
                    Cell.of(style.safe(finding.key().metric())),
                    Cell.of(style.safe(levels(finding))),
                    new Cell(row.change(finding), row.look(finding)),
                    new Cell(row.interval(finding, ScreenRows::inBrackets), Ansi.DIM),
                    Cell.of(style.safe(since(finding)))));
        }
        return table;
    }

    /** The environment, if the report has more than one. */
    private String in(Finding finding) {
        boolean isOne = report.findings().stream()
                        .map(one -> one.key().environment())
                        .distinct()
                        .limit(2)
                        .count()
                < 2;
        return isOne || report.kind() == Report.Kind.COMPARISON
                ? ""
                : " in " + finding.key().environment();
    }

    private static String inBrackets(Effect effect) {
        String interval = Words.interval(effect);
        return interval.isEmpty() ? "" : "(" + interval + ")";
    }

    static String levels(Finding finding) {
        return MeasuredChange.of(finding)
                .map(levels -> levels.before() + " → " + levels.after())
                .orElse("");
    }

    /** The commit with which it began, where that is not the judged one. */
    private String since(Finding finding) {
        return finding.since().isEmpty()
                        || report.kind() == Report.Kind.COMPARISON
                        || Headline.isOfThisChange(finding, report)
                                && !report.authors().isEarlier(finding.since())
                ? ""
                : "since " + TriageWords.sinceShort(finding, report.authors());
    }
}
