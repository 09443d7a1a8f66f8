package dev.plumbline.cli.store;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.history.CopyHistory;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.answer.CopyReport;
import dev.plumbline.store.copy.HistoryCopy;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a whole history. */
@CommandLine.Command(
        name = "copy",
        description = "Copy a whole history: runs with all samples, what checks found, baselines, acceptances, triage"
                + " and renamings. Every verdict on the copy is the same.",
        footer = {
            "",
            "FROM stays as it is. The copy is complete and verified, or nothing is changed.",
            "",
            "Example:",
            "  plumb store copy .plumbline/history.db 'postgresql://ann@db.example.com/perf?project=parser'"
        })
final class StoreCopyCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "FROM",
            converter = StoreOption.StoreConverter.class,
            description = "A history's file, or postgresql://USER@HOST/DATABASE?project=NAME.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            converter = StoreOption.StoreConverter.class,
            description = "The same, for a history that is empty or not there yet.")
    private String to;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        StoreLocation source = location(from);
        StoreLocation target = location(to);
        HistoryCopy.Copied copied;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            copied = new CopyHistory(progress).copy(source, target);
        }
        CopyReport report = new CopyReport(
                source.toString(),
                target.toString(),
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

    private StoreLocation location(String text) {
        return StoreLocation.of(text, terminal().directory(), terminal().variables(), Optional.empty());
    }
}
