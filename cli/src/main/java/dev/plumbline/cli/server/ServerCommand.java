package dev.plumbline.cli.server;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Operates a server. */
@CommandLine.Command(
        name = "server",
        description = "Back up everything that plumb serve keeps, and restore it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "See docs/server.md. Example:", "  plumb server backup /backup/2026-07-01"})
@Subcommands({ServerBackupCommand.class, ServerRestoreCommand.class})
public final class ServerCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
