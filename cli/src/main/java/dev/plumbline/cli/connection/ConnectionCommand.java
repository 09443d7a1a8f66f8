package dev.plumbline.cli.connection;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Manages the connection of a project to its repository. */
@CommandLine.Command(
        name = "connection",
        description = "The repository at GitHub or GitLab that a project on a server is connected to.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "See docs/server.md. Example:",
            "  plumb connection set https://github.com/acme/parser --token-file token.txt --account ann"
        })
@Subcommands({
    ConnectionShowCommand.class,
    ConnectionSetCommand.class,
    ConnectionTestCommand.class,
    ConnectionSecretCommand.class,
    ConnectionRemoveCommand.class
})
public final class ConnectionCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
