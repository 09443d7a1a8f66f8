package dev.plumbline.report.ci;

import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.OverLimit;
import dev.plumbline.report.Report;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A report as GitLab's Code Quality artefact, a subset of what Code Climate specifies: an issue for each benchmark that
 * regressed, is a suspect or missing, or fails or holds the gate. Places are those of {@link SarifReport}.
 */
public final class CodeQualityReport {
    private final Report report;
    private final OverLimit limits;
    private final Report.Against against;
    private final AnswerWords words;
    private final JsonText json;

    private CodeQualityReport(Report report, JsonText json) {
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
        JsonText.write(out, json -> new CodeQualityReport(report, json).write());
    }

    /** The document as text. */
    public static String of(Report report) {
        return JsonText.ascii(json -> new CodeQualityReport(report, json).write());
    }

    private void write() {
        json.startArray();
        report.wanting().forEach(this::issue);
        json.endArray();
    }

    private void issue(BenchmarkAnswer answer) {
        boolean blocks = report.gate().state() == GateDecision.State.CLOSED
                && !against.of(answer).isEmpty();
        String check =
                switch (SarifReport.Rule.of(answer, against, limits)) {
                    case REGRESSION -> "regression";
                    case MISSING -> "missing";
                    case SUSPECT, DOUBT, TOO_GOOD -> "doubt";
                };
        json.object(() -> {
            json.text("description", TerminalText.shorten(TerminalText.escape(words.of(answer)), 500, "…"));
            json.text("check_name", "plumbline-" + check);
            json.text("fingerprint", answer.id());
            json.text("severity", blocks ? "blocker" : check.equals("regression") ? "minor" : "info");
            json.object("location", () -> {
                json.text("path", SarifReport.uri(answer.place()));
                json.object("lines", () -> json.integer("begin", 1));
            });
        });
    }
}
