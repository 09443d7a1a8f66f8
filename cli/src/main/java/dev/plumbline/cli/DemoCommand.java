package dev.plumbline.cli;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.pipeline.Demo;
import dev.plumbline.pipeline.ValidateDemo;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.TextReport;
import dev.plumbline.report.TextStyle;
import dev.plumbline.report.Validation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Option(names = "--quick", description = "Print the verdict alone; with --validate, a fifth of the replays.")
    private boolean quick;

    @Option(
            names = "--validate",
            description =
                    "Measure on the demo's history what is promised: false positives, false negatives at the stated"
                            + " smallest change, severities of planted changes, seconds to a verdict and to all reports. Takes a"
                            + " minute or two; exit code 1 if a promise does not hold.")
    private boolean validate;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every benchmark, the unchanged ones too.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        if (quick && verbose) {
            throw wrongUse("--quick prints the verdict alone, --verbose every benchmark");
        }
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
        TextStyle style = terminal().style(Terminal.Colour.AUTO, verbose);
        out.print(quick ? TextReport.summary(outcome.report()) + "\n" : TextReport.of(outcome.report(), style));
        out.println();
        out.println("In CI this check would end with exit code "
                + ExitCode.of(outcome.report().gate()) + ".");
        boolean held = !validate || validate(workspace, outcome, style);
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
        return held ? ExitCode.OPEN : ExitCode.CLOSED;
    }

    /** Prints what was measured of each promise. */
    private boolean validate(Workspace workspace, Demo.Outcome outcome, TextStyle style) throws IOException {
        Replay.Settings all = Replay.Settings.DEFAULT;
        Replay.Settings settings = quick
                ? new Replay.Settings(
                        all.replays() / 5, all.injections() / 5, all.mostSeries(), all.history(), all.seed())
                : all;
        List<Validation> validations;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            validations = new ValidateDemo(workspace, settings, progress, System::nanoTime).run(outcome);
        }
        terminal().out().println();
        terminal()
                .out()
                .println("What is promised, measured on this history (" + settings.replays()
                        + " replayed healthy runs, seed " + settings.seed() + "):");
        terminal().out().println();
        terminal().out().print(Validation.text(validations, style));
        terminal().out().println();
        return validations.stream().allMatch(Validation::passed);
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
