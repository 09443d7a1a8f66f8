package dev.plumbline.cli.series;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Names that change. */
@CommandLine.Command(
        name = "series",
        description = "Join series after a rename. Recorded data stays as it is; you can undo every renaming.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "See docs/series.md. Example: plumb series rename Sort.quick Sort.dualPivot"})
@Subcommands({SeriesRenameCommand.class, SeriesMergeCommand.class, SeriesListCommand.class, SeriesUndoCommand.class})
public final class SeriesCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
