package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Manages the thresholds of changes, series by series. */
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
public final class ThresholdCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
