package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.annotate.ShowTriage;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The whole triage record of one incident or finding. */
@CommandLine.Command(name = "show", description = "Show the whole triage record of an incident or a finding.")
final class TriageShowCommand extends Command {
    @Parameters(
            paramLabel = "ID",
            description = "Id of an incident or a finding (its first characters are enough), or a benchmark:"
                    + " name, or part of the name.")
    private String id;

    @Mixin
    private TriageOptions options = new TriageOptions();

    @Override
    public Integer call() throws IOException {
        options.print(new ShowTriage(options.workspace(terminal())).show(id), terminal());
        return ExitCode.OPEN;
    }
}
