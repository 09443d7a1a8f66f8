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
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A report as GitLab's Code Quality artefact, a subset of what Code Climate specifies: every regression, suspect and
 * missing series, and whatever else the gate has a reason against. Places are those of {@link SarifReport}.
 */
public final class CodeQualityReport {
    private final Report report;
    private final JsonText json;

    private CodeQualityReport(Report report, JsonText json) {
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
        JsonText.write(out, json -> new CodeQualityReport(report, json).write());
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
        json.startArray();
        for (Finding finding : report.findings()) {
            Group group = Group.of(finding);
            Optional<String> reason = report.reasonAgainst(finding.key());
            if (group == Group.REGRESSED || group == Group.SUSPECT || reason.isPresent()) {
                String words = reason.orElseGet(() -> CiSummary.told(finding));
                issue(group == Group.REGRESSED ? "regression" : "doubt", words, finding.key(), finding.id());
            }
        }
        for (Missing one : report.missing()) {
            issue("missing", MissingWords.of(one, report), one.key(), one.key().id());
        }
        json.endArray();
    }

    private void issue(String check, String words, SeriesKey key, String id) {
        boolean blocks = report.gate().state() == GateDecision.State.CLOSED
                && report.reasonAgainst(key).isPresent();
        json.object(() -> {
            json.text("description", TerminalText.shorten(TerminalText.escape(words), 500, "…"));
            json.text("check_name", "plumbline-" + check);
            json.text("fingerprint", id);
            json.text("severity", blocks ? "blocker" : check.equals("regression") ? "minor" : "info");
            json.object("location", () -> {
                json.text("path", SarifReport.uri(key));
                json.object("lines", () -> json.integer("begin", 1));
            });
        });
    }
}
