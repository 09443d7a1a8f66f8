package dev.plumbline.report.text;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Margins;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.note.ComparisonNotes;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A complete report for a terminal: the most important result in one sentence, then everything, worst first. */
public final class TextReport {
    /** From this many lines on, the summary is repeated below them, where the eye is. */
    private static final int LONG = 16;

    private static final int NAMES_IN_A_GROUP = 5;
    private static final int GROUPS = 8;

    /** Rows of the table; more than a few screens of them belong in a file. */
    private static final int ROWS = 60;

    private final Report report;
    private final List<BenchmarkAnswer> answers;
    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();
    private final SharedNames shared;
    private final RowWords row;
    private final FindingsTable table;

    private TextReport(Report report, TextStyle style) {
        this.report = report;
        this.answers = report.benchmarks();
        this.style = style;
        this.shared = SharedNames.of(report.findings().stream()
                .map(finding -> finding.key().benchmark())
                .toList());
        this.row = new RowWords(report, style);
        this.table = new FindingsTable(report, style, shared, row);
    }

    /** The whole report; every line ends in a line feed. */
    public static String of(Report report, TextStyle style) {
        TextReport text = new TextReport(report, style);
        text.write();
        return text.out.toString();
    }

    /** The one sentence for a tired person, on one line of any length and without colours. */
    public static String summary(Report report) {
        return TerminalText.escape(Headline.sentence(report));
    }

    private void write() {
        writeSummary();
        report.odd()
                .filter(Words.besideReason(report))
                .ifPresent(words -> Paragraph.append("", style.safe(words), Ansi.BOLD_YELLOW, style, out));
        writeRuns();
        writeTable();
        writeGroups(Group.SUSPECT, DoubtWords.SUSPECTS);
        writeKnown();
        writeOpen();
        Predicate<Finding> withinNoise = DoubtWords.withinNoise(report);
        writeGroup(Group.INCONCLUSIVE, "Inconclusive", withinNoise.negate());
        writeGroup(Group.INCONCLUSIVE, "Within noise", withinNoise);
        writeGroups(Group.NOT_COMPARABLE, "Not comparable");
        writeMissing();
        writeUnchanged();
        writeContext();
        writeGate();
        writeWarnings();
        writeList("Problems", report.problems().stream().map(Object::toString).toList());
        writeList(
                "Notes",
                report.notes().stream()
                        .filter(note -> !NoteWords.isCount(note, report))
                        .filter(Words.besideReason(report))
                        .toList());
        if (out.chars().filter(character -> character == '\n').count() > LONG) {
            out.append('\n');
            writeSummary();
        }
    }

    private void writeSummary() {
        Ansi look =
                switch (report.gate().state()) {
                    case OPEN -> Headline.isNothingJudged(report) ? Ansi.BOLD_YELLOW : Ansi.BOLD_GREEN;
                    case CLOSED -> Ansi.BOLD_RED;
                    case UNDECIDED -> Ansi.BOLD_YELLOW;
                };
        Paragraph.append("", style.safe(Headline.of(report)), look, style, out);
        Words.gateReason(report).ifPresent(reason -> Paragraph.append("", style.safe(reason), Ansi.BOLD, style, out));
    }

    private void writeRuns() {
        List<String> lines = new ArrayList<>();
        int shown = style.verbose() ? Integer.MAX_VALUE : 3;
        report.candidates().stream().limit(shown).map(RunWords::run).forEach(lines::add);
        if (report.candidates().size() > shown) {
            lines.add("and " + Words.count(report.candidates().size() - shown, "more run", "more runs"));
        }
        if (!report.base().isEmpty()) {
            lines.add("against " + report.base());
        }
        lines.addAll(shared.lines());
        lines.forEach(line -> Paragraph.append("", style.safe(line), Ansi.DIM, style, out));
        Words.earlier(report).stream()
                .limit(shown)
                .forEach(line -> Paragraph.append("", style.safe(line), Ansi.BOLD, style, out));
    }

    private void writeTable() {
        List<List<FindingsTable.Row>> all =
                answers.stream().map(this::rows).filter(rows -> !rows.isEmpty()).toList();
        if (all.isEmpty()) {
            return;
        }
        List<FindingsTable.Row> rows = all.stream()
                .limit(style.verbose() ? all.size() : ROWS)
                .flatMap(List::stream)
                .toList();
        SharedNames names = table.namesAmong(rows, out);
        out.append('\n');
        table.write(rows, names, out);
        if (all.size() > ROWS && !style.verbose()) {
            writeMore(all.size() - ROWS);
        }
    }

    /** The worst metric that counts, and below it every other one that changed; none where nothing changed. */
    private List<FindingsTable.Row> rows(BenchmarkAnswer answer) {
        if (answer.findings().stream().noneMatch(this::isInTable)) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of(new FindingsTable.Row(answer.head(), false)),
                        answer.findings().stream()
                                .skip(1)
                                .filter(this::isInTable)
                                .map(finding -> new FindingsTable.Row(finding, true)))
                .toList();
    }

    /** Writes the measured changes where nothing can be concluded: a change that large is worth a look all the same. */
    private void writeOpen() {
        if (style.verbose()) {
            return; // the verbose table has them all
        }
        List<Finding> largest = report.largestOpen();
        if (largest.isEmpty()) {
            return;
        }
        writeTitle(DoubtWords.largestOpen(largest, report), Ansi.YELLOW);
        List<FindingsTable.Row> open = largest.stream()
                .map(finding -> new FindingsTable.Row(finding, false))
                .toList();
        table.write(open, table.namesAmong(open, out), out);
    }

    private boolean isSecondary(Finding finding) {
        return report.gate().role(finding.key()) == Role.SECONDARY;
    }

    private boolean isInTable(Finding finding) {
        return Group.of(finding).isBySize() && !TriageWords.isElsewhere(finding)
                || DoubtWords.isDisagreement(finding)
                || row.isOverLimit(finding)
                || style.verbose() && finding.verdict().effect().isPresent();
    }

    /**
     * Findings without a verdict, together where the reason is the same. A secondary metric needs none.
     */
    private void writeGroups(Group group, String title) {
        writeGroup(group, title, finding -> true);
    }

    private void writeGroup(Group group, String title, Predicate<Finding> isMeant) {
        List<Finding> reported = report.in(group).stream()
                .filter(isMeant)
                .filter(finding -> style.verbose() || !isSecondary(finding))
                .toList();
        Map<String, List<Finding>> byReason = DoubtWords.byReason(reported);
        writeNamed(
                title,
                Ansi.YELLOW,
                Words.byBenchmark(byReason),
                findings -> label(findings) + DoubtWords.sensitive(findings, report),
                Words.benchmarks(byReason, answers),
                true);
    }

    private void writeKnown() {
        Map<String, List<Finding>> known = TriageWords.known(report);
        writeNamed(
                "Known",
                Ansi.BOLD,
                Words.byBenchmark(known),
                findings -> label(findings) + " " + TriageWords.known(findings, report),
                Words.benchmarks(known, answers),
                true);
    }

    private String label(List<Finding> ofBenchmark) {
        return shared.label(ofBenchmark.get(0).key().benchmark());
    }

    /** Writes texts, each followed by its names. */
    private <T> void writeNamed(
            String title,
            Ansi look,
            Map<String, List<T>> namedByText,
            Function<T, String> name,
            String count,
            boolean mayOmit) {
        if (namedByText.isEmpty()) {
            return;
        }
        writeTitle(title + " (" + count + ")", look);
        int total = namedByText.values().stream().mapToInt(List::size).sum();
        int groups = 0;
        int named = 0;
        for (Map.Entry<String, List<T>> group : namedByText.entrySet()) {
            if (mayOmit && !style.verbose() && groups == GROUPS) {
                writeMore(total - named);
                return;
            }
            groups++;
            named += group.getValue().size();
            Paragraph.append("  ", style.safe(group.getKey()), Ansi.PLAIN, style, out);
            Paragraph.append("    ", names(group.getValue(), name), Ansi.DIM, style, out);
        }
    }

    private <T> String names(List<T> named, Function<T, String> name) {
        int shown = style.verbose() ? named.size() : Math.min(NAMES_IN_A_GROUP, named.size());
        List<String> parts = new ArrayList<>();
        for (T one : named.subList(0, shown)) {
            // two lines, for a name may be followed by what can be detected of it
            parts.add(style.shorten(style.safe(name.apply(one)), style.room(2 * (style.width() - 6))));
        }
        String list = String.join(", ", parts);
        return shown == named.size()
                ? list
                : list + style.safe(", … and " + Quantity.plain(named.size() - shown, Quantity.DIGITS) + " more");
    }

    private void writeUnchanged() {
        if (style.verbose()) {
            return;
        }
        List<BenchmarkAnswer> benchmarks = answers.stream()
                .filter(answer -> answer.group() == Group.UNCHANGED)
                .toList();
        List<Finding> unchanged = benchmarks.stream()
                .flatMap(answer -> answer.counting().stream())
                .toList();
        long count = benchmarks.stream()
                .map(answer -> answer.place().benchmark())
                .distinct()
                .count();
        writeUnchanged(Quantity.plain((double) count, Quantity.DIGITS) + " unchanged: ", unchanged);
        List<Finding> beside = answers.stream()
                .filter(answer -> answer.group() != Group.UNCHANGED)
                .flatMap(answer -> answer.counting().stream())
                .filter(finding -> Group.of(finding) == Group.UNCHANGED)
                .toList();
        writeUnchanged(
                Words.count(beside.size(), "metric", "metrics") + " of the benchmarks above unchanged: ", beside);
    }

    private void writeUnchanged(String what, List<Finding> unchanged) {
        if (unchanged.isEmpty()) {
            return;
        }
        double largest = unchanged.stream().mapToDouble(Report::size).max().orElse(0);
        // the noise between runs is in no interval of two single runs
        boolean sure = !report.notes().contains(ComparisonNotes.ONE_RUN_EACH);
        out.append('\n');
        Paragraph.append(
                "",
                style.safe(what
                        + (Percent.of(largest).equals("0.0 %") ? "" : "at most " + Percent.of(largest) + " away, and ")
                        + (sure ? "certainly within " : "within ")
                        + new Margins(report.policy().margin()).with(unchanged).words("±")
                        + (sure ? "" : " in these two runs")),
                Ansi.PLAIN,
                style,
                out);
    }

    private void writeMissing() {
        List<BenchmarkAnswer> lacking = report.lacking();
        if (lacking.isEmpty()) {
            return;
        }
        int benchmarks = (int) lacking.stream()
                .map(answer -> answer.place().benchmark())
                .distinct()
                .count();
        writeTitle("Missing from this run (" + Quantity.plain(benchmarks, Quantity.DIGITS) + ")", Ansi.RED);
        List<MissingWords.Line> lines = MissingWords.of(report);
        int shown = style.verbose() ? lines.size() : Math.min(20, lines.size());
        for (MissingWords.Line line : lines.subList(0, shown)) {
            if (line.of().isEmpty() && line.command().isEmpty()) {
                out.append("  ")
                        .append(style.shorten(style.safe(line.dated()), style.room(style.width() - 2)))
                        .append('\n');
            } else {
                Paragraph.append("  ", style.safe(line.dated()), Ansi.PLAIN, style, out);
            }
            if (!line.of().isEmpty()) {
                Paragraph.append("    ", names(line.of(), Function.identity()), Ansi.DIM, style, out);
            }
            // whole on its line, however long, so that it can be copied
            line.command()
                    .ifPresent(command ->
                            out.append("    ").append(style.command(command)).append('\n'));
        }
        if (lines.size() > shown) {
            writeMore(lines.size() - shown);
        }
    }

    /** Writes the context metrics; only in verbose output. */
    private void writeContext() {
        if (!style.verbose()) {
            return;
        }
        writeList("Context, not judged", Words.context(report));
    }

    private void writeGate() {
        List<String> reasons = GateWords.reasons(report);
        if (reasons.size() > 1) {
            writeReasons(
                    report.gate().state() == GateDecision.State.CLOSED ? "Why the gate fails" : "Why the gate holds",
                    reasons);
        }
        writeReasons("Does not fail the gate", GateWords.letPass(report));
    }

    private void writeReasons(String title, List<String> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        writeTitle(title, Ansi.BOLD);
        int shown = style.verbose() ? reasons.size() : Math.min(10, reasons.size());
        for (String reason : reasons.subList(0, shown)) {
            Paragraph.append("  - ", style.safe(reason), Ansi.PLAIN, style, out);
        }
        if (shown < reasons.size()) {
            writeMore(reasons.size() - shown);
        }
    }

    private void writeWarnings() {
        Map<String, List<Finding>> findingsByWarning = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            for (String warning : WarningWords.of(finding)) {
                findingsByWarning
                        .computeIfAbsent(warning, text -> new ArrayList<>())
                        .add(finding);
            }
        }
        Map<String, List<List<Finding>>> byWarning = Words.byBenchmark(findingsByWarning);
        Map<String, List<String>> names = new LinkedHashMap<>();
        int all = Words.byBenchmark(report.findings()).size();
        byWarning.forEach((warning, findings) -> names.put(
                warning,
                all > NAMES_IN_A_GROUP
                                && !style.verbose()
                                && findingsByWarning.get(warning).size()
                                        == report.findings().size()
                        ? List.of("all " + Quantity.plain(all, Quantity.DIGITS) + " of them")
                        : findings.stream()
                                .map(one -> label(one) + " " + Words.metrics(one, report))
                                .toList()));
        int listed = names.values().stream().mapToInt(List::size).sum();
        writeNamed("Warnings", Ansi.YELLOW, names, Function.identity(), Quantity.plain(listed, Quantity.DIGITS), false);
    }

    private void writeList(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        writeTitle(title, title.equals("Problems") ? Ansi.YELLOW : Ansi.BOLD);
        lines.forEach(line -> Paragraph.append("  - ", style.safe(line), Ansi.PLAIN, style, out));
    }

    private void writeMore(int count) {
        String more = "… and " + Quantity.plain(count, Quantity.DIGITS) + " more; list them with --verbose";
        Paragraph.append("  ", style.safe(more), Ansi.DIM, style, out);
    }

    private void writeTitle(String title, Ansi look) {
        out.append('\n');
        Paragraph.append("", style.safe(title), look, style, out);
    }
}
