package dev.plumbline.cli;

import dev.plumbline.ingest.Format;
import java.util.Locale;
import picocli.CommandLine;

/** What can be read. */
@CommandLine.Command(name = "formats", description = "List the result formats that are read.")
final class FormatsCommand extends Command {
    @Override
    public Integer call() {
        for (Format format : Format.values()) {
            terminal().out().println(String.format(Locale.ROOT, "%-22s %s", format.id(), format.title()));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
