package dev.plumbline.report.answer;

import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The result of copying a history.
 *
 * @param from where it is, as it may be shown
 * @param to the same of the copy
 * @param rows how many rows of all kinds
 * @param digest of all rows on both sides, in hexadecimal digits
 */
public record CopyReport(String from, String to, long runs, long measurements, long rows, String digest) {
    /** The same in words, one thing a line. */
    public String text() {
        return what("copied") + "verified: both have digest " + digest + "\n";
    }

    /** The same of a copy that is no history itself. */
    public String exported() {
        return what("exported") + "digest " + digest + "\n";
    }

    private String what(String done) {
        return done + " " + Words.count(Math.toIntExact(runs), "run", "runs") + ", with "
                + Quantity.plain((double) measurements, Quantity.DIGITS)
                + (measurements == 1 ? " measurement" : " measurements") + ", and everything recorded about them\n"
                + "from " + TerminalText.escape(from) + "\nto " + TerminalText.escape(to) + "\n";
    }

    /** The same for programs. */
    public void writeJson(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-copy/1");
                    json.text("from", from);
                    json.text("to", to);
                    json.integer("runs", runs);
                    json.integer("measurements", measurements);
                    json.integer("rows", rows);
                    json.text("digest", digest);
                }));
    }
}
