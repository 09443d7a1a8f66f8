package dev.plumbline.cli;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.FormatsJson;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What can be read. */
@CommandLine.Command(
        name = "formats",
        description = "List the result formats that are read: for each its id, the tool, what is kept, an example of a"
                + " file's name, and the versions it was checked with.",
        footer = {"", "A file is recognised by its content; --format ID of other commands forces a format."})
final class FormatsCommand extends Command {
    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintStream out = terminal().out();
        if (json) {
            FormatsJson.write(out);
        } else {
            Format.sorted().forEach(format -> show(format, out));
        }
        out.flush();
        return ExitCode.OPEN;
    }

    private static void show(Format format, PrintStream out) {
        out.println(String.format(Locale.ROOT, "%-24s %s", format.id(), format.title()));
        out.println("    kept: " + format.kept());
        out.println(
                "    for example " + format.example() + "; checked with " + String.join(", ", format.checkedWith()));
    }
}
