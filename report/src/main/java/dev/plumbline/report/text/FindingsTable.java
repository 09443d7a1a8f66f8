package dev.plumbline.report.text;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.Sparkline;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Findings in rows, one below the other: as many columns as the terminal has room for. */
final class FindingsTable {
    /** The width from which everything about a finding is on one line; below, on two. */
    private static final int WIDE = 120;

    /** The columns that everything but the levels needs on such a line. */
    private static final int BESIDE_LEVELS = 94;

    private static final int VERY_WIDE = 160;

    /** The most values that a course shows. */
    private static final int HISTORY = 20;

    /** The beginning of a finding's second line: as wide as the mark and the longest verdict. */
    private static final String BELOW = " ".repeat(13);

    private final Report report;
    private final TextStyle style;
    private final SharedNames shared;
    private final RowWords row;

    /** @param shared what the names of all benchmarks of the report share */
    FindingsTable(Report report, TextStyle style, SharedNames shared, RowWords row) {
        this.report = report;
        this.style = style;
        this.shared = shared;
        this.row = row;
    }

    /**
     * A row of a table.
     *
     * @param below whether it is another metric of the benchmark above
     */
    record Row(Finding finding, boolean below) {}

    /** Adds the table; every line ends in a line feed. */
    void write(List<Row> rows, SharedNames names, StringBuilder out) {
        List<String> levels = levels(rows.stream().map(Row::finding).toList());
        // long units would need the space of the intervals, which get a separate line then
        boolean wide = style.width() >= WIDE
                && levels.stream().mapToInt(TerminalText::width).max().orElse(0) <= style.width() - BESIDE_LEVELS;
        List<Column> columns = new ArrayList<>(List.of(
                Column.whole("", false, 0),
                new Column("benchmark", false, 0, wide ? 32 : 24, 8),
                new Column("metric", false, 0, 12, 6),
                new Column("environment", false, 2, 10, 6),
                new Column("branch", false, 1, 10, 6),
                Column.whole("change", true, 0)));
        String interval = Words.confidence(report.policy().confidence()) + " interval";
        if (wide) {
            columns.add(columns.size() - 1, Column.whole("before → after", false, 0));
            columns.addAll(List.of(
                    Column.whole(interval, false, 3), Column.whole("history", false, 4), Column.whole("p", false, 5)));
        } else {
            columns.add(Column.whole("", false, 3));
        }
        Table table = new Table(style, columns);
        boolean oneEnvironment = isOne(SeriesKey::environment);
        boolean oneBranch = isOne(SeriesKey::branch);
        for (int i = 0; i < rows.size(); i++) {
            Finding finding = rows.get(i).finding;
            boolean below = rows.get(i).below;
            List<Cell> cells = new ArrayList<>(List.of(
                    new Cell(row.verdict(finding), row.look(finding)),
                    below
                            ? new Cell(
                                    report.gate().role(finding.key()) == Role.SECONDARY ? "  secondary" : "", Ansi.DIM)
                            : Cell.of(style.safe(names.label(finding.key().benchmark()))),
                    Cell.of(style.safe(finding.key().metric())),
                    oneEnvironment || below
                            ? Cell.EMPTY
                            : Cell.of(style.safe(finding.key().environment())),
                    oneBranch || below
                            ? Cell.EMPTY
                            : Cell.of(style.safe(finding.key().branch())),
                    new Cell(row.change(finding), row.look(finding))));
            if (wide) {
                cells.add(cells.size() - 1, Cell.of(levels.get(i)));
                cells.add(new Cell(row.interval(finding, Words::interval), Ansi.DIM));
                cells.add(new Cell(history(finding, style.width() < VERY_WIDE ? 12 : HISTORY), Ansi.CYAN));
                cells.add(new Cell(probability(finding), Ansi.DIM));
                table.add(cells);
            } else {
                cells.add(new Cell(row.interval(finding, FindingsTable::plusMinus), Ansi.DIM));
                table.add(cells, below(finding, levels.get(i)));
            }
        }
        table.appendTo(out);
    }

    /**
     * The line under a row of a narrow table: the levels, and of the course and the probability what there is room for.
     */
    private String below(Finding finding, String levels) {
        String probability = probability(finding);
        String reported = probability.isEmpty() ? "" : (probability.startsWith("<") ? "p " : "p = ") + probability;
        int room = style.width() - BELOW.length() - TerminalText.width(levels) - 2;
        int forHistory = reported.isEmpty() ? room : room - reported.length() - 2;
        String history = forHistory < 4 ? "" : history(finding, Math.min(HISTORY, forHistory));
        StringBuilder line = new StringBuilder(BELOW).append(levels);
        if (!history.isEmpty()) {
            line.append("  ").append(style.paint(history, Ansi.CYAN));
        }
        if (!reported.isEmpty() && reported.length() <= room) {
            line.append("  ").append(style.paint(reported, Ansi.DIM));
        }
        return line.toString().stripTrailing();
    }

    private String history(Finding finding, int columns) {
        return Sparkline.of(finding, columns, style.unicode());
    }

    private String probability(Finding finding) {
        // that chance explains it is no news
        return finding.pValue().isPresent() && finding.pValue().getAsDouble() < 1
                ? style.safe(Quantity.probability(finding.pValue().getAsDouble()))
                : "";
    }

    /** The old and the new level of each finding, so that the arrows are aligned. */
    private List<String> levels(List<Finding> rows) {
        List<Optional<MeasuredChange>> pairs =
                rows.stream().map(MeasuredChange::of).toList();
        List<Optional<String>> before = pairs.stream()
                .map(pair -> pair.map(levels -> number(levels.before())))
                .toList();
        List<Optional<String>> after = pairs.stream()
                .map(pair -> pair.map(levels -> number(levels.after())))
                .toList();
        int first = before.stream()
                .mapToInt(text -> text.map(TerminalText::width).orElse(0))
                .max()
                .orElse(0);
        int second = after.stream()
                .mapToInt(text -> text.map(TerminalText::width).orElse(0))
                .max()
                .orElse(0);
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            levels.add(
                    before.get(i).isEmpty()
                            ? ""
                            : TerminalText.padLeft(before.get(i).get(), first)
                                    + style.safe(" → ")
                                    + TerminalText.padRight(after.get(i).orElse(""), second));
        }
        return levels;
    }

    private String number(String quantity) {
        return style.shorten(style.safe(quantity), Math.min(24, (style.width() - BELOW.length() - 4) / 2));
    }

    private boolean isOne(Function<SeriesKey, String> part) {
        return report.findings().stream().map(Finding::key).map(part).distinct().count() == 1;
    }

    /** The names of a table's benchmarks without what they share; what only they share is written here. */
    SharedNames namesAmong(List<Row> rows, StringBuilder out) {
        SharedNames names = shared.among(
                rows.stream().map(row -> row.finding.key().benchmark()).toList());
        String beyond = names.wordsBeyond(shared);
        if (!beyond.isEmpty()) {
            Paragraph.append("", style.safe(beyond), Ansi.DIM, style, out);
        }
        return names;
    }

    /** The larger of the two distances from the change to the ends of its interval. */
    private static String plusMinus(Effect effect) {
        double change = effect.relativeChange();
        if (Double.isInfinite(change)) {
            return "";
        }
        double distance = Math.max(
                effect.interval().high() - change, change - effect.interval().low());
        return "±" + Percent.of(distance);
    }
}
