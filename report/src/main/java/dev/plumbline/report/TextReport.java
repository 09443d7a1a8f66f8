package dev.plumbline.report;

import dev.plumbline.core.detect.Effect;
import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.GateDecision;
import dev.plumbline.core.detect.Severity;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.Table.Cell;
import dev.plumbline.report.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A report for a terminal: what matters first, in one sentence; then what is worst; nothing swallowed. */
public final class TextReport {
    /** From this many lines on, the summary is told once more below them, where the eye is. */
    private static final int LONG = 16;

    private static final int NAMES_IN_A_GROUP = 5;
    private static final int GROUPS = 8;

    private final Report report;
    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();
    private final String commonPrefix;

    private TextReport(Report report, TextStyle style) {
        this.report = report;
        this.style = style;
        this.commonPrefix = CommonPrefix.of(report.findings().stream()
                .map(finding -> finding.key().benchmark().name())
                .toList());
    }

    /** The whole report; every line ends in a line feed. */
    public static String of(Report report, TextStyle style) {
        TextReport text = new TextReport(report, style);
        text.write();
        return text.out.toString();
    }

    /** The one sentence for a tired person, on one line of any length and without colours. */
    public static String summary(Report report) {
        String gate = Words.counts(report) + " — " + Words.gate(report.gate());
        return TerminalText.escape(
                Words.gateReason(report).map(reason -> gate + ": " + reason).orElse(gate));
    }

    private void write() {
        writeSummary();
        writeRuns();
        writeTable();
        writeGroups(Group.INCONCLUSIVE, "Nothing can be said yet");
        writeGroups(Group.NOT_COMPARABLE, "Not comparable");
        writeMissing();
        writeUnchanged();
        writeGate();
        writeWarnings();
        writeList("Problems", report.problems().stream().map(Object::toString).toList());
        writeList("Notes", report.notes());
        if (out.chars().filter(character -> character == '\n').count() > LONG) {
            out.append('\n');
            writeSummary();
        }
    }

    private void writeSummary() {
        Ansi look = switch (report.gate().state()) {
            case OPEN -> Ansi.BOLD_GREEN;
            case CLOSED -> Ansi.BOLD_RED;
            case UNDECIDED -> Ansi.BOLD_YELLOW;
        };
        String counts = style.safe(Words.counts(report));
        String gate = style.safe(Words.gateReason(report)
                .map(reason -> Words.gate(report.gate()) + ": " + reason)
                .orElse(Words.gate(report.gate())));
        String dash = style.safe(" — ");
        if (TerminalText.width(counts + dash + gate) <= style.width()) {
            out.append(style.paint(counts, Ansi.BOLD)).append(dash).append(style.paint(gate, look)).append('\n');
        } else {
            Paragraph.append("", counts, Ansi.BOLD, style, out);
            Paragraph.append("", gate, look, style, out);
        }
    }

    private void writeRuns() {
        List<String> lines = new ArrayList<>();
        int shown = style.verbose() ? Integer.MAX_VALUE : 3;
        report.candidates().stream().limit(shown).map(Words::run).forEach(lines::add);
        if (report.candidates().size() > shown) {
            lines.add("and " + Words.count(report.candidates().size() - shown, "more run", "more runs"));
        }
        if (!report.base().isEmpty()) {
            lines.add("against " + report.base());
        }
        if (!commonPrefix.isEmpty()) {
            lines.add("all benchmarks are in " + commonPrefix);
        }
        lines.forEach(line -> Paragraph.append("", style.safe(line), Ansi.DIM, style, out));
    }

    private void writeTable() {
        List<Finding> rows = report.findings().stream().filter(this::isInTable).toList();
        if (rows.isEmpty()) {
            return;
        }
        out.append('\n');
        boolean oneMetric = report.findings().stream().map(finding -> finding.key().metric()).distinct().count() == 1;
        boolean oneEnvironment = isOne(SeriesKey::environment);
        boolean oneBranch = isOne(SeriesKey::branch);
        boolean wide = style.width() >= 120;
        List<Column> columns = List.of(
                Column.whole("", false, 0),
                new Column("benchmark", false, 0, 24, 8),
                new Column("metric", false, oneMetric ? 9 : 0, 12, 6),
                new Column("environment", false, 6, 10, 6),
                new Column("branch", false, 5, 10, 6),
                Column.whole("before", true, 3),
                Column.whole("", false, 3),
                Column.whole("after", true, 3),
                Column.whole("change", true, 0),
                Column.whole(wide ? Words.confidence(report.policy().confidence()) + " interval" : "", false, 2),
                Column.whole("history", false, 4),
                Column.whole("p", false, 8));
        Table table = new Table(style, columns);
        for (Finding finding : rows) {
            table.add(row(finding, oneEnvironment, oneBranch, wide));
        }
        table.appendTo(out);
    }

    private boolean isOne(Function<SeriesKey, String> part) {
        return report.findings().stream().map(Finding::key).map(part).distinct().count() == 1;
    }

    private boolean isInTable(Finding finding) {
        return Group.of(finding).isBySize()
                || style.verbose() && finding.verdict().effect().isPresent();
    }

    private List<Cell> row(Finding finding, boolean oneEnvironment, boolean oneBranch, boolean wide) {
        Ansi look = look(finding);
        Effect effect = finding.verdict().effect().orElse(null);
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell(style.safe(mark(finding) + " " + Words.verdict(finding)), look));
        cells.add(Cell.of(style.safe(label(finding))));
        cells.add(Cell.of(style.safe(finding.key().metric())));
        cells.add(oneEnvironment ? Cell.EMPTY : Cell.of(style.safe(finding.key().environment())));
        cells.add(oneBranch ? Cell.EMPTY : Cell.of(style.safe(finding.key().branch())));
        if (effect == null) {
            cells.addAll(List.of(Cell.EMPTY, Cell.EMPTY, Cell.EMPTY, Cell.EMPTY, Cell.EMPTY));
        } else {
            Quantity.Pair levels = Quantity.pair(
                    effect.before(), effect.after(), finding.unit(), Words.uncertainty(finding));
            cells.add(Cell.of(style.safe(levels.before())));
            cells.add(Cell.of(style.safe("→")));
            cells.add(Cell.of(style.safe(levels.after())));
            cells.add(new Cell(style.safe(Quantity.change(effect.relativeChange())), look));
            cells.add(new Cell(style.safe(wide ? Words.range(effect.interval()) : plusMinus(effect)), Ansi.DIM));
        }
        List<Double> values = new ArrayList<>(finding.history());
        finding.candidate().ifPresent(values::add);
        cells.add(new Cell(Sparkline.of(values, wide ? 20 : 10, style.unicode()), Ansi.CYAN));
        cells.add(new Cell(
                finding.pValue().isPresent()
                        ? style.safe(Quantity.probability(finding.pValue().getAsDouble()))
                        : "",
                Ansi.DIM));
        return cells;
    }

    /** The larger of the two distances from the change to the ends of its interval. */
    private static String plusMinus(Effect effect) {
        double change = effect.relativeChange();
        double distance =
                Math.max(effect.interval().high() - change, change - effect.interval().low());
        if (Double.isNaN(distance) || Double.isInfinite(distance)) {
            return "±∞";
        }
        return "±" + Quantity.percent(distance);
    }

    private String label(Finding finding) {
        return finding.key().benchmark().label().substring(commonPrefix.length());
    }

    private String mark(Finding finding) {
        return switch (Group.of(finding)) {
            case REGRESSED -> style.unicode() ? "✗" : "X";
            case SUSPECT, INCONCLUSIVE -> "?";
            case NOT_COMPARABLE -> style.unicode() ? "≠" : "!";
            case IMPROVED -> style.unicode() ? "✓" : "+";
            case UNCHANGED -> "=";
        };
    }

    private static Ansi look(Finding finding) {
        return switch (Group.of(finding)) {
            case REGRESSED -> finding.severity().isAtLeast(Severity.MAJOR) ? Ansi.BOLD_RED : Ansi.RED;
            case SUSPECT -> Ansi.BOLD_YELLOW;
            case INCONCLUSIVE, NOT_COMPARABLE -> Ansi.YELLOW;
            case IMPROVED -> Ansi.GREEN;
            case UNCHANGED -> Ansi.PLAIN;
        };
    }

    /** Findings without a verdict, together where the reason is the same. */
    private void writeGroups(Group group, String title) {
        Map<String, List<String>> namesByReason = new LinkedHashMap<>();
        for (Finding finding : report.in(group)) {
            namesByReason
                    .computeIfAbsent(Words.reason(finding.verdict()), reason -> new ArrayList<>())
                    .add(name(finding));
        }
        writeNamed(title, Ansi.YELLOW, namesByReason, true);
    }

    private String name(Finding finding) {
        return label(finding) + " " + finding.key().metric();
    }

    /** Texts, and after each the names it holds for. */
    private void writeNamed(String title, Ansi look, Map<String, List<String>> namesByText, boolean mayOmit) {
        if (namesByText.isEmpty()) {
            return;
        }
        int total = namesByText.values().stream().mapToInt(List::size).sum();
        writeTitle(title + " (" + Quantity.plain(total, Quantity.DIGITS) + ")", look);
        int groups = 0;
        int named = 0;
        for (Map.Entry<String, List<String>> group : namesByText.entrySet()) {
            if (mayOmit && !style.verbose() && groups == GROUPS) {
                writeMore(total - named);
                return;
            }
            groups++;
            named += group.getValue().size();
            Paragraph.append("  ", style.safe(group.getKey()), Ansi.PLAIN, style, out);
            Paragraph.append("    ", names(group.getValue()), Ansi.DIM, style, out);
        }
    }

    private String names(List<String> names) {
        int shown = style.verbose() ? names.size() : Math.min(NAMES_IN_A_GROUP, names.size());
        List<String> parts = new ArrayList<>();
        for (String name : names.subList(0, shown)) {
            parts.add(style.shorten(style.safe(name), style.width() - 6));
        }
        String list = String.join(", ", parts);
        return shown == names.size()
                ? list
                : list + style.safe(", … and " + Quantity.plain(names.size() - shown, Quantity.DIGITS) + " more");
    }

    private void writeUnchanged() {
        List<Finding> unchanged = report.in(Group.UNCHANGED);
        if (unchanged.isEmpty() || style.verbose()) {
            return;
        }
        double largest = unchanged.stream().mapToDouble(Report::size).max().orElse(0);
        out.append('\n');
        Paragraph.append(
                "",
                style.safe(Quantity.plain(unchanged.size(), Quantity.DIGITS)
                        + " unchanged: no more than " + Quantity.percent(largest)
                        + " away, and sure to lie within ±" + Words.percentShort(report.policy().margin())),
                Ansi.PLAIN,
                style,
                out);
    }

    private void writeMissing() {
        if (report.missing().isEmpty()) {
            return;
        }
        writeTitle("Missing from this run (" + Quantity.plain(report.missing().size(), Quantity.DIGITS) + ")", Ansi.RED);
        int shown = style.verbose() ? Integer.MAX_VALUE : 20;
        report.missing().stream()
                .limit(shown)
                .map(key -> style.shorten(style.safe(Words.label(key) + " " + key.metric()), style.width() - 2))
                .forEach(line -> out.append("  ").append(line).append('\n'));
        if (report.missing().size() > shown) {
            writeMore(report.missing().size() - shown);
        }
    }

    private void writeGate() {
        if (report.gate().state() == GateDecision.State.OPEN || report.gate().reasons().size() < 2) {
            return;
        }
        writeTitle(
                "Why the gate is " + (report.gate().state() == GateDecision.State.CLOSED ? "closed" : "undecided"),
                Ansi.BOLD);
        List<String> reasons = report.gate().reasons();
        int shown = style.verbose() ? reasons.size() : Math.min(10, reasons.size());
        for (String reason : reasons.subList(0, shown)) {
            Paragraph.append("  - ", style.safe(reason), Ansi.PLAIN, style, out);
        }
        if (shown < reasons.size()) {
            writeMore(reasons.size() - shown);
        }
    }

    private void writeWarnings() {
        Map<String, List<String>> namesByWarning = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            for (String warning : finding.warnings()) {
                namesByWarning
                        .computeIfAbsent(warning, text -> new ArrayList<>())
                        .add(name(finding));
            }
        }
        writeNamed("Warnings", Ansi.YELLOW, namesByWarning, false);
    }

    private void writeList(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        writeTitle(title, title.equals("Problems") ? Ansi.YELLOW : Ansi.BOLD);
        lines.forEach(line -> Paragraph.append("  - ", style.safe(line), Ansi.PLAIN, style, out));
    }

    private void writeMore(int count) {
        String more = "  … and " + Quantity.plain(count, Quantity.DIGITS) + " more; verbose output lists them";
        out.append(style.paint(style.safe(more), Ansi.DIM)).append('\n');
    }

    private void writeTitle(String title, Ansi look) {
        out.append('\n').append(style.paint(style.safe(title), look)).append('\n');
    }
}
