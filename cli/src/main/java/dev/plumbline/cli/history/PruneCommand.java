package dev.plumbline.cli.history;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.config.HistorySection;
import dev.plumbline.pipeline.history.PruneHistory;
import dev.plumbline.pipeline.history.RemoveRuns;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.PruneReport;
import dev.plumbline.store.Pruned;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes runs: old ones, or those that are named. */
@CommandLine.Command(
        name = "prune",
        description = "Delete old runs, or runs that should not have been recorded. Runs that a baseline or an"
                + " acceptance needs are always kept. Old runs that a check or a person marked are kept too.",
        footer = {
            "",
            "Without --yes, only lists what would be deleted.",
            "",
            "Examples:",
            "  plumb prune --days 180",
            "  plumb prune --run 5f6a7b8 --yes"
        })
public final class PruneCommand extends Command {
    @Option(names = "--days", paramLabel = "N", description = "Keep runs newer than this. Default: 90")
    private Integer days;

    @Option(
            names = "--keep-runs",
            paramLabel = "N",
            description = "Keep at least this number of the newest runs per environment and branch, regardless"
                    + " of age. Default: 300")
    private Integer runs;

    @Option(
            names = "--sample-days",
            paramLabel = "N",
            description = "Delete the samples of runs older than this, but keep their values. Histories and verdicts do"
                    + " not change. Default: never")
    private Integer sampleDays;

    @Option(
            names = "--level-runs",
            paramLabel = "N",
            description = "Keep the first and the last N runs of each level of each series, whatever their age."
                    + " Default: ${DEFAULT-VALUE}")
    private int levelRuns = PruneHistory.LEVEL_RUNS;

    @Option(names = "--keep-all-runs", description = "Delete no run, only samples.")
    private boolean keepAll;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "Delete this run, or all runs of this commit, whatever their age: the first characters of"
                    + " a run id or a commit, or a git revision; may be repeated.")
    private List<String> named = List.of();

    @Option(names = "--yes", description = "Delete the listed runs and samples.")
    private boolean yes;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        if (named.isEmpty()) {
            write(byAge(workspace));
            return ExitCode.OPEN;
        }
        if (days != null || runs != null || sampleDays != null || keepAll) {
            throw wrongUse("--run deletes by name; leave out --days, --keep-runs, --sample-days and --keep-all-runs");
        }
        RemoveRuns.Removal removal = new RemoveRuns(workspace).remove(named, yes);
        write(report(OptionalInt.empty(), removal.runs(), removal.pruned()));
        return ExitCode.OPEN;
    }

    private PruneReport byAge(Workspace workspace) throws IOException {
        HistorySection history = workspace.configuration().history();
        int keepDays = days == null
                ? Math.toIntExact(Math.min(1_000_000, history.keep().value().toDays()))
                : days;
        int keepRuns = runs == null ? history.keepRuns().value() : runs;
        if (keepDays < 0 || keepRuns < 0 || levelRuns < 0 || sampleDays != null && sampleDays < 0) {
            throw wrongUse("days and runs must not be negative");
        }
        if (keepAll && (sampleDays == null || days != null || runs != null)) {
            throw wrongUse("--keep-all-runs goes with --sample-days, and without --days and --keep-runs");
        }
        OptionalInt age = keepAll ? OptionalInt.empty() : OptionalInt.of(keepDays);
        PruneHistory.Rules rules = new PruneHistory.Rules(
                age, keepRuns, sampleDays == null ? OptionalInt.empty() : OptionalInt.of(sampleDays), levelRuns);
        return report(age, List.of(), new PruneHistory(workspace).prune(rules, yes));
    }

    private PruneReport report(OptionalInt keepDays, List<RunInfo> removed, Pruned pruned) {
        return new PruneReport(
                yes,
                keepDays,
                removed,
                pruned.runs(),
                pruned.measurements(),
                pruned.series(),
                pruned.keptForBaselines(),
                pruned.keptForMarks(),
                pruned.keptForLevels(),
                pruned.keptAsNewest(),
                pruned.samples(),
                pruned.bytesFreed(),
                pruned.bytesBefore(),
                pruned.bytesAfter());
    }

    private void write(PruneReport report) throws IOException {
        if (json) {
            report.writeJson(terminal().out());
        } else {
            terminal().out().print(report.text());
        }
        terminal().out().flush();
    }
}
