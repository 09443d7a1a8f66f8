package dev.plumbline.cli.series;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.history.renaming.RenamingOutcome;
import dev.plumbline.pipeline.history.renaming.UndoRenaming;
import java.io.IOException;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a renaming back. */
@CommandLine.Command(
        name = "undo",
        description = "Undo a renaming or a merge. Both entries stay in the history.",
        footer = {"", "Example: plumb series undo 2"})
final class SeriesUndoCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "NUMBER",
            description = "Number of the renaming, as shown by plumb series list. Default: the newest active one.")
    private Long number;

    @Mixin
    private SeriesOptions options = new SeriesOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        RenamingOutcome outcome = new UndoRenaming(options.workspace(terminal()))
                .undo(
                        number == null ? OptionalLong.empty() : OptionalLong.of(number),
                        authorOptions.author(terminal()));
        options.print(outcome, "undid", outcome.stated().from(), terminal());
        return ExitCode.OPEN;
    }
}
