package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.annotate.ListTriages;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** The newest triage of each incident and finding. */
@CommandLine.Command(
        name = "list",
        description = "List the newest triage of every incident and finding, and who" + " recorded it.")
final class TriageListCommand extends Command {
    @Mixin
    private TriageOptions options = new TriageOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        options.print(new ListTriages(workspace, options.policies(workspace)).list(), terminal());
        return ExitCode.OPEN;
    }
}
