package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Manages the CI jobs that record to a project without a secret. */
@CommandLine.Command(
        name = "trust",
        description = "Rules of a project on a server: which CI jobs may record without a secret.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "See docs/server.md. Example:",
            "  plumb trust add --issuer github --claim repository=acme/parser --account ann"
        })
@Subcommands({TrustListCommand.class, TrustAddCommand.class, TrustRemoveCommand.class})
public final class TrustCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
