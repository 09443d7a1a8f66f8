package dev.plumbline.cli;

import dev.plumbline.pipeline.Demo;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Shows the main job on data that ship with the program. */
@CommandLine.Command(
        name = "demo",
        description = "Show the main job on real results that ship with Plumbline: a history of 24 commits and a change"
                + " that makes one thing slower and another faster.")
final class DemoCommand extends Command {
    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Keep the demo's files and history in this new folder, to try other commands on them."
                    + " Default: a temporary folder.")
    private Path into;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every benchmark, the unchanged ones too.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        Path folder = folder();
        Workspace workspace = Workspace.of(
                folder,
                terminal().variables(),
                terminal().clock(),
                Optional.of(folder.resolve(Workspace.DEFAULT_STORE)));
        Demo.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = new Demo(workspace, progress).run();
        }
        PrintStream out = terminal().out();
        out.println("A small library measured with JMH at " + outcome.recorded()
                + " commits of main is in the history. Now its branch tidy-fields is checked:");
        out.println();
        out.println("$ plumb check " + String.join(" ", outcome.arguments()));
        out.print(TextReport.of(outcome.report(), terminal().style(Terminal.Colour.AUTO, verbose)));
        out.println();
        out.println("In CI this check would end with exit code "
                + ExitCode.of(outcome.report().gate()) + ".");
        if (into != null) {
            String store = " --store " + into.resolve(Workspace.DEFAULT_STORE);
            out.println("Go on with: plumb explain CsvLine" + store + "  |  plumb history" + store);
            out.println("The command above works in " + into + "; with confirm.json in the place of candidate.json it"
                    + " judges the same commit with a second measurement.");
        } else {
            out.println("Keep it and look around: plumb demo --into demo, then plumb explain CsvLine --store"
                    + " demo/.plumbline/history.db");
            delete(folder);
        }
        out.flush();
        return ExitCode.OPEN;
    }

    private Path folder() throws IOException {
        if (into == null) {
            return Files.createTempDirectory("plumb-demo");
        }
        Path folder = terminal().directory().resolve(into);
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "exists already; name a new folder");
        }
        return Files.createDirectories(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
