package dev.plumbline.cli.history;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.config.HistorySection;
import dev.plumbline.pipeline.history.PruneHistory;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.PruneReport;
import dev.plumbline.store.Pruned;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forgets old runs. */
@CommandLine.Command(
        name = "prune",
        description = "Delete old runs. Runs that a baseline, a mark or an acceptance needs are always kept.",
        footer = {"", "Without --yes, only lists what would be deleted.", "", "Example: plumb prune --days 180"})
public final class PruneCommand extends Command {
    @Option(names = "--days", paramLabel = "N", description = "Keep runs newer than this. Default: 90")
    private Integer days;

    @Option(
            names = "--keep-runs",
            paramLabel = "N",
            description = "Keep at least this number of the newest runs per environment and branch, regardless"
                    + " of age. Default: 300")
    private Integer runs;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        HistorySection history = workspace.configuration().history();
        int keepDays = days == null
                ? Math.toIntExact(Math.min(1_000_000, history.keep().value().toDays()))
                : days;
        int keepRuns = runs == null ? history.keepRuns().value() : runs;
        if (keepDays < 0 || keepRuns < 0) {
            throw wrongUse("days and runs must not be negative");
        }
        Pruned pruned = new PruneHistory(workspace).prune(keepDays, keepRuns, yes);
        PruneReport report = new PruneReport(
                yes,
                keepDays,
                pruned.runs(),
                pruned.measurements(),
                pruned.series(),
                pruned.keptForBaselines(),
                pruned.keptForMarks(),
                pruned.keptAsNewest(),
                pruned.bytesBefore(),
                pruned.bytesAfter());
        if (json) {
            report.writeJson(terminal().out());
        } else {
            terminal().out().print(report.text());
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
