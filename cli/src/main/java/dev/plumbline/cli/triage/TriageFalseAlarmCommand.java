package dev.plumbline.cli.triage;

import dev.plumbline.core.annotation.Triage;
import picocli.CommandLine;

/** There is nothing. */
@CommandLine.Command(
        name = "false-alarm",
        description = "Mark a change as a false alarm; its runs count towards the reference again.")
final class TriageFalseAlarmCommand extends TriageDecisionCommand {
    TriageFalseAlarmCommand() {
        super(Triage.Decision.FALSE_ALARM);
    }
}
