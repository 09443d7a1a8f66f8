package dev.plumbline.pipeline.history.exchange;

import static java.util.Objects.requireNonNull;

import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.parquet.DuckDbDriver;
import dev.plumbline.store.parquet.ParquetTables;
import dev.plumbline.store.sql.SqlRunStore;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a history that {@link ExportParquet} wrote: all of it, or nothing. */
public final class ImportParquet {
    private final DuckDbDriver driver;
    private final Progress progress;

    public ImportParquet(DuckDbDriver driver, Progress progress) {
        this.driver = requireNonNull(driver, "driver");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Imports.
     *
     * @param to a history with nothing in it
     * @throws UnreadableInput if the folder is not complete; nothing was changed
     * @throws StoreException if a file is not as it should be, or the history is not empty; nothing was changed
     */
    public HistoryCopy.Copied load(Path from, StoreLocation to) throws IOException {
        ParquetFolder folder = new ParquetFolder(from);
        String digest = folder.digest();
        try (Scratch scratch = Scratch.create();
                ParquetTables tables = new ParquetTables(driver, scratch.folder());
                SqlRunStore target = to.openAsItIs()) {
            return new HistoryCopy(progress::at)
                    .load(target, (table, taker) -> tables.read(table, folder.file(table), taker), () -> digest);
        }
    }
}
