package dev.plumbline.report.text;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Revision;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.MarkdownText;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report in a few lines for the log of a job: the result of the gate, the reasons, the worst benchmarks, the next
 * steps.
 */
public final class CiSummary {
    /** The name and version of the JSON form. */
    public static final String SCHEMA = "plumbline-ci/1";

    private static final int WORST = 10;
    private static final int REASONS = 10;
    private static final int COLUMNS = 200;

    /** A step has commands that people copy, which are not cut: longer ones are left out where steps are made. */
    private static final int STEP_COLUMNS = 700;

    private CiSummary() {}

    /** The benchmarks that a person should look at, the worst first: of each the metrics that are worse. */
    private static List<List<Finding>> worst(Report report) {
        return report.worseByBenchmark().stream().limit(WORST).toList();
    }

    /** {@code PASS}; {@code PASS, nothing judged yet}. */
    private static String verdict(Report report) {
        return Headline.status(report.gate()) + (Headline.isNothingJudged(report) ? ", nothing judged yet" : "");
    }

    private static String blocking(Report report) {
        return switch (report.gate().state()) {
            case OPEN -> "no";
            case CLOSED -> "yes";
            case UNDECIDED -> "not decided";
        };
    }

    /** A result that is too good to be true: what is usually wrong, and how to pass what is real. */
    private static Optional<String> tooGood(Report report) {
        return report.gate().deciding().stream()
                .filter(reason -> reason.kind() == GateReason.Kind.TOO_GOOD)
                .findFirst()
                .map(reason -> GateStop.tooGood(reason, report) + ".");
    }

    /** More runs do not help where the sides differ in more than the code. */
    static Optional<String> otherSide(Report report) {
        return report.gate().deciding().stream()
                .flatMap(reason -> CauseFacts.of(reason.cause()).otherSide().stream())
                .findFirst()
                .map(one -> "Measure both sides "
                        + (one.jvm() ? "with the same JVM and flags" : "on the same machine")
                        + " and compare again, or, if the difference is intended, compare with"
                        + " --on-incomparable pass.");
    }

    /** The next steps, in the order in which they should be done; at least one sentence. */
    public static List<String> nextSteps(Report report) {
        if (Headline.isCopied(report)) {
            return GateStop.copied(report, "").stream()
                    .map(step -> step.substring(0, 1).toUpperCase(Locale.ROOT) + step.substring(1) + ".")
                    .toList();
        }
        List<String> steps = new ArrayList<>();
        List<BenchmarkAnswer> regressed = report.benchmarks(Group.REGRESSED);
        if (report.findings().isEmpty() && !report.context().isEmpty()) {
            steps.add("Nothing was judged because all measured metrics are context: give the metric that matters"
                    + " the role primary under metrics: in plumbline.yaml.");
        } else if (report.findings().isEmpty()) {
            steps.add("Nothing was measured: check that the benchmarks ran and wrote their results.");
        }
        if (report.odd().filter(CheckNotes::isUnitFactor).isPresent()) {
            steps.add("Check the unit of the results: all values moved by the factor between two units.");
        } else if (report.odd().isPresent()) {
            steps.add("Measure this commit again on an idle machine and check that result too: most of the suite"
                    + " is off in this run, which points to the machine.");
        } else if (Words.wholeSuite(report).isPresent()) {
            steps.add("Measure this commit and the last one before the change again, on one idle machine: if both are"
                    + " as slow, it is the machine.");
        } else if (!regressed.isEmpty()) {
            Finding first = regressed.get(0).head();
            steps.add("Start with " + Words.label(first.key()) + " "
                    + first.key().metric()
                    + (first.since().isEmpty()
                            ? ""
                            : ", which changed at commit " + TriageWords.since(first, report.authors()))
                    + (NoteWords.isRecorded(report) ? "; plumb explain shows every check behind the verdict." : "."));
        }
        if (!regressed.isEmpty() && NoteWords.isRecorded(report)) {
            steps.add(
                    "If it is intended: plumb accept " + regressed.get(0).head().id() + " --reason WHY.");
        }
        if (report.missing().stream().anyMatch(one -> !one.isSure())
                || report.findings().stream()
                        .flatMap(finding -> finding.alreadyOpen().stream())
                        .anyMatch(open -> !open.isSure())) {
            steps.add("Check again in a clone with its history, fetch-depth: 0 in actions/checkout or git fetch"
                    + " --unshallow: this shallow clone hides where the branch began.");
        }
        steps.addAll(MissingWords.steps(report));
        int suspects = report.benchmarksOnce(Group.SUSPECT).size();
        int settled = (int) report.benchmarksOnce(Group.SUSPECT).stream()
                .map(BenchmarkAnswer::head)
                .filter(DoubtWords::canSettle)
                .count();
        if (settled > 0 && report.odd().isEmpty()) {
            steps.add("Measure the same commit once more and check that result too, to settle "
                    + Words.count(settled, "possible regression", "possible regressions") + ".");
        }
        if (suspects == 0 && report.gate().deciding().stream().anyMatch(GateStop::isDisagreement)) {
            steps.add("Measure the same commit once more and check that result too: its runs disagree.");
        }
        tooGood(report).ifPresent(steps::add);
        otherSide(report).ifPresent(steps::add);
        List<String> ways = GateStop.ways(report);
        for (int i = 0; i < ways.size(); i++) {
            String way = ways.get(i);
            steps.add((i == 0 ? way : "Or " + way.substring(0, 1).toLowerCase(Locale.ROOT) + way.substring(1)) + ".");
        }
        if (steps.isEmpty() && report.gate().state() != GateDecision.State.OPEN) {
            steps.addAll(GateStop.ofWholeRun(report));
        }
        if (steps.isEmpty() && report.gate().state() != GateDecision.State.OPEN) {
            boolean areNamed = report.gate().deciding().stream()
                    .noneMatch(reason -> reason.series().isEmpty());
            steps.add("See the reasons above" + (areNamed ? "; each names its benchmark." : "."));
        }
        OptionalInt runs = report.findings().stream()
                .map(Finding::verdict)
                .filter(Verdict.Inconclusive.class::isInstance)
                .flatMapToInt(verdict -> ((Verdict.Inconclusive) verdict).runsNeeded().stream())
                .min();
        boolean passes = report.gate().state() == GateDecision.State.OPEN;
        // what is within noise needs no more runs
        boolean asks = report.benchmarks(Group.INCONCLUSIVE).stream().anyMatch(DoubtWords.asksForAction(report));
        if (runs.isPresent()
                && asks
                && GateStop.young(report.gate()).isEmpty() // runs of this commit are not what it lacks
                && report.missing().stream().allMatch(one -> one.unit().isEmpty()) // nor what a new unit does
                && suspects == 0
                && !passes
                && regressed.isEmpty()
                && report.odd().isEmpty()) {
            steps.add("Some benchmarks are inconclusive: " + Words.count(runs.getAsInt(), "more run", "more runs")
                    + " of this commit can settle at least one of them.");
        }
        int open = report.benchmarksOnce(Group.INCONCLUSIVE).size();
        if (steps.isEmpty() && open > 0 && runs.isEmpty()) {
            steps.add(open + " of "
                    + Words.count(
                            report.benchmarkCounts().values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum(),
                            "benchmark",
                            "benchmarks")
                    + (open == 1 ? " is" : " are") + " inconclusive, and more runs alone do not help: see what each"
                    + " can detect with plumb threshold show.");
        }
        if (steps.isEmpty() && Headline.isNothingJudged(report)) {
            steps.add("Go on recording runs: a benchmark is judged from "
                    + Words.count(report.policy().minimumRuns(), "earlier run", "earlier runs") + " on.");
        }
        if (steps.isEmpty()) {
            steps.add("No action needed.");
        }
        return steps;
    }

    /** A benchmark's findings in a line, the first one by its benchmark; as they came: escape the result. */
    public static String reported(List<Finding> ofBenchmark) {
        return reported(ofBenchmark.get(0))
                + ofBenchmark.stream()
                        .skip(1)
                        .map(finding -> "; " + Words.verdict(finding) + ": "
                                + finding.key().metric() + size(finding))
                        .collect(Collectors.joining());
    }

    /** A finding in a line; as it came: escape the result. */
    public static String reported(Finding finding) {
        return Words.verdict(finding) + ": " + Words.label(finding.key()) + " "
                + finding.key().metric() + size(finding);
    }

    private static String size(Finding finding) {
        return MeasuredChange.of(finding)
                .map(change ->
                        " " + change.change() + (change.interval().isEmpty() ? "" : " (" + change.interval() + ")"))
                .orElse("");
    }

    /** {@code commit 3f2a1c9d00 on feature, against the history of main}: what was judged, and against what. */
    private static Optional<String> judged(Report report) {
        String against = report.base().isEmpty() ? "" : "against " + report.base();
        return Optional.of(Stream.of(run(report), against)
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining(", ")))
                .filter(words -> !words.isEmpty());
    }

    private static String run(Report report) {
        return report.candidates().stream()
                .map(run -> run.header().revision())
                .findFirst()
                .map(revision -> (revision.commit().isEmpty() ? "a run" : "commit " + revision.shortCommit())
                        + (revision.branch().isEmpty() ? "" : " on " + revision.branch()))
                .orElse("");
    }

    /** The summary as text; every line ends in a line feed. */
    public static String text(Report report, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Ansi look =
                switch (report.gate().state()) {
                    case OPEN -> Headline.isNothingJudged(report) ? Ansi.YELLOW : Ansi.GREEN;
                    case CLOSED -> Ansi.BOLD_RED;
                    case UNDECIDED -> Ansi.YELLOW;
                };
        line("verdict", verdict(report), look, style, out);
        line("blocking", blocking(report), look, style, out);
        judged(report).ifPresent(words -> line("run", words, Ansi.PLAIN, style, out));
        report.odd().ifPresent(words -> line("odd", words, Ansi.YELLOW, style, out));
        lines("why", GateWords.reasons(report), REASONS, style, out);
        line("counts", Headline.counts(report), Ansi.PLAIN, style, out);
        lines("worst", worst(report).stream().map(CiSummary::reported).toList(), WORST, style, out);
        lines("problems", report.problems().stream().map(Object::toString).toList(), REASONS, style, out);
        steps(nextSteps(report), style, out);
        return out.toString();
    }

    private static void steps(List<String> steps, TextStyle style, StringBuilder out) {
        TextStyle uncut = style.withVerbose(true);
        for (int i = 0; i < steps.size(); i++) {
            String words = TerminalText.shorten(TerminalText.escape(steps.get(i)), STEP_COLUMNS, "…");
            line(i == 0 ? "next" : "", words, Ansi.PLAIN, uncut, out);
        }
    }

    private static void line(String name, String words, Ansi look, TextStyle style, StringBuilder out) {
        Paragraph.append(TerminalText.padRight(name, 10), style.safe(words), look, style, out);
    }

    private static void lines(String name, List<String> all, int most, TextStyle style, StringBuilder out) {
        for (int i = 0; i < Math.min(most, all.size()); i++) {
            String words = TerminalText.shorten(TerminalText.escape(all.get(i)), COLUMNS, "…");
            line(i == 0 ? name : "", words, Ansi.PLAIN, style, out);
        }
        if (all.size() > most) {
            line("", "… and " + Quantity.plain(all.size() - most, Quantity.DIGITS) + " more", Ansi.DIM, style, out);
        }
    }

    /** The summary as Markdown for GitHub and GitLab. */
    public static String markdown(Report report) {
        StringBuilder out = new StringBuilder();
        out.append("**Blocking: ")
                .append(blocking(report))
                .append(Headline.isNothingJudged(report) ? ", nothing judged yet" : "")
                .append("** — ")
                .append(Headline.status(report.gate()))
                .append(": ")
                .append(MarkdownText.escape(Headline.counts(report), COLUMNS))
                .append("\n");
        judged(report).ifPresent(words -> out.append('\n')
                .append(MarkdownText.escape(words, COLUMNS))
                .append('\n'));
        report.odd().ifPresent(words -> out.append("\n⚠️ ")
                .append(MarkdownText.escape(words, 2 * COLUMNS))
                .append('\n'));
        list("Why", GateWords.reasons(report), REASONS, COLUMNS, out);
        list("Worst", worst(report).stream().map(CiSummary::reported).toList(), WORST, COLUMNS, out);
        list("Problems", report.problems().stream().map(Object::toString).toList(), REASONS, COLUMNS, out);
        list("Next", nextSteps(report), REASONS, STEP_COLUMNS, out);
        return out.toString();
    }

    private static void list(String title, List<String> all, int most, int columns, StringBuilder out) {
        if (all.isEmpty()) {
            return;
        }
        out.append("\n**").append(title).append("**\n\n");
        all.stream().limit(most).forEach(words -> out.append("- ")
                .append(MarkdownText.escape(words, columns))
                .append('\n'));
        if (all.size() > most) {
            out.append("- … and ")
                    .append(Quantity.plain(all.size() - most, Quantity.DIGITS))
                    .append(" more\n");
        }
    }

    /**
     * Writes the summary as JSON and a line feed.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(Report report, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.text("version", report.version());
                    json.text("verdict", report.gate().state().name());
                    json.truth("blocking", report.gate().state() == GateDecision.State.CLOSED);
                    if (!report.candidates().isEmpty()) {
                        Revision revision = report.candidates().get(0).header().revision();
                        json.text("commit", revision.commit());
                        json.text("branch", revision.branch());
                    }
                    json.text("base", report.base());
                    report.odd().ifPresent(words -> json.text("odd", words));
                    json.array("why", GateWords.reasons(report), json::text);
                    json.object("benchmarks", () -> report.benchmarkCounts().forEach(json::integer));
                    json.object("counts", () -> {
                        for (Map.Entry<Verdict.Kind, Integer> count :
                                report.counts().entrySet()) {
                            json.integer(count.getKey().name(), count.getValue());
                        }
                        json.integer("SUSPECT", report.in(Group.SUSPECT).size());
                        json.integer("KNOWN", report.in(Group.KNOWN).size());
                        json.integer("MISSING", report.missing().size());
                    });
                    json.array(
                            "worst",
                            worst(report),
                            worse -> json.object(() -> {
                                Finding finding = worse.get(0);
                                json.text("id", finding.id());
                                json.series(finding.key());
                                json.text("label", Words.label(finding.key()));
                                json.text(
                                        "role",
                                        report.gate().role(finding.key()).name());
                                json.text("severity", finding.severity().name());
                                json.truth("suspect", finding.isSuspect());
                                change(finding, json);
                                json.text("why", DoubtWords.why(finding));
                                json.array(
                                        "also",
                                        worse.subList(1, worse.size()),
                                        other -> json.object(() -> {
                                            json.text("id", other.id());
                                            json.text("metric", other.key().metric());
                                            json.text(
                                                    "role",
                                                    report.gate()
                                                            .role(other.key())
                                                            .name());
                                            json.text(
                                                    "severity", other.severity().name());
                                            json.truth("suspect", other.isSuspect());
                                            change(other, json);
                                        }));
                            }));
                    json.array("problems", report.problems(), problem -> json.text(problem.toString()));
                    json.array("next", nextSteps(report), json::text);
                }));
    }

    private static void change(Finding finding, JsonText json) {
        finding.verdict()
                .effect()
                .ifPresentOrElse(
                        effect -> json.number("relativeChange", effect.relativeChange()),
                        () -> json.nothing("relativeChange"));
    }
}
