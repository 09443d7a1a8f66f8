package dev.plumbline.cli;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Completion for shells. */
@CommandLine.Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {"", "Use it with: source <(plumb completion)"})
final class CompletionCommand extends Command {
    @Override
    public Integer call() {
        terminal().out().print(AutoComplete.bash("plumb", CommandTree.whole(new Plumb(terminal()))));
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
