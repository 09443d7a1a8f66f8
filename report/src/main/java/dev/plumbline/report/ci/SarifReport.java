package dev.plumbline.report.ci;

import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.OverLimit;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A report as SARIF 2.1.0, for code scanning.
 *
 * <p>A result is a benchmark that needs attention: one that regressed, a suspect, a missing one, and anything else that
 * fails or holds the gate; it describes the worst metric that counts and names the others. A reason that fails the gate
 * is an error, everything else a warning. A benchmark has no known file, but code scanning requires one, so the
 * location of each result is {@code benchmarks/} followed by the encoded name; the name itself is the logical location.
 * A result's fingerprint is the id of that metric's finding, so that one change stays one alert.
 */
public final class SarifReport {
    /** The rules by their id, as the file lists them. */
    enum Rule {
        REGRESSION("performance-regression", "A benchmark regressed, beyond noise and beyond the margin."),
        SUSPECT("possible-regression", "A benchmark may have regressed; another run decides."),
        MISSING("missing-benchmark", "Earlier runs measured it, this run did not."),
        DOUBT("no-verdict", "A benchmark is inconclusive, and the policy requires a verdict."),
        TOO_GOOD("too-good", "A result is too good to be true: did the benchmark do its work?");

        private final String id;
        private final String words;

        Rule(String id, String words) {
            this.id = id;
            this.words = words;
        }

        static Rule of(BenchmarkAnswer answer, Report.Against against, OverLimit limits) {
            if (answer.findings().stream().anyMatch(limits::contains)) {
                return REGRESSION;
            }
            return switch (answer.group()) {
                case REGRESSED -> REGRESSION;
                case SUSPECT -> SUSPECT;
                case MISSING -> MISSING;
                case INCONCLUSIVE, NOT_COMPARABLE, KNOWN, IMPROVED, UNCHANGED -> ofOther(answer, against.of(answer));
            };
        }

        /** Of a benchmark that is here for what the gate has against it, or for a metric that does not count. */
        private static Rule ofOther(BenchmarkAnswer answer, List<GateReason> against) {
            return against.stream().anyMatch(reason -> reason.kind() == GateReason.Kind.TOO_GOOD)
                    ? TOO_GOOD
                    : against.isEmpty() && !answer.missing().isEmpty() ? MISSING : DOUBT;
        }
    }

    private final Report report;
    private final OverLimit limits;
    private final Report.Against against;
    private final AnswerWords words;
    private final JsonText json;

    private SarifReport(Report report, JsonText json) {
        this.report = report;
        this.limits = new OverLimit(report);
        this.against = report.against();
        this.words = new AnswerWords(report);
        this.json = json;
    }

    /**
     * Writes the document and a line feed, all ASCII.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(Report report, OutputStream out) throws IOException {
        JsonText.write(out, json -> new SarifReport(report, json).write());
    }

    /** The document as text. */
    public static String of(Report report) {
        return JsonText.ascii(json -> new SarifReport(report, json).write());
    }

    private void write() {
        json.object(() -> {
            json.text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.text("version", "2.1.0");
            json.array("runs", List.of(report), run -> json.object(this::run));
        });
    }

    private void run() {
        json.object(
                "tool",
                () -> json.object("driver", () -> {
                    json.text("name", "Plumbline");
                    json.text("version", TerminalText.escape(report.version()));
                    json.array(
                            "rules",
                            List.of(Rule.values()),
                            rule -> json.object(() -> {
                                json.text("id", rule.id);
                                json.object("shortDescription", () -> json.text("text", rule.words));
                            }));
                }));
        json.array(
                "invocations",
                List.of(report),
                run -> json.object(() -> {
                    json.truth("executionSuccessful", true);
                    json.array(
                            "toolExecutionNotifications",
                            report.problems(),
                            problem -> json.object(() -> {
                                json.text("level", "warning");
                                message(problem.toString());
                            }));
                }));
        json.startArray("results");
        report.wanting().forEach(answer -> json.object(() -> result(answer)));
        json.endArray();
        json.object("properties", () -> {
            json.text("gate", report.gate().state().name());
            json.text("summary", TextReport.summary(report));
        });
    }

    private void result(BenchmarkAnswer answer) {
        SeriesKey key = answer.place();
        Rule rule = Rule.of(answer, against, limits);
        boolean blocks = report.gate().state() == GateDecision.State.CLOSED
                && !against.of(answer).isEmpty();
        json.text("ruleId", rule.id);
        json.integer("ruleIndex", rule.ordinal());
        json.text("level", blocks ? "error" : "warning");
        message(words.of(answer));
        json.array(
                "locations",
                List.of(key),
                place -> json.object(() -> {
                    json.object("physicalLocation", () -> {
                        json.object("artifactLocation", () -> json.text("uri", uri(key)));
                        json.object("region", () -> json.integer("startLine", 1));
                    });
                    json.array(
                            "logicalLocations",
                            List.of(key),
                            location -> json.object(() -> {
                                json.text("fullyQualifiedName", Words.label(key));
                                json.text("kind", "function");
                            }));
                }));
        json.object("partialFingerprints", () -> json.text("plumblineFinding/v1", answer.id()));
        json.object("properties", () -> {
            json.text("benchmark", key.benchmark().name());
            json.strings("parameters", key.benchmark().parameters());
            json.text("metric", key.metric());
            json.text("environment", key.environment());
            json.text("branch", key.branch());
        });
    }

    /** Braces are placeholders in a message and brackets are links; a reader sees round ones instead. */
    private void message(String words) {
        String text = TerminalText.escape(words)
                .replace('{', '(')
                .replace('}', ')')
                .replace('[', '(')
                .replace(']', ')');
        json.object("message", () -> json.text("text", text));
    }

    static String uri(SeriesKey key) {
        String name = TerminalText.shorten(TerminalText.escape(Words.label(key)), 200, "…");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        // a name of dots only would be a step up, also where its dots are encoded
        return "benchmarks/" + (name.matches("\\.{1,2}") ? "_" + encoded : encoded.replaceFirst("^\\.", "%2E"));
    }
}
