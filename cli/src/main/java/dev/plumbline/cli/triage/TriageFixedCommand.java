package dev.plumbline.cli.triage;

import dev.plumbline.core.annotation.Triage;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Marks a change as fixed. */
@CommandLine.Command(
        name = "fixed",
        description = "Name the commit that fixes a regression. If the regression persists after that commit, it"
                + " counts again.")
final class TriageFixedCommand extends TriageDecisionCommand {
    @Option(
            names = "--commit",
            required = true,
            paramLabel = "COMMIT",
            description = "The fixing commit: an id, a tag or a branch.")
    private String commit;

    TriageFixedCommand() {
        super(Triage.Decision.FIXED);
    }

    @Override
    Optional<String> fix() {
        return Optional.of(commit);
    }
}
