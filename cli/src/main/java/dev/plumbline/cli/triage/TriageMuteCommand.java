package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.DateConverter;
import dev.plumbline.core.annotation.Triage;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Not now. */
@CommandLine.Command(name = "mute", description = "Mute a change until a given time.")
final class TriageMuteCommand extends TriageDecisionCommand {
    @Option(
            names = "--until",
            required = true,
            paramLabel = "DATE",
            converter = DateConverter.class,
            description = "When the mute expires: 2026-12-31 or 2026-12-31T12:00:00Z.")
    private Instant until;

    TriageMuteCommand() {
        super(Triage.Decision.MUTED);
    }

    @Override
    Optional<Instant> until() {
        return Optional.of(until);
    }
}
