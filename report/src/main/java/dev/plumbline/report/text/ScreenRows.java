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
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of a screen: a benchmark that changed in each, with its levels and since when. */
final class ScreenRows {
    /** The longest name in a file or a pipe; a longer one is shortened on the screen, and whole with {@code -v}. */
    private static final int LONGEST_NAME = 100;

    /** On a narrower terminal a sign replaces the verdict, and long names are reduced to the method. */
    private static final int NARROW = 60;

    /** The columns that the sign, the change and the gaps beside a name take there, and those of a metric. */
    private static final int BESIDE_NAME = 17;

    private static final int METRIC = 14;

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
        boolean isNarrow = style.width() < NARROW && !style.whole();
        boolean isOneMetric = findings.stream()
                        .map(finding -> finding.key().metric())
                        .distinct()
                        .count()
                == 1;
        int room = style.width() - BESIDE_NAME - (isOneMetric ? 0 : METRIC);
        Set<String> all = findings.stream()
                .map(finding -> style.safe(names.label(finding.key().benchmark())))
                .collect(Collectors.toSet());
        boolean isByMethod = isNarrow
                && all.stream()
                                .map(name -> ofMethod(name, room, style))
                                .distinct()
                                .count()
                        == all.size();
        BenchmarkAnswer.Place above = null;
        for (Finding finding : findings) {
            BenchmarkAnswer.Place place = BenchmarkAnswer.Place.of(finding.key());
            boolean isAlso = place.equals(above);
            above = place;
            String name = style.safe(names.label(finding.key().benchmark()) + in(finding));
            String since = style.safe(since(finding));
            List<Cell> cells = List.of(
                    new Cell(
                            ScreenParts.INDENT + (isNarrow ? row.sign(finding) : row.verdict(finding)),
                            row.look(finding)),
                    isAlso ? Cell.of("") : Cell.of(isByMethod ? ofMethod(name, room, style) : name),
                    isNarrow && isOneMetric
                            ? Cell.EMPTY
                            : Cell.of(style.safe(finding.key().metric())),
                    Cell.of(style.safe(levels(finding))),
                    new Cell(row.change(finding), row.look(finding)),
                    new Cell(row.interval(finding, ScreenRows::inBrackets), Ansi.DIM),
                    isNarrow ? Cell.EMPTY : Cell.of(since));
            table.add(cells, isNarrow && !since.isEmpty() ? style.shorten("    " + since, style.width()) : "");
        }
        return table;
    }

    /**
     * A name in its columns: the class is shortened before the method and the parameters, which distinguish it from
     * others.
     */
    static String ofMethod(String name, int columns, TextStyle style) {
        int dot = name.lastIndexOf('.', name.indexOf(" {") < 0 ? name.length() : name.indexOf(" {"));
        if (TerminalText.width(name) <= columns || dot < 0) {
            return name;
        }
        String method = name.substring(dot);
        int left = columns - TerminalText.width(method + style.ellipsis());
        return left > 0
                ? TerminalText.start(name, left) + style.ellipsis() + method
                : style.shorten(method.substring(1), columns);
    }

    /** Where it was measured, if the report has more than one environment. */
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
