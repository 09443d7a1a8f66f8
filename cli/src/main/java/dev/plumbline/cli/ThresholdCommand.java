package dev.plumbline.cli;

import picocli.CommandLine;

/** What counts as a change, series by series. */
@CommandLine.Command(
        name = "threshold",
        description = "Show, tune and validate thresholds: which changes count, and which can be detected.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "See docs/thresholds.md. Start with: plumb threshold show BENCHMARK"})
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
