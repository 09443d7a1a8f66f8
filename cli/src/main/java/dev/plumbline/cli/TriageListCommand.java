package dev.plumbline.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** What was said. */
@CommandLine.Command(name = "list", description = "List what was said last of every incident and finding, and by whom.")
final class TriageListCommand extends Command {
    @Mixin
    private TriageOptions options = new TriageOptions();

    @Override
    public Integer call() throws IOException {
        options.print(options.useCase(terminal()).list(), terminal());
        return ExitCode.OPEN;
    }
}
