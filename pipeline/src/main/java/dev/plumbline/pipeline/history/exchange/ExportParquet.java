package dev.plumbline.pipeline.history.exchange;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.parquet.DuckDbDriver;
import dev.plumbline.store.parquet.ParquetTables;
import dev.plumbline.store.sql.SqlRunStore;
import dev.plumbline.store.sql.dialect.HistoryTable;
import dev.plumbline.store.sql.dialect.TableWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a whole history as Parquet files, one for each table, and reads them back before they appear. */
public final class ExportParquet {
    private final DuckDbDriver driver;
    private final Progress progress;

    public ExportParquet(DuckDbDriver driver, Progress progress) {
        this.driver = requireNonNull(driver, "driver");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Exports.
     *
     * @param to a folder that does not exist; it appears when all of it is written
     * @throws NothingFound if there is no history
     * @throws FileAlreadyExistsException if the folder exists
     */
    public HistoryCopy.Copied export(StoreLocation from, Path to) throws IOException {
        if (!from.hasHistory()) {
            throw new NothingFound("there is no history " + from + " to export");
        }
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString(), null, "exists; name a folder that does not");
        }
        try (Scratch scratch = Scratch.in(to.toAbsolutePath().getParent());
                ParquetTables tables = new ParquetTables(driver, scratch.folder())) {
            ParquetFolder folder =
                    new ParquetFolder(Files.createDirectory(scratch.folder().resolve("history.parquet")));
            HistoryCopy.Copied copied;
            try (SqlRunStore source = from.openAsItIs()) {
                copied = new HistoryCopy(progress::at)
                        .export(source, table -> writer(table, tables, folder, scratch.folder()));
            }
            String read = HistoryCopy.digest((table, taker) -> tables.read(table, folder.file(table), taker));
            if (!read.equals(copied.digest())) {
                throw new StoreException("what Parquet holds differs from " + from
                        + "; nothing was written; please report it, and use NDJSON meanwhile");
            }
            folder.describe(copied);
            Files.move(folder.folder(), to);
            return copied;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Gathers the rows of a table as lines, and makes a Parquet file of them at the end. */
    private static TableWriter writer(HistoryTable table, ParquetTables tables, ParquetFolder folder, Path scratch) {
        Path lines = scratch.resolve(table.name() + ".ndjson");
        Unflushed out;
        try {
            out = new Unflushed(new BufferedOutputStream(Files.newOutputStream(lines), 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RowLines(table, out) {
            @Override
            public void flush() {
                try {
                    out.close();
                    tables.write(table, lines, out.longest(), folder.file(table));
                    Files.delete(lines);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void close() {
                try {
                    out.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
