package dev.plumbline.pipeline.history.exchange;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.sql.SqlRunStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes a whole history as lines of JSON: a head, every row of every table, and an end with the digest of the rows.
 * An incomplete export has no footer, so that it cannot be mistaken for a complete one.
 */
public final class ExportHistory {
    /** The form of the lines. */
    static final String SCHEMA = "plumbline-rows/1";

    private final Progress progress;

    public ExportHistory(Progress progress) {
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Exports.
     *
     * @param out is flushed and stays open
     * @throws NothingFound if there is no history
     */
    public HistoryCopy.Copied export(StoreLocation from, OutputStream out) throws IOException {
        if (!from.hasHistory()) {
            throw new NothingFound("there is no history " + from + " to export");
        }
        OutputStream lines = new Unflushed(out);
        JsonText.line(lines, json -> json.object(() -> json.text("schema", SCHEMA)));
        HistoryCopy.Copied copied;
        try (SqlRunStore source = from.openAsItIs()) {
            copied = new HistoryCopy(progress::at).export(source, table -> new RowLines(table, lines));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        JsonText.line(
                lines,
                json -> json.object(() -> json.object("end", () -> {
                    json.integer("rows", copied.rows());
                    json.text("digest", copied.digest());
                })));
        out.flush();
        return copied;
    }
}
