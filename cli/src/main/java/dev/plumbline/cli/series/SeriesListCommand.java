package dev.plumbline.cli.series;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.history.renaming.ListRenamings;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Lists the changed names. */
@CommandLine.Command(
        name = "list",
        description = "List the active renamings: those recorded here, and those of plumbline.yaml.")
final class SeriesListCommand extends Command {
    @Mixin
    private SeriesOptions options = new SeriesOptions();

    @Override
    public Integer call() throws IOException {
        options.print(new ListRenamings(options.workspace(terminal())).list(), terminal());
        return ExitCode.OPEN;
    }
}
