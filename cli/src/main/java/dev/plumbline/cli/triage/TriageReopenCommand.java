package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.annotation.Triage;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes the triage of an incident or a finding. */
@CommandLine.Command(name = "reopen", description = "Reopen a change: it counts again from the next check.")
final class TriageReopenCommand extends Command {
    @Parameters(
            paramLabel = "ID",
            description = "Id of an incident or a finding (its first characters are enough), or a benchmark's"
                    + " full name.")
    private String target;

    @Mixin
    private TriageOptions options = new TriageOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        options.print(
                options.recording(terminal())
                        .record(
                                target,
                                Triage.Decision.REOPENED,
                                Optional.empty(),
                                Optional.empty(),
                                authorOptions.author(terminal()))
                        .report(),
                terminal());
        return ExitCode.OPEN;
    }
}
