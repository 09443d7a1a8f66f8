package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Result files that a server keeps as they came. */
@CommandLine.Command(
        name = "originals",
        description = "List and download the result files that a server keeps, and read them again.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "See docs/server.md. Example:", "  plumb originals reread 3f2a91c0 --yes"})
@Subcommands({OriginalsListCommand.class, OriginalsGetCommand.class, OriginalsRereadCommand.class})
public final class OriginalsCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
