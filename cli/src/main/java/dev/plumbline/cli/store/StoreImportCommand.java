package dev.plumbline.cli.store;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.history.exchange.ImportHistory;
import dev.plumbline.pipeline.history.exchange.ImportParquet;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.CopyReport;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.parquet.DuckDbDriver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A whole history that was exported. */
@CommandLine.Command(
        name = "import",
        description = "Read a history that plumb store export wrote, into a history that is empty or not there yet. All"
                + " of it is read and verified, or nothing is changed; every verdict is the same.",
        footer = {"", "Example: plumb store import history.ndjson.gz --store restored.db"})
final class StoreImportCommand extends Command {
    @Parameters(
            paramLabel = "FILE",
            description =
                    "File to read, compressed if its name ends in .gz; a folder of Parquet files if it ends in .parquet.")
    private Path file;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        if (workspace.store().folder().isPresent()) {
            workspace.keepOutOfGit();
        }
        HistoryCopy.Copied copied;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            copied = load(terminal().directory().resolve(file), workspace, progress);
        }
        CopyReport report = new CopyReport(
                file.toString(),
                workspace.store().toString(),
                copied.runs(),
                copied.measurements(),
                copied.rows(),
                copied.digest());
        if (json) {
            report.writeJson(terminal().out());
        } else {
            terminal().out().print(report.text());
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private HistoryCopy.Copied load(Path from, Workspace workspace, ProgressLine progress) throws IOException {
        if (isParquet(file)) {
            return new ImportParquet(DuckDbDriver.find(terminal().variables()), progress).load(from, workspace.store());
        }
        try (InputStream in = open(from)) {
            return new ImportHistory(progress).load(file.toString(), in, workspace.store());
        }
    }

    static boolean isParquet(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
    }

    static boolean isCompressed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        return isCompressed(file) ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
