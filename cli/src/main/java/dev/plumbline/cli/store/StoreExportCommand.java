package dev.plumbline.cli.store;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.OutputFile;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.history.exchange.ExportHistory;
import dev.plumbline.pipeline.history.exchange.ExportParquet;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.answer.CopyReport;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.parquet.DuckDbDriver;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A whole history for other programs. */
@CommandLine.Command(
        name = "export",
        description =
                "Write a whole history as lines of JSON, one row each, or as Parquet files, one for each table: runs"
                        + " with all samples, what checks found, baselines, acceptances, triage and renamings. plumb store import"
                        + " reads it.",
        footer = {"", "Examples: plumb store export history.ndjson.gz", "          plumb store export history.parquet"})
final class StoreExportCommand extends Command {
    @Parameters(
            paramLabel = "FILE",
            description =
                    "File to write, compressed if its name ends in .gz; a folder to create if it ends in .parquet.")
    private Path file;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        StoreLocation source = storeOption.workspace(terminal()).store();
        AtomicReference<HistoryCopy.Copied> copied = new AtomicReference<>();
        try (ProgressLine progress = new ProgressLine(terminal())) {
            if (StoreImportCommand.isParquet(file)) {
                copied.set(new ExportParquet(DuckDbDriver.find(terminal().variables()), progress)
                        .export(source, terminal().directory().resolve(file)));
            } else {
                writeLines(source, progress, copied);
            }
        }
        HistoryCopy.Copied all = copied.get();
        CopyReport report = new CopyReport(
                source.toString(), file.toString(), all.runs(), all.measurements(), all.rows(), all.digest());
        if (json) {
            report.writeJson(terminal().out());
        } else {
            terminal().out().print(report.exported());
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private void writeLines(StoreLocation source, ProgressLine progress, AtomicReference<HistoryCopy.Copied> copied)
            throws IOException {
        ExportHistory export = new ExportHistory(progress);
        OutputFile.write(file, terminal(), out -> {
            if (StoreImportCommand.isCompressed(file)) {
                GZIPOutputStream compressed = new GZIPOutputStream(out, 1 << 16);
                copied.set(write(export, source, compressed));
                compressed.finish();
            } else {
                copied.set(write(export, source, out));
            }
        });
    }

    private static HistoryCopy.Copied write(ExportHistory export, StoreLocation source, OutputStream out)
            throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        return export.export(source, buffered);
    }
}
