package dev.plumbline.cli;

import picocli.CommandLine;

/** What counts as a change, series by series. */
@CommandLine.Command(
        name = "threshold",
        description = "Tell which changes count, series by series, and whether they can be found.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "docs/thresholds.md tells how they are set. Start with: plumb threshold show BENCHMARK"})
@Subcommands({
    ThresholdShowCommand.class,
    ThresholdValidateCommand.class,
    ThresholdTuneCommand.class,
    ThresholdExportCommand.class,
    ThresholdImportCommand.class
})
final class ThresholdCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
