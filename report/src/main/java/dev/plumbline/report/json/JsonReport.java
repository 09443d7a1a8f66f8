package dev.plumbline.report.json;

import dev.plumbline.core.compare.Comparison;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.ReasonWords;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A report for programs: everything there is, in a documented, versioned form ({@code docs/report-format.md}, {@code
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

    private JsonReport(Report report, JsonText json) {
        this.report = report;
        this.json = json;
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
                json.array(
                        "ladder",
                        report.gate().trace(),
                        reason -> json.object(() -> {
                            json.text("effect", reason.effect().name());
                            json.text("kind", reason.kind().name());
                            json.text("series", reason.series());
                            json.text("id", reason.id());
                            json.text("words", GateWords.of(reason));
                            facts(CauseFacts.of(reason.cause()));
                        }));
            });
            json.object("benchmarks", () -> report.benchmarkCounts().forEach(json::integer));
            json.object("counts", this::counts);
            json.object("policy", this::policy);
            json.array("candidates", report.candidates(), run -> json.object(() -> json.run(run)));
            json.text("base", report.base());
            json.array("findings", report.findings(), finding -> json.object(() -> finding(finding)));
            json.array("missing", report.missing(), one -> json.object(() -> missing(one)));
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

    private void facts(CauseFacts facts) {
        if (facts.muted()) {
            json.truth("muted", true);
        }
        if (facts.change().isPresent()) {
            json.number("change", facts.change());
        }
        if (!facts.evidence().isEmpty()) {
            json.text("evidence", facts.evidence());
        }
        facts.elsewhere().ifPresent(environment -> json.text("elsewhere", environment));
        facts.otherSide()
                .ifPresent(other -> json.object("otherSide", () -> {
                    json.text("words", other.words());
                    json.truth("jvm", other.jvm());
                }));
        facts.remedy().ifPresent(remedy -> json.text("remedy", remedy));
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

    private void missing(Missing one) {
        json.text("id", one.id());
        json.series(one.key());
        json.text("label", Words.label(one.key()));
        json.text("role", report.gate().role(one.key()).name());
        json.text("what", one.isBenchmark() ? "BENCHMARK" : "METRIC");
        if (!one.isSure()) {
            json.truth("sure", false);
        }
        if (!one.since().isEmpty()) {
            json.text("since", one.since());
        }
        one.mode()
                .ifPresent(now -> json.object("mode", () -> {
                    json.text("before", now.before());
                    json.text("now", now.now());
                    json.text("benchmark", now.benchmark().name());
                    json.strings("parameters", now.benchmark().parameters());
                }));
        one.unit()
                .ifPresent(now -> json.object("unit", () -> {
                    json.text("metric", now.metric());
                    json.text("before", now.before().symbol());
                    json.text("now", now.now().symbol());
                    json.truth("turned", now.isTurned());
                }));
        one.renamed()
                .ifPresent(now -> json.object("renamed", () -> {
                    json.text("benchmark", now.to().name());
                    json.strings("parameters", now.to().parameters());
                    json.text("label", now.to().label());
                    json.text("from", now.from());
                    json.text("into", now.into());
                    MissingWords.command(now, report).ifPresent(command -> json.text("command", command));
                }));
    }

    private void context(ContextMetric metric) {
        json.series(metric.key());
        json.text("label", Words.label(metric.key()));
        json.unit(metric.unit());
        json.number("value", metric.value());
    }

    private void finding(Finding finding) {
        json.text("id", finding.id());
        json.series(finding.key());
        json.text("label", Words.label(finding.key()));
        json.text("role", report.gate().role(finding.key()).name());
        json.unit(finding.unit());
        json.text("better", finding.better().name());
        json.text("verdict", finding.verdict().kind().name());
        json.text("severity", finding.severity().name());
        verdict(finding.verdict());
        json.number("candidate", finding.candidate());
        finding.runsApart().ifPresent(runs -> json.array("runValues", runs.values(), json::number));
        finding.verdict()
                .effect()
                .ifPresentOrElse(
                        effect -> json.object("effect", () -> effect(effect, finding)), () -> json.nothing("effect"));
        finding.baseline()
                .ifPresentOrElse(
                        baseline -> json.object("baseline", () -> baseline(baseline)), () -> json.nothing("baseline"));
        json.number("pValue", finding.pValue());
        json.number("detectableChange", finding.detectableChange());
        if (finding.since().isEmpty()) {
            json.nothing("since");
        } else {
            json.text("since", finding.since());
        }
        json.array("ladder", finding.trace(), rung -> json.object(() -> rung(rung)));
        finding.statement().ifPresent(stated -> json.object("statement", () -> json.statement(stated)));
        finding.alreadyOpen()
                .ifPresent(open -> json.object("alreadyOpen", () -> {
                    json.text("branch", open.branch());
                    json.text("commit", open.commit());
                    open.incident()
                            .ifPresentOrElse(
                                    incident -> json.text("incident", incident), () -> json.nothing("incident"));
                    if (!open.isSure()) {
                        json.truth("sure", false);
                    }
                    open.fixed().ifPresent(commit -> json.text("fixed", commit));
                    if (open.change().isPresent()) {
                        json.number("change", open.change());
                    }
                }));
        json.array("warnings", WarningWords.of(finding), json::text);
        json.array("history", finding.history(), json::number);
    }

    private void verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            json.text("reason", ReasonWords.of(inconclusive.reason()));
            json.truth("suspect", inconclusive.suspect());
            inconclusive
                    .runsNeeded()
                    .ifPresentOrElse(runs -> json.integer("runsNeeded", runs), () -> json.nothing("runsNeeded"));
            return;
        }
        if (verdict instanceof Verdict.NotComparable notComparable) {
            json.text("reason", ReasonWords.of(notComparable.reason()));
        } else {
            json.nothing("reason");
        }
        json.truth("suspect", false);
        json.nothing("runsNeeded");
    }

    private void effect(Effect effect, Finding finding) {
        json.number("before", effect.before());
        json.number("after", effect.after());
        json.number("relativeChange", effect.relativeChange());
        json.interval("interval", effect.interval());
        json.truth("worse", finding.better().isWorse(effect.relativeChange()));
    }

    private void baseline(Baseline baseline) {
        json.integer("runs", baseline.runs());
        json.number("level", baseline.level());
        json.number("deviation", baseline.deviation());
        json.interval("deviationInterval", baseline.deviationInterval());
        json.interval("interval", baseline.interval());
        json.object("first", () -> json.run(baseline.first()));
        json.object("last", () -> json.run(baseline.last()));
    }

    private void rung(Rung rung) {
        EvidenceWords reported = EvidenceWords.of(rung.evidence());
        json.text("name", reported.name());
        json.text("outcome", rung.outcome().name());
        json.text("words", reported.words());
        json.array(
                "numbers",
                reported.numbers(),
                number -> json.object(() -> {
                    json.text("name", number.name());
                    json.number("value", number.value());
                }));
    }
}
