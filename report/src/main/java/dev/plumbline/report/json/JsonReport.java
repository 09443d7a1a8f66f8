package dev.plumbline.report.json;

import dev.plumbline.core.compare.Comparison;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A complete report for programs, in a documented, versioned format ({@code docs/report-format.md}, {@code
 * docs/report-schema.json}).
 *
 * <p>Members always come in the same order, findings worst first. A member without a value is {@code null}, never
 * absent. The text is ASCII, so that it survives any terminal and any encoding.
 */
public final class JsonReport {
    /** The name and version of the form. A reader may rely on everything documented until the number changes. */
    public static final String SCHEMA = "plumbline-report/1";

    private final Report report;
    private final JsonText json;
    private final AnswerJson answers;

    private JsonReport(Report report, JsonText json) {
        this.report = report;
        this.json = json;
        answers = new AnswerJson(key -> report.gate().role(key), report.kind() == Report.Kind.CHECK, json);
    }

    /**
     * Writes the report and a line feed.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(Report report, OutputStream out) throws IOException {
        JsonText.write(out, json -> new JsonReport(report, json).write());
    }

    /** The report as text. */
    public static String of(Report report) {
        return JsonText.ascii(json -> new JsonReport(report, json).write());
    }

    private void write() {
        json.object(() -> {
            json.text("schema", SCHEMA);
            json.text("version", report.version());
            json.text("kind", report.kind().name());
            json.text("summary", TextReport.summary(report));
            report.odd().ifPresent(words -> json.text("odd", words));
            json.object("gate", () -> {
                json.text("state", report.gate().state().name());
                json.array("reasons", GateWords.reasons(report), json::text);
                json.array("ladder", report.gate().trace(), reason -> json.object(() -> answers.reason(reason)));
            });
            json.object("benchmarks", () -> report.benchmarkCounts().forEach(json::integer));
            json.object("counts", this::counts);
            json.object("policy", this::policy);
            json.array("candidates", report.candidates(), run -> json.object(() -> json.run(run)));
            json.text("base", report.base());
            json.array("findings", report.findings(), finding -> json.object(() -> answers.finding(finding)));
            json.array("missing", report.missing(), one -> json.object(() -> answers.missing(one)));
            json.array("context", report.context(), metric -> json.object(() -> context(metric)));
            json.array(
                    "problems",
                    report.problems(),
                    problem -> json.object(() -> {
                        json.text("where", problem.where());
                        json.text("what", problem.what());
                    }));
            json.array("notes", report.notes(), json::text);
        });
    }

    private void counts() {
        for (Map.Entry<Verdict.Kind, Integer> count : report.counts().entrySet()) {
            json.integer(count.getKey().name(), count.getValue());
        }
        json.integer("SUSPECT", report.in(Report.Group.SUSPECT).size());
        json.integer("KNOWN", report.in(Report.Group.KNOWN).size());
        json.integer("MISSING", report.missing().size());
    }

    private void policy() {
        json.number("margin", report.policy().margin());
        json.object("severities", () -> {
            json.number("minor", report.policy().severities().minor());
            json.number("major", report.policy().severities().major());
            json.number("critical", report.policy().severities().critical());
        });
        json.number("confidence", report.policy().confidence());
        json.number("suiteErrorRate", report.policy().suiteErrorRate());
        json.integer("minimumRuns", report.policy().minimumRuns());
        if (report.kind() == Report.Kind.COMPARISON) {
            json.integer("seed", Comparison.SEED);
        }
    }

    private void context(ContextMetric metric) {
        json.series(metric.key());
        json.text("label", Words.label(metric.key()));
        json.unit(metric.unit());
        json.number("value", metric.value());
    }
}
