package dev.plumbline.pipeline.history.exchange;

import static java.util.Objects.requireNonNull;

import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.sql.SqlRunStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a history that {@link ExportHistory} wrote: all of it, or nothing. */
public final class ImportHistory {
    private final Progress progress;

    public ImportHistory(Progress progress) {
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Imports.
     *
     * @param name of what is read, for messages
     * @param in is read completely and left open
     * @param to a history with nothing in it
     * @throws UnreadableInput if a line is not as it should be, or the end is missing; nothing was changed
     * @throws StoreException if there is something in the history; nothing was changed
     */
    public HistoryCopy.Copied load(String name, InputStream in, StoreLocation to) throws IOException {
        try {
            RowReader reader = new RowReader(name, in);
            try (SqlRunStore target = to.openAsItIs()) {
                return new HistoryCopy(progress::at).load(target, reader::handOver, reader::digest);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
