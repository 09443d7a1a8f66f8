package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.report.Report.Group;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A report as JUnit XML, so that any CI shows it where it shows tests.
 *
 * <p>A metric of a benchmark is a test case. One that closes the gate has failed; one that leaves it undecided, or of
 * which nothing can be said, is skipped; every other has passed, and tells in its output what was found. The last case,
 * {@code plumbline.gate}, fails when the gate is closed: the suite has a failure exactly when the exit code is 1.
 */
public final class JUnitReport {
    private static final TextStyle STYLE = TextStyle.DEFAULT.withWidth(100);

    private final Report report;
    private final XmlText xml = new XmlText();
    private int failures;
    private int skipped;

    private JUnitReport(Report report) {
        this.report = report;
        report.findings().forEach(finding -> count(outcome(finding)));
        report.missing().forEach(one -> count(outcome(one)));
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

    private Outcome outcome(Finding finding) {
        if (report.reasonAgainst(finding.key()).isPresent()) {
            return isClosed() ? Outcome.FAILED : Outcome.SKIPPED;
        }
        return switch (Group.of(finding)) {
            case SUSPECT, MISSING, INCONCLUSIVE, NOT_COMPARABLE -> Outcome.SKIPPED;
            case REGRESSED, KNOWN, IMPROVED, UNCHANGED -> Outcome.PASSED;
        };
    }

    private Outcome outcome(Missing missing) {
        return isClosed() && report.reasonAgainst(missing.key()).isPresent() ? Outcome.FAILED : Outcome.SKIPPED;
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
        counts.put(
                "tests",
                Integer.toString(report.findings().size() + report.missing().size() + 1));
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
            report.candidates().forEach(run -> property("candidate", Words.run(run)));
            report.odd().ifPresent(words -> property("odd", words));
            report.notes().forEach(note -> property("note", note));
        });
        report.findings().forEach(this::finding);
        report.missing().forEach(this::missing);
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

    private void testCase(String benchmark, String metric, Runnable content) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("classname", benchmark);
        attributes.put("name", metric);
        attributes.put("time", "0");
        xml.element("testcase", attributes, content);
    }

    private void finding(Finding finding) {
        testCase(Words.label(finding.key()), finding.key().metric(), () -> {
            Optional<String> reason = report.reasonAgainst(finding.key());
            outcome(outcome(finding), reason.orElseGet(() -> Words.why(finding)), Words.verdict(finding));
            xml.element("system-out", Map.of(), Explanation.of(finding, STYLE));
        });
    }

    private void missing(Missing one) {
        testCase(
                Words.label(one.key()),
                one.key().metric(),
                () -> outcome(
                        outcome(one),
                        report.reasonAgainst(one.key()).orElseGet(() -> MissingWords.why(one, report)),
                        "missing"));
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
                // nothing to say beyond the output
            }
        }
    }
}
