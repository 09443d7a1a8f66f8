package dev.plumbline.cli;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.FormatsJson;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Lists the known formats. */
@CommandLine.Command(
        name = "formats",
        description = "List the supported result formats: id, tool, what is kept, an example file name, and the"
                + " tested versions.",
        footer = {"", "Formats are detected from the file's content; other commands take --format ID to force" + " one."
        })
final class FormatsCommand extends Command {
    @Option(names = "--json", description = "Output JSON.")
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
