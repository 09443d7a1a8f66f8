package dev.plumbline.cli.store;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Manages histories. */
@CommandLine.Command(
        name = "store",
        description = "Move a whole history: between a file and a PostgreSQL database, or as lines of JSON.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "See docs/postgresql.md. Example:",
            "  plumb store copy .plumbline/history.db 'postgresql://ann@db.example.com/perf?project=parser'"
        })
@Subcommands({StoreCopyCommand.class, StoreExportCommand.class, StoreImportCommand.class})
public final class StoreCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
