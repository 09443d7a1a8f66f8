package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.DateConverter;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.annotation.Triage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Not now. */
@CommandLine.Command(name = "mute", description = "Mute a change until a given time.")
final class TriageMuteCommand extends Command {
    @Parameters(
            paramLabel = "ID",
            description = "Id of an incident or a finding (its first characters are enough), or a benchmark:"
                    + " name, or part of the name.")
    private String target;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "DATE",
            converter = DateConverter.class,
            description = "When the mute expires: 2026-12-31 or 2026-12-31T12:00:00Z.")
    private Instant until;

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
                                Triage.Decision.MUTED,
                                Optional.of(until),
                                Optional.empty(),
                                authorOptions.author(terminal()))
                        .report(),
                terminal());
        return ExitCode.OPEN;
    }
}
