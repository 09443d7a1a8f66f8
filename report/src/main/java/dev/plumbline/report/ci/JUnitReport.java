package dev.plumbline.report.ci;

import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.format.XmlText;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.Explanation;
import dev.plumbline.report.text.TextReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report as JUnit XML, which CI services show with tests.
 *
 * <p>A benchmark is a test case. A benchmark with a metric that fails the gate has failed; one that holds the gate, or
 * is inconclusive, is skipped; every other has passed. Its output lists the findings of each of its metrics, the worst
 * that counts first; secondary metrics never make it fail. The last case, {@code plumbline.gate}, fails when the gate
 * is closed: the suite has a failure exactly when the exit code is 1.
 */
public final class JUnitReport {
    /** The form of a class name with a method. */
    private static final Pattern METHOD = Pattern.compile("[\\p{L}\\p{N}_.$]+");

    private static final TextStyle STYLE = TextStyle.DEFAULT.withWidth(100);

    private final Report report;
    private final Report.Against against;
    private final List<BenchmarkAnswer> answers;
    private final AnswerWords words;
    private final boolean isOnePlace;
    private final XmlText xml = new XmlText();
    private int failures;
    private int skipped;

    private JUnitReport(Report report) {
        this.report = report;
        this.against = report.against();
        this.answers = report.benchmarks();
        this.words = new AnswerWords(report);
        this.isOnePlace = answers.stream()
                        .map(answer -> answer.place().environment())
                        .distinct()
                        .count()
                <= 1;
        answers.forEach(answer -> count(outcome(answer)));
        count(gateOutcome());
    }

    /** The whole document; every line ends in a line feed. */
    public static String of(Report report) {
        JUnitReport junit = new JUnitReport(report);
        junit.write();
        return junit.xml.toString();
    }

    private enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    private void count(Outcome outcome) {
        failures += outcome == Outcome.FAILED ? 1 : 0;
        skipped += outcome == Outcome.SKIPPED ? 1 : 0;
    }

    private boolean isClosed() {
        return report.gate().state() == GateDecision.State.CLOSED;
    }

    private Outcome outcome(BenchmarkAnswer answer) {
        if (!against.of(answer).isEmpty()) {
            return isClosed() ? Outcome.FAILED : Outcome.SKIPPED;
        }
        return switch (answer.group()) {
            case SUSPECT, MISSING, INCONCLUSIVE, NOT_COMPARABLE -> Outcome.SKIPPED;
            case REGRESSED, KNOWN, IMPROVED, UNCHANGED -> Outcome.PASSED;
        };
    }

    private Outcome gateOutcome() {
        return switch (report.gate().state()) {
            case OPEN -> Outcome.PASSED;
            case CLOSED -> Outcome.FAILED;
            case UNDECIDED -> Outcome.SKIPPED;
        };
    }

    private void write() {
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("name", "plumbline");
        counts.put("tests", Integer.toString(answers.size() + 1));
        counts.put("failures", Integer.toString(failures));
        counts.put("errors", "0");
        counts.put("skipped", Integer.toString(skipped));
        xml.element("testsuites", counts, () -> xml.element("testsuite", counts, this::cases));
    }

    private void cases() {
        xml.element("properties", Map.of(), () -> {
            property("version", report.version());
            property("summary", TextReport.summary(report));
            property("base", report.base());
            report.candidates().forEach(run -> property("candidate", RunWords.run(run)));
            report.odd().ifPresent(words -> property("odd", words));
            report.notes().forEach(note -> property("note", note));
        });
        answers.forEach(this::benchmark);
        testCase("plumbline", "gate", () -> gate());
        if (!report.problems().isEmpty()) {
            StringBuilder problems = new StringBuilder();
            report.problems().forEach(problem -> problems.append(TerminalText.escape(problem.toString()))
                    .append('\n'));
            xml.element("system-err", Map.of(), problems.toString());
        }
    }

    private void property(String name, String value) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", name);
        attributes.put("value", value);
        xml.element("property", attributes);
    }

    private void testCase(String group, String name, Runnable content) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("classname", group);
        attributes.put("name", name);
        attributes.put("time", "0");
        xml.element("testcase", attributes, content);
    }

    private void benchmark(BenchmarkAnswer answer) {
        Benchmark benchmark = answer.place().benchmark();
        String name = benchmark.name();
        int dot = name.lastIndexOf('.');
        boolean isMethod =
                dot > 0 && dot < name.length() - 1 && METHOD.matcher(name).matches();
        String label = benchmark.label().substring(isMethod ? dot + 1 : 0);
        testCase(
                isMethod ? name.substring(0, dot) : "benchmarks",
                isOnePlace ? label : label + " in " + answer.place().environment(),
                () -> {
                    List<String> reasons = GateWords.of(against.of(answer), answer);
                    outcome(
                            outcome(answer),
                            reasons.isEmpty() ? why(answer) : String.join("; ", reasons),
                            answer.isGone() ? "missing" : Words.verdict(answer.head()));
                    if (!answer.isGone()) {
                        xml.element(
                                "system-out",
                                Map.of(),
                                answer.findings().stream()
                                        .map(finding -> Explanation.of(finding, report.branch(finding), STYLE))
                                        .collect(Collectors.joining("\n")));
                    }
                });
    }

    private String why(BenchmarkAnswer answer) {
        return answer.group() == Group.MISSING ? words.missing(answer) : DoubtWords.why(answer.head());
    }

    private void gate() {
        outcome(gateOutcome(), TextReport.summary(report), "gate");
        xml.element("system-out", Map.of(), TextReport.of(report, STYLE));
    }

    private void outcome(Outcome outcome, String message, String type) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("message", message);
        switch (outcome) {
            case FAILED -> {
                attributes.put("type", type);
                xml.element("failure", attributes);
            }
            case SKIPPED -> xml.element("skipped", attributes);
            case PASSED -> {
                // nothing to report beyond the output
            }
        }
    }
}
