package dev.plumbline.cli.triage;

import dev.plumbline.core.annotation.Triage;
import picocli.CommandLine;

/** Removes the triage of an incident or a finding. */
@CommandLine.Command(name = "reopen", description = "Reopen a change: it counts again from the next check.")
final class TriageReopenCommand extends TriageDecisionCommand {
    TriageReopenCommand() {
        super(Triage.Decision.REOPENED);
    }
}
