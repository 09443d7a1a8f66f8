package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Report.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A report as SARIF 2.1.0, so that code scanning shows it.
 *
 * <p>A result is what wants a person's eye: every regression, every suspect, every missing series, and whatever else
 * stands against the gate. What stands against a closed gate is an error, everything else a warning. A benchmark has no
 * file that is known, and code scanning wants one, so each result lies in {@code benchmarks/} followed by the encoded
 * name; the name itself is the logical location. A result's fingerprint is the finding's id, so that one change stays
 * one alert.
 */
public final class SarifReport {
    /** The rules by their id, as the file lists them. */
    private enum Rule {
        REGRESSION("performance-regression", "A metric got worse, beyond noise and beyond the margin."),
        SUSPECT("possible-regression", "A metric may have become worse; another run would tell."),
        MISSING("missing-benchmark", "Earlier runs measured it and this one did not."),
        DOUBT("no-verdict", "There is no verdict on a metric, and the policy requires one."),
        TOO_GOOD("too-good", "A speed is too good to be true: was anything measured?");

        private final String id;
        private final String words;

        Rule(String id, String words) {
            this.id = id;
            this.words = words;
        }

        static Rule of(Finding finding) {
            return switch (Group.of(finding)) {
                case REGRESSED -> REGRESSION;
                case SUSPECT -> SUSPECT;
                case MISSING -> MISSING;
                case INCONCLUSIVE, NOT_COMPARABLE -> DOUBT;
                case KNOWN, IMPROVED, UNCHANGED -> TOO_GOOD;
            };
        }
    }

    private final Report report;
    private final JsonText json;

    private SarifReport(Report report, JsonText json) {
        this.report = report;
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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(report, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toString(StandardCharsets.US_ASCII);
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
        List<Finding> told = report.findings().stream().filter(this::isTold).toList();
        json.startArray("results");
        told.forEach(finding -> json.object(() -> finding(finding)));
        report.missing().forEach(one -> json.object(() -> missing(one)));
        json.endArray();
        json.object("properties", () -> {
            json.text("gate", report.gate().state().name());
            json.text("summary", TextReport.summary(report));
        });
    }

    private boolean isTold(Finding finding) {
        Group group = Group.of(finding);
        return group == Group.REGRESSED
                || group == Group.SUSPECT
                || report.reasonAgainst(finding.key()).isPresent();
    }

    private void finding(Finding finding) {
        Optional<String> change = Words.change(finding);
        String words = Words.label(finding.key()) + " " + finding.key().metric() + " "
                + (Group.of(finding) == Group.REGRESSED
                        ? change.orElse("got worse") + Words.severity(finding)
                        : Words.verdict(finding))
                + ": " + Words.why(finding);
        result(Rule.of(finding), words, finding.key(), finding.id());
    }

    private void missing(Missing one) {
        result(Rule.MISSING, MissingWords.of(one, report), one.key(), one.key().id());
    }

    private void result(Rule rule, String words, SeriesKey key, String id) {
        boolean blocks = report.gate().state() == GateDecision.State.CLOSED
                && report.reasonAgainst(key).isPresent();
        json.text("ruleId", rule.id);
        json.integer("ruleIndex", rule.ordinal());
        json.text("level", blocks ? "error" : "warning");
        message(words);
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
                                json.text("fullyQualifiedName", Words.label(key) + " " + key.metric());
                                json.text("kind", "function");
                            }));
                }));
        json.object("partialFingerprints", () -> json.text("plumblineFinding/v1", id));
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
        // a name of dots only would be a step up
        return "benchmarks/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replaceFirst("^\\.", "%2E");
    }
}
