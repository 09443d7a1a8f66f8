package dev.plumbline.cli;

import picocli.CommandLine;

/** What people say of changes. */
@CommandLine.Command(
        name = "triage",
        description =
                "Say what is known of a change. Whatever was said, the change closes no gate again, unless it gets"
                        + " larger, a mute ends, or the commit that should fix it does not. For an intended change: plumb accept.",
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
final class TriageCommand extends Command {
    @Override
    public Integer call() {
        throw wrongUse("name a subcommand");
    }
}
