package dev.plumbline.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ParentCommand;

/** Completion for shells. */
@CommandLine.Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {"", "Use it with: source <(plumb completion)"})
final class CompletionCommand extends Command {
    @ParentCommand
    private Plumb plumb;

    @Override
    public Integer call() {
        terminal().out().print(AutoComplete.bash("plumb", plumb.commandLine()));
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
