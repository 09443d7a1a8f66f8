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

/** Somebody knows. */
@CommandLine.Command(
        name = "acknowledge",
        description = "Acknowledge a change: it is real and someone is" + " working on it.")
final class TriageAcknowledgeCommand extends Command {
    @Parameters(
            paramLabel = "ID",
            description = "Id of an incident or a finding (its first characters are enough), or a benchmark:"
                    + " name, or part of the name.")
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
                                Triage.Decision.ACKNOWLEDGED,
                                Optional.empty(),
                                Optional.empty(),
                                authorOptions.author(terminal()))
                        .report(),
                terminal());
        return ExitCode.OPEN;
    }
}
