package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import dev.plumbline.cli.triage.AcceptCommand;
import picocli.CommandLine;

/** Established baselines. */
@CommandLine.Command(
        name = "baseline",
        description = "Manage named, versioned baselines: the levels that results are judged against.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "docs/baselines.md has a walk through. Start with: plumb baseline establish"})
@Subcommands({
    BaselineEstablishCommand.class,
    BaselineShowCommand.class,
    BaselineListCommand.class,
    BaselineValidateCommand.class,
    BaselineVersionsCommand.class,
    BaselineDiffCommand.class,
    BaselineRollbackCommand.class,
    AcceptCommand.class,
    BaselineResetCommand.class,
    BaselineExportCommand.class,
    BaselineImportCommand.class
})
public final class BaselineCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
