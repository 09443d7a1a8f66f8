package dev.plumbline.report;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.report.Report.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report for a pull request's comment or a job's summary, for GitHub and GitLab.
 *
 * <p>What matters stands open, the rest is folded. Never longer than {@link #MAX_LENGTH}: what does not fit is counted.
 * No string from outside can break the table, add HTML, a link, a picture or a mention.
 */
public final class MarkdownReport {
    /** Both sites refuse comments somewhat longer than this many characters. */
    public static final int MAX_LENGTH = 60_000;

    /** Room that the lists leave for what is told after them, each "and more" line included. */
    private static final int RESERVE = 1_500;

    private static final int NAME_COLUMNS = 80;
    private static final int TEXT_COLUMNS = 400;

    private final Report report;
    private final SharedNames shared;
    private final boolean oneEnvironment;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(Report report) {
        this.report = report;
        this.shared = SharedNames.of(report.findings().stream()
                .map(finding -> finding.key().benchmark())
                .toList());
        this.oneEnvironment = report.findings().stream()
                        .map(finding -> finding.key().environment())
                        .distinct()
                        .limit(2)
                        .count()
                < 2;
    }

    /** The whole report; every line ends in a line feed. */
    public static String of(Report report) {
        MarkdownReport markdown = new MarkdownReport(report);
        markdown.write();
        return markdown.out.toString();
    }

    private void write() {
        writeSummary();
        report.odd().ifPresent(words -> out.append("\n⚠️ <strong>")
                .append(MarkdownText.escape(words, TEXT_COLUMNS))
                .append("</strong>\n"));
        writeEarlier();
        writeTable("", rows(Group.REGRESSED, Group.SUSPECT, Group.KNOWN, Group.IMPROVED), MAX_LENGTH / 2);
        writeGrouped(Words.SUSPECTS, reasons(Group.SUSPECT), false, 55 * MAX_LENGTH / 100);
        writeOpen();
        writeList("Missing from this run", missing(), false, 3 * MAX_LENGTH / 5);
        writeGrouped("Known", known(), false, 13 * MAX_LENGTH / 20);
        writeList("Problems", problems(), false, 7 * MAX_LENGTH / 10);
        writeList("Warnings", grouped(warnings()), false, 8 * MAX_LENGTH / 10);
        if (GateWords.reasons(report.gate()).size() > 1) {
            writeList(
                    "Every reason against opening the gate",
                    escaped(GateWords.reasons(report.gate())),
                    true,
                    85 * MAX_LENGTH / 100);
        }
        writeList("Let pass by the gate", escaped(GateWords.letPass(report.gate())), true, 87 * MAX_LENGTH / 100);
        writeGrouped("Not decided yet", reasons(Group.INCONCLUSIVE), true, 9 * MAX_LENGTH / 10);
        writeGrouped("Not comparable", reasons(Group.NOT_COMPARABLE), true, 92 * MAX_LENGTH / 100);
        writeList("Why: the check that decided", decisions(), true, 95 * MAX_LENGTH / 100);
        writeTable("Unchanged", rows(Group.UNCHANGED), MAX_LENGTH - RESERVE);
        writeNotes();
    }

    private void writeSummary() {
        String sign =
                switch (report.gate().state()) {
                    case OPEN -> "✅";
                    case CLOSED -> "❌";
                    case UNDECIDED -> "⚠️";
                };
        out.append("### ")
                .append(sign)
                .append(' ')
                .append(MarkdownText.escape(Words.counts(report), TEXT_COLUMNS))
                .append(" — **")
                .append(Words.gate(report.gate()))
                .append("**\n");
        Words.gateReason(report).ifPresent(reason -> out.append("\n<strong>")
                .append(MarkdownText.escape(reason, TEXT_COLUMNS))
                .append("</strong>\n"));
    }

    private void writeEarlier() {
        Words.earlier(report).stream().limit(3).forEach(line -> out.append("\n")
                .append(MarkdownText.escape(line, TEXT_COLUMNS))
                .append('\n'));
    }

    private List<Finding> rows(Group... groups) {
        List<Group> wanted = List.of(groups);
        return report.findings().stream()
                .filter(finding -> wanted.contains(Group.of(finding)))
                .toList();
    }

    private void writeOpen() {
        List<Finding> open = report.largestOpen();
        if (!open.isEmpty()) {
            out.append("\n**").append(Words.largestOpen(report)).append("**\n");
            writeTable("", open, 11 * MAX_LENGTH / 20);
        }
    }

    private void writeTable(String folded, List<Finding> findings, int limit) {
        if (findings.isEmpty()) {
            return;
        }
        out.append('\n');
        if (!folded.isEmpty()) {
            open(folded, findings.size());
        }
        boolean histories = report.findings().stream()
                .anyMatch(finding -> !finding.history().isEmpty());
        out.append("| | Benchmark | Metric | Before | After | Change | ")
                .append(Words.confidence(report.policy().confidence()))
                .append(histories ? " interval | p | History |\n" : " interval | p |\n")
                .append(
                        histories
                                ? "|---|---|---|---:|---:|---:|---:|---:|---|\n"
                                : "|---|---|---|---:|---:|---:|---:|---:|\n");
        int written = 0;
        for (Finding finding : findings) {
            String row = row(finding, histories);
            if (out.length() + row.length() > limit - RESERVE) {
                break;
            }
            out.append(row);
            written++;
        }
        writeMore(findings.size() - written);
        if (!folded.isEmpty()) {
            out.append("\n</details>\n");
        }
    }

    private String row(Finding finding, boolean histories) {
        List<String> cells = new ArrayList<>();
        cells.add(sign(finding) + " " + Words.verdict(finding));
        cells.add(MarkdownText.code(label(finding), NAME_COLUMNS));
        cells.add(MarkdownText.code(finding.key().metric(), NAME_COLUMNS / 2));
        if (finding.verdict().effect().isPresent()) {
            Effect effect = finding.verdict().effect().get();
            Quantity.Pair levels =
                    Quantity.pair(effect.before(), effect.after(), finding.unit(), Words.uncertainty(finding));
            cells.add(MarkdownText.escape(levels.alone(), NAME_COLUMNS / 2));
            cells.add(MarkdownText.escape(levels.after(), NAME_COLUMNS / 2));
            cells.add("**" + Quantity.change(effect.relativeChange()) + "**");
            cells.add(Words.interval(effect));
        } else {
            cells.addAll(List.of("", "", "", ""));
        }
        cells.add(
                finding.pValue().isPresent()
                        ? MarkdownText.escape(
                                Quantity.probability(finding.pValue().getAsDouble()), NAME_COLUMNS)
                        : "");
        if (histories) {
            cells.add(Sparkline.of(finding, 20, true));
        }
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String sign(Finding finding) {
        return switch (Group.of(finding)) {
            case REGRESSED -> "🔴";
            case SUSPECT -> "🟠";
            case INCONCLUSIVE, NOT_COMPARABLE, KNOWN -> "⚪";
            case IMPROVED -> "🟢";
            case UNCHANGED -> "⚫";
        };
    }

    private List<String> missing() {
        return report.missing().stream()
                .map(key -> MarkdownText.code(Words.label(key) + " " + key.metric(), NAME_COLUMNS))
                .toList();
    }

    private List<String> problems() {
        return escaped(report.problems().stream().map(Object::toString).toList());
    }

    private static List<String> escaped(List<String> texts) {
        return texts.stream()
                .map(text -> MarkdownText.escape(text, TEXT_COLUMNS))
                .toList();
    }

    private Map<String, List<String>> warnings() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            for (String warning : WarningWords.of(finding)) {
                names.computeIfAbsent(warning, text -> new ArrayList<>())
                        .add(MarkdownText.code(name(finding), NAME_COLUMNS));
            }
        }
        return names;
    }

    private Map<String, List<String>> reasons(Group group) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Words.byReason(report.in(group))
                .forEach((reason, findings) -> names.put(
                        reason,
                        findings.stream()
                                .map(finding -> MarkdownText.code(name(finding), NAME_COLUMNS)
                                        + MarkdownText.escape(Words.sensitivity(finding), NAME_COLUMNS))
                                .toList()));
        return names;
    }

    private Map<String, List<String>> known() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Words.known(report)
                .forEach((said, findings) -> names.put(
                        said,
                        findings.stream()
                                .map(finding -> MarkdownText.code(name(finding), NAME_COLUMNS))
                                .toList()));
        return names;
    }

    private String name(Finding finding) {
        return label(finding) + " " + finding.key().metric();
    }

    /** The benchmark as far as the notes do not tell it, and where it was measured if there is more than one place. */
    private String label(Finding finding) {
        String label = shared.label(finding.key().benchmark());
        return oneEnvironment ? label : label + " in " + finding.key().environment();
    }

    /** One line for each text, with the names it holds for, which are Markdown already. */
    private static List<String> grouped(Map<String, List<String>> namesByText) {
        List<String> lines = new ArrayList<>();
        namesByText.forEach((text, names) -> {
            StringBuilder line = new StringBuilder(MarkdownText.escape(text, TEXT_COLUMNS)).append(" — ");
            for (int i = 0; i < Math.min(5, names.size()); i++) {
                line.append(i == 0 ? "" : ", ").append(names.get(i));
            }
            if (names.size() > 5) {
                line.append(" … and ")
                        .append(Quantity.plain(names.size() - 5, Quantity.DIGITS))
                        .append(" more");
            }
            lines.add(line.toString());
        });
        return lines;
    }

    /** For each finding in the first table, the check that decided. */
    private List<String> decisions() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : rows(Group.REGRESSED, Group.SUSPECT, Group.KNOWN, Group.IMPROVED)) {
            for (Told told : Told.decisions(finding)) {
                lines.add(MarkdownText.code(name(finding), NAME_COLUMNS) + ": "
                        + MarkdownText.escape(told.words(), TEXT_COLUMNS));
            }
        }
        return lines;
    }

    /** A line for each text; the title counts the names, as the headline does, and not the texts. */
    private void writeGrouped(String title, Map<String, List<String>> namesByText, boolean folded, int limit) {
        int names = namesByText.values().stream().mapToInt(List::size).sum();
        writeList(title, names, grouped(namesByText), folded, limit);
    }

    private void writeList(String title, List<String> lines, boolean folded, int limit) {
        writeList(title, lines.size(), lines, folded, limit);
    }

    private void writeList(String title, int count, List<String> lines, boolean folded, int limit) {
        if (lines.isEmpty()) {
            return;
        }
        out.append('\n');
        if (folded) {
            open(title, count);
        } else {
            out.append("**").append(title).append("** (").append(count).append(")\n\n");
        }
        int written = 0;
        for (String line : lines) {
            if (out.length() + line.length() + 3 > limit - RESERVE) {
                break;
            }
            out.append("- ").append(line).append('\n');
            written++;
        }
        writeMore(lines.size() - written);
        if (folded) {
            out.append("\n</details>\n");
        }
    }

    private void open(String title, int count) {
        out.append("<details><summary>")
                .append(title)
                .append(" (")
                .append(Quantity.plain(count, Quantity.DIGITS))
                .append(")</summary>\n\n");
    }

    private void writeMore(int count) {
        if (count > 0) {
            out.append("\n… and ")
                    .append(Quantity.plain(count, Quantity.DIGITS))
                    .append(" more\n");
        }
    }

    private void writeNotes() {
        List<String> lines = new ArrayList<>(escaped(report.notes()));
        report.candidates().stream().limit(3).map(Words::run).forEach(run -> lines.add(MarkdownText.escape(run, 200)));
        if (report.candidates().size() > 3) {
            lines.add("and " + Words.count(report.candidates().size() - 3, "more run", "more runs"));
        }
        if (!report.base().isEmpty()) {
            lines.add(MarkdownText.escape("against " + report.base(), 200));
        }
        if (!shared.prefix().isEmpty()) {
            lines.add("all benchmarks are in " + MarkdownText.code(shared.prefix(), TEXT_COLUMNS / 2));
        }
        if (!shared.words().isEmpty()) {
            lines.add(MarkdownText.escape(shared.words(), 200));
        }
        lines.add("A change counts from " + report.margins() + " on. Plumbline "
                + MarkdownText.escape(report.version(), 40));
        out.append('\n');
        for (int i = 0; i < lines.size(); i++) {
            String line = "<sub>" + lines.get(i) + "</sub>" + (i + 1 < lines.size() ? "<br>" : "") + "\n";
            if (out.length() + line.length() <= MAX_LENGTH || i + 1 == lines.size()) {
                out.append(line);
            }
        }
    }
}
