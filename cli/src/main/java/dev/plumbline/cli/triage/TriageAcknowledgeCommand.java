package dev.plumbline.cli.triage;

import dev.plumbline.core.annotation.Triage;
import picocli.CommandLine;

/** Records that someone works on a change. */
@CommandLine.Command(
        name = "acknowledge",
        description = "Acknowledge a change: it is real and someone is working on it.")
final class TriageAcknowledgeCommand extends TriageDecisionCommand {
    TriageAcknowledgeCommand() {
        super(Triage.Decision.ACKNOWLEDGED);
    }
}
