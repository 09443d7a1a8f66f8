package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import picocli.CommandLine;

/** Triages changes. */
@CommandLine.Command(
        name = "triage",
        description = "Record what you know about a change. A triaged change no longer fails the gate, unless it"
                + " grows, its mute expires, or the promised fix does not work. For an intended change,"
                + " use plumb accept.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "See docs/incidents.md. Example: plumb triage acknowledge i3f2a9c01 --reason \"on it\""})
@Subcommands({
    TriageListCommand.class,
    TriageShowCommand.class,
    TriageAcknowledgeCommand.class,
    TriageMuteCommand.class,
    TriageFixedCommand.class,
    TriageFalseAlarmCommand.class,
    TriageReopenCommand.class
})
public final class TriageCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
