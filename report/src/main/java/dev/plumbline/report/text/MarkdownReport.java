package dev.plumbline.report.text;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.OverLimit;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.MarkdownText;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.Sparkline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report for a pull request's comment or a job's summary, for GitHub and GitLab.
 *
 * <p>Important parts are unfolded, the rest is folded. Never longer than {@link #MAX_LENGTH}: what does not fit is
 * counted. No string from outside can break the table, add HTML, a link, a picture or a mention.
 */
public final class MarkdownReport {
    /** Both sites refuse comments somewhat longer than this many characters. */
    public static final int MAX_LENGTH = 60_000;

    /** Room that the lists leave for what follows them, each "and more" line included. */
    private static final int RESERVE = 1_500;

    /** The most characters of the last line and of the one that counts the notes that are left out. */
    private static final int LAST_LINES = 500;

    private static final int NAME_COLUMNS = 80;
    private static final int TEXT_COLUMNS = 400;
    private static final int LINE_COLUMNS = 1_000;

    /** A longer command is left out: shortened, it would be another one. */
    private static final int COMMAND_COLUMNS = 400;

    private static final int NAMED_TOGETHER = 5;

    private final Report report;
    private final List<BenchmarkAnswer> answers;
    private final SharedNames shared;
    private final boolean oneEnvironment;
    private final OverLimit limits;
    private final Predicate<Finding> withinNoise;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(Report report) {
        this.report = report;
        this.answers = report.benchmarks();
        this.limits = new OverLimit(report);
        this.withinNoise = DoubtWords.withinNoise(report);
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
        // what cannot be judged yet and what looks worse is unfolded; noise is folded
        boolean isNoise = report.kind() == Report.Kind.CHECK
                && report.looksWorse().isEmpty()
                && report.largestOpen().stream().anyMatch(finding -> !DoubtWords.isTooEarly(finding));
        writeSummary();
        report.odd().filter(Words.besideReason(report)).ifPresent(words -> out.append("\n⚠️ <strong>")
                .append(MarkdownText.escape(words, TEXT_COLUMNS))
                .append("</strong>\n"));
        writeEarlier();
        writeRecovered();
        writeTable("", changed(), MAX_LENGTH / 2);
        writeGrouped(
                DoubtWords.SUSPECTS,
                reasons(Group.SUSPECT, finding -> true),
                this::sensitive,
                false,
                55 * MAX_LENGTH / 100);
        if (!isNoise) {
            writeOpen(false);
        }
        writeList("Missing from this run", missing(), false, 3 * MAX_LENGTH / 5);
        writeGrouped("Known", TriageWords.known(report), this::known, false, 13 * MAX_LENGTH / 20);
        writeList("Problems", problems(), false, 7 * MAX_LENGTH / 10);
        writeList("Warnings", grouped(warnings()), false, 8 * MAX_LENGTH / 10);
        List<String> reasons = GateWords.reasons(report);
        if (reasons.size() > 1) {
            writeList("Every reason against opening the gate", escaped(reasons), true, 85 * MAX_LENGTH / 100);
        }
        writeList("Does not fail the gate", escaped(GateWords.letPass(report)), true, 87 * MAX_LENGTH / 100);
        writeList("If it is intended", accepting(), true, 88 * MAX_LENGTH / 100);
        writeGrouped(
                "Inconclusive",
                reasons(Group.INCONCLUSIVE, withinNoise.negate()),
                this::sensitive,
                true,
                9 * MAX_LENGTH / 10);
        if (isNoise) {
            writeOpen(true);
        }
        writeGrouped(
                "Within noise", reasons(Group.INCONCLUSIVE, withinNoise), this::sensitive, true, 91 * MAX_LENGTH / 100);
        writeGrouped(
                "Not comparable",
                reasons(Group.NOT_COMPARABLE, finding -> true),
                this::sensitive,
                true,
                92 * MAX_LENGTH / 100);
        writeDecisions();
        writeTable("Unchanged", unchanged(), MAX_LENGTH - RESERVE);
        writeNotes();
    }

    private void writeSummary() {
        String sign =
                switch (report.gate().state()) {
                    case OPEN -> Headline.isNothingJudged(report) ? "⏳" : "✅";
                    case CLOSED -> "❌";
                    case UNDECIDED -> "⚠️";
                };
        out.append("### ")
                .append(sign)
                .append(' ')
                .append("**")
                .append(Headline.status(report.gate()))
                .append("**: ")
                .append(MarkdownText.escape(Headline.counts(report), TEXT_COLUMNS))
                .append('\n');
        Words.gateReason(report).ifPresent(reason -> out.append("\n<strong>")
                .append(MarkdownText.escape(reason, TEXT_COLUMNS))
                .append("</strong>\n"));
        // with which commit it began, by whom, and what to do, even if that is nothing: before all tables
        CiSummary.nextSteps(report).stream().limit(1).forEach(step -> out.append("\n")
                .append(MarkdownText.escape(step, TEXT_COLUMNS))
                .append("\n"));
    }

    private void writeEarlier() {
        Words.earlier(report).stream().limit(3).forEach(line -> out.append("\n")
                .append(MarkdownText.escape(line, TEXT_COLUMNS))
                .append('\n'));
    }

    private void writeRecovered() {
        report.notes().stream().filter(NoteWords::isRecovered).forEach(note -> out.append("\n🟢 ")
                .append(MarkdownText.escape(note, TEXT_COLUMNS))
                .append('\n'));
    }

    /** The worst metric that counts of each benchmark that changed, and every other one that changed. */
    private List<List<Finding>> changed() {
        return answers.stream()
                .filter(answer -> answer.findings().stream().anyMatch(this::isChanged))
                .map(answer -> Stream.concat(
                                Stream.of(answer.head()),
                                answer.findings().stream().skip(1).filter(this::isChanged))
                        .toList())
                .toList();
    }

    private boolean isChanged(Finding finding) {
        return Group.of(finding).isBySize() && !TriageWords.isElsewhere(finding)
                || DoubtWords.isDisagreement(finding)
                || limits.contains(finding);
    }

    /** The other benchmarks, without a changed metric that counts, with all their metrics. */
    private List<List<Finding>> unchanged() {
        return answers.stream()
                .filter(answer -> answer.group() == Group.UNCHANGED)
                .map(BenchmarkAnswer::findings)
                .filter(findings -> findings.stream().noneMatch(this::isChanged))
                .toList();
    }

    private void writeOpen(boolean isFolded) {
        List<Finding> open = report.largestOpen();
        if (open.isEmpty()) {
            return;
        }
        String title = DoubtWords.largestOpen(open, report);
        if (isFolded) {
            out.append("\n<details><summary>").append(title).append("</summary>\n");
        } else {
            out.append("\n**").append(title).append("**\n");
        }
        writeTable("", open.stream().map(List::of).toList(), (isFolded ? 91 : 55) * MAX_LENGTH / 100);
        if (isFolded) {
            out.append("\n</details>\n");
        }
    }

    private void writeTable(String folded, List<List<Finding>> benchmarks, int limit) {
        if (benchmarks.isEmpty()) {
            return;
        }
        out.append('\n');
        if (!folded.isEmpty()) {
            open(folded, Quantity.plain(benchmarks.size(), Quantity.DIGITS));
        }
        boolean histories = report.findings().stream()
                .anyMatch(finding -> !finding.history().isEmpty());
        boolean probabilities = benchmarks.stream().flatMap(List::stream).anyMatch(finding -> !probability(finding)
                .isEmpty());
        out.append("| | Benchmark | Metric | Before | After | Change | ")
                .append(Words.confidence(report.policy().confidence()))
                .append(" interval |")
                .append(probabilities ? " p |" : "")
                .append(histories ? " History |\n" : "\n")
                .append("|---|---|---|---:|---:|---:|---:|")
                .append(probabilities ? "---:|" : "")
                .append(histories ? "---|\n" : "\n");
        int written = 0;
        boolean fits = true;
        for (int i = 0; i < benchmarks.size() && fits; i++) {
            List<Finding> benchmark = benchmarks.get(i);
            for (int j = 0; j < benchmark.size() && fits; j++) {
                String row = row(benchmark.get(j), j > 0, probabilities, histories);
                fits = out.length() + row.length() <= limit - RESERVE;
                if (fits) {
                    out.append(row);
                    written += j == 0 ? 1 : 0;
                } else if (j > 0) {
                    out.append("\n… and ")
                            .append(Words.count(benchmark.size() - j, "more metric", "more metrics"))
                            .append(" of the last one\n");
                }
            }
        }
        writeMore(benchmarks.size() - written);
        if (!folded.isEmpty()) {
            out.append("\n</details>\n");
        }
    }

    /** @param below whether it is another metric of the benchmark above */
    private String row(Finding finding, boolean below, boolean probabilities, boolean histories) {
        List<String> cells = new ArrayList<>();
        cells.add(limits.verdict(finding)
                .map(words -> "🔴 " + words)
                .orElseGet(() -> sign(finding) + " " + DoubtWords.verdict(finding, withinNoise)));
        cells.add(
                !below
                        ? MarkdownText.code(label(finding), NAME_COLUMNS)
                        : report.gate().role(finding.key()) == Role.SECONDARY ? "↳ secondary" : "↳");
        cells.add(MarkdownText.code(finding.key().metric(), NAME_COLUMNS / 2));
        if (finding.verdict().effect().isPresent()) {
            MeasuredChange levels = MeasuredChange.of(finding).orElseThrow();
            cells.add(MarkdownText.escape(levels.alone(), NAME_COLUMNS / 2));
            cells.add(MarkdownText.escape(levels.after(), NAME_COLUMNS / 2));
            OptionalDouble byLimit = limits.change(finding);
            cells.add("**" + (byLimit.isPresent() ? Quantity.change(byLimit.getAsDouble()) : levels.change()) + "**");
            cells.add(byLimit.isPresent() ? "from the mean" : levels.interval());
        } else {
            cells.addAll(List.of("", "", "", ""));
        }
        if (probabilities) {
            cells.add(probability(finding));
        }
        if (histories) {
            cells.add(Sparkline.of(finding, 20, true));
        }
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** Empty where chance explains it: that is no news. */
    private static String probability(Finding finding) {
        return finding.pValue().isPresent() && finding.pValue().getAsDouble() < 1
                ? MarkdownText.escape(Quantity.probability(finding.pValue().getAsDouble()), NAME_COLUMNS)
                : "";
    }

    private static String sign(Finding finding) {
        return switch (Group.of(finding)) {
            case REGRESSED -> "🔴";
            case SUSPECT -> "🟠";
            case INCONCLUSIVE, NOT_COMPARABLE, MISSING, KNOWN -> "⚪";
            case IMPROVED -> "🟢";
            case UNCHANGED -> "⚫";
        };
    }

    private List<String> missing() {
        return MissingWords.of(report).stream()
                .map(line -> line.of().isEmpty() && line.command().isEmpty()
                        ? MarkdownText.code(line.words(), NAME_COLUMNS)
                                + (line.since().isEmpty()
                                        ? ""
                                        : MarkdownText.escape(", since commit " + line.since(), TEXT_COLUMNS))
                        : MarkdownText.escape(line.dated(), TEXT_COLUMNS)
                                + (line.of().isEmpty() ? "" : ": " + named(line.of()))
                                + line.command()
                                        .map(command -> command.length() > COMMAND_COLUMNS
                                                ? ""
                                                : "; to join the two: " + MarkdownText.code(command, COMMAND_COLUMNS))
                                        .orElse(""))
                .toList();
    }

    private static String named(List<String> names) {
        String some = names.stream()
                .limit(NAMED_TOGETHER)
                .map(name -> MarkdownText.code(name, NAME_COLUMNS))
                .collect(Collectors.joining(", "));
        return names.size() > NAMED_TOGETHER ? some + " and " + (names.size() - NAMED_TOGETHER) + " more" : some;
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
        Map<String, List<Finding>> findings = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            for (String warning : WarningWords.of(finding)) {
                findings.computeIfAbsent(warning, text -> new ArrayList<>()).add(finding);
            }
        }
        return named(findings, this::name);
    }

    /** The reasons of findings; secondary metrics are left out. */
    private Map<String, List<Finding>> reasons(Group group, Predicate<Finding> isMeant) {
        return DoubtWords.byReason(report.in(group).stream()
                .filter(isMeant)
                .filter(finding -> report.gate().role(finding.key()) == Role.PRIMARY)
                .toList());
    }

    /** A benchmark with some of its metrics, and what can be detected of them. */
    private String sensitive(List<Finding> findings) {
        String metrics = " " + Words.metrics(findings, report);
        String beside = DoubtWords.sensitive(findings, report);
        return beside.startsWith(metrics)
                ? name(findings) + MarkdownText.escape(beside.substring(metrics.length()), NAME_COLUMNS)
                : MarkdownText.code(label(findings.get(0)), NAME_COLUMNS) + MarkdownText.escape(beside, TEXT_COLUMNS);
    }

    /** The benchmarks of each text. */
    private static Map<String, List<String>> named(
            Map<String, List<Finding>> findingsByText, Function<List<Finding>, String> name) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Words.byBenchmark(findingsByText)
                .forEach((text, benchmarks) ->
                        names.put(text, benchmarks.stream().map(name).toList()));
        return names;
    }

    private String known(List<Finding> findings) {
        return MarkdownText.code(label(findings.get(0)) + " " + TriageWords.known(findings, report), NAME_COLUMNS);
    }

    /** A benchmark with some of its metrics. */
    private String name(List<Finding> findings) {
        return MarkdownText.code(label(findings.get(0)) + " " + Words.metrics(findings, report), NAME_COLUMNS);
    }

    /** The benchmark as far as the notes do not name it, and its environment if there is more than one. */
    private String label(Finding finding) {
        String label = shared.label(finding.key().benchmark());
        return oneEnvironment ? label : label + " in " + finding.key().environment();
    }

    /** One line for each text, with its names, which are Markdown already. */
    private static List<String> grouped(Map<String, List<String>> namesByText) {
        List<String> lines = new ArrayList<>();
        namesByText.forEach((text, names) -> {
            lines.add(MarkdownText.escape(text, TEXT_COLUMNS) + " — " + some(names));
        });
        return lines;
    }

    /**
     * The commands that accept the regressions of this change, in any checkout of the repository; acceptances are
     * reviewed like code.
     */
    private List<String> accepting() {
        Set<String> closing = AcceptLine.closing(report);
        return report.kind() != Report.Kind.CHECK
                ? List.of()
                : Stream.concat(
                                report.findings().stream()
                                        .filter(finding -> report.gate().role(finding.key()) == Role.PRIMARY)
                                        .filter(finding -> !TriageWords.isElsewhere(finding))
                                        .flatMap(finding -> AcceptLine.of(finding, report, closing).stream()),
                                missingOnPurpose())
                        .map(line -> MarkdownText.code(line, LINE_COLUMNS))
                        .toList();
    }

    /**
     * The missing benchmarks where that does not pass in any case; without those that look renamed and have another
     * level: to accept that they are missing would hide by how much.
     */
    private Stream<String> missingOnPurpose() {
        Set<String> closing = report.gate().trace().stream()
                .filter(reason -> reason.kind() == GateReason.Kind.MISSING)
                .filter(reason -> reason.effect() != GatePolicy.Effect.PASS)
                .map(GateReason::series)
                .collect(Collectors.toSet());
        return report.missing().stream()
                .filter(one -> closing.contains(one.key().id()))
                .filter(one -> one.renamed().flatMap(Missing.Renamed::moved).isEmpty())
                .map(AcceptLine::of);
    }

    /** The checks that decided on the benchmarks in the first table; those of the same words are on one line. */
    private void writeDecisions() {
        Map<String, List<String>> namesByWords = new LinkedHashMap<>();
        for (List<Finding> benchmark : changed()) {
            List<Finding> reported = benchmark.stream().filter(this::isChanged).toList();
            List<String> words = reported.stream()
                    .flatMap(finding -> EvidenceWords.decisions(finding).stream()
                            .map(decision -> (reported.size() == 1
                                            ? ""
                                            : MarkdownText.code(finding.key().metric(), NAME_COLUMNS / 2) + ": ")
                                    + MarkdownText.escape(decision.words(), TEXT_COLUMNS)))
                    .toList();
            if (!words.isEmpty()) {
                String name =
                        reported.size() == 1 ? name(reported) : MarkdownText.code(label(reported.get(0)), NAME_COLUMNS);
                namesByWords
                        .computeIfAbsent(String.join("; ", words), none -> new ArrayList<>())
                        .add(name);
            }
        }
        writeList(
                "Why: the check that decided",
                Quantity.plain(
                        namesByWords.values().stream().mapToInt(List::size).sum(), Quantity.DIGITS),
                namesByWords.entrySet().stream()
                        .map(entry -> some(entry.getValue()) + ": " + entry.getKey())
                        .toList(),
                true,
                95 * MAX_LENGTH / 100);
    }

    /** The first names of a group, and how many more there are. */
    private static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED_TOGETHER, names.size())));
        return names.size() <= NAMED_TOGETHER
                ? first
                : first + " … and " + Quantity.plain(names.size() - NAMED_TOGETHER, Quantity.DIGITS) + " more";
    }

    /** A line for each text; the title counts the benchmarks, as the headline does, and not the texts. */
    private void writeGrouped(
            String title,
            Map<String, List<Finding>> findingsByText,
            Function<List<Finding>, String> name,
            boolean folded,
            int limit) {
        writeList(
                title, Words.benchmarks(findingsByText, answers), grouped(named(findingsByText, name)), folded, limit);
    }

    private void writeList(String title, List<String> lines, boolean folded, int limit) {
        writeList(title, Quantity.plain(lines.size(), Quantity.DIGITS), lines, folded, limit);
    }

    private void writeList(String title, String count, List<String> lines, boolean folded, int limit) {
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

    private void open(String title, String count) {
        out.append("<details><summary>")
                .append(title)
                .append(" (")
                .append(count)
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
        boolean isTold = !accepting().isEmpty();
        List<String> lines = new ArrayList<>(escaped(report.notes().stream()
                .filter(note -> !NoteWords.isCount(note, report) && (!isTold || !NoteWords.isHowToAccept(note)))
                .filter(note -> !NoteWords.isRecovered(note))
                .filter(Words.besideReason(report))
                .toList()));
        report.candidates().stream()
                .limit(3)
                .map(RunWords::run)
                .forEach(run -> lines.add(MarkdownText.escape(run, 200)));
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
        lines.add("Changes below " + report.margins() + " are ignored. Plumbline "
                + MarkdownText.escape(report.version(), 40));
        out.append('\n');
        int left = 0;
        for (String line : lines.subList(0, lines.size() - 1)) {
            if (left == 0 && out.length() + line.length() <= MAX_LENGTH - LAST_LINES) {
                out.append("<sub>").append(line).append("</sub><br>\n");
            } else {
                left++;
            }
        }
        if (left > 0) {
            out.append("<sub>… and ")
                    .append(Quantity.plain(left, Quantity.DIGITS))
                    .append(" more</sub><br>\n");
        }
        out.append("<sub>").append(lines.get(lines.size() - 1)).append("</sub>\n");
    }
}
