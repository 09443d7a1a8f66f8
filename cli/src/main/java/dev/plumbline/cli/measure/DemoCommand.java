package dev.plumbline.cli.measure;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Interruption;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.demo.Demo;
import dev.plumbline.pipeline.demo.MeasuredDemo;
import dev.plumbline.pipeline.demo.ValidateDemo;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.Validation;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.FirstScreen;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the main job on data that ship with the program. */
@CommandLine.Command(
        name = "demo",
        description = "Run a check on real results that ship with Plumbline: a history of 24 commits and a"
                + " branch that makes one method slower and another faster.")
public final class DemoCommand extends Command {
    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Keep the demo's files and history in this new folder so that you can try other"
                    + " commands on them. Default: a temporary folder.")
    private Path into;

    @Option(
            names = "--real-benchmarks",
            arity = "0..1",
            fallbackValue = "any",
            paramLabel = "TOOL",
            description = "Measure Java code on this machine instead of using the shipped results: several runs"
                    + " of a small library, then a branch that makes one benchmark slower and another faster."
                    + " TOOL is jmh or java (plumb run --java). Default: JMH where Maven or Gradle has it or mvn"
                    + " can fetch it, else java. Takes two minutes, with --quick less.")
    private Measuring measuring;

    @Option(
            names = "--quick",
            description = "Print only the verdict; with --validate, use a fifth of the replays; with"
                    + " --real-benchmarks, measure for less than a minute.")
    private boolean quick;

    @Option(
            names = "--validate",
            description = "Verify Plumbline's claims on the demo's history: false positives, false negatives at the"
                    + " minimum detectable change, severities of injected changes, seconds to a verdict"
                    + " and to all reports. Takes a minute or two; exit code 1 if a claim fails. With"
                    + " --real-benchmarks: exit code 1 if an injected change is missed or anything else"
                    + " is reported.")
    private boolean validate;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the whole report, with every benchmark.")
    private boolean verbose;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions.Colours colours = new StyleOptions.Colours();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (quick && verbose) {
            throw wrongUse("--quick prints only the verdict, --verbose every benchmark; give one of them");
        }
        if (json && verbose) {
            throw wrongUse("--json prints the verdict; for every benchmark keep the demo with --into FOLDER, and give"
                    + " --json to plumb report");
        }
        Path folder = folder();
        if (measuring == null) {
            try {
                return shipped(folder);
            } finally {
                discard(folder);
            }
        }
        ProcessRunner runner = ProcessRunner.forThisMachine();
        try (Interruption interruption = new Interruption(runner::cancel)) {
            try {
                return measured(folder, runner);
            } finally {
                discard(folder);
                interruption.reported();
            }
        }
    }

    /** The values of {@code --real-benchmarks}. */
    private enum Measuring {
        ANY,
        JMH,
        JAVA;

        Optional<MeasuredDemo.Tool> tool() {
            return switch (this) {
                case ANY -> Optional.empty();
                case JMH -> Optional.of(MeasuredDemo.Tool.JMH);
                case JAVA -> Optional.of(MeasuredDemo.Tool.JAVA);
            };
        }
    }

    private Workspace workspace(Path folder) throws IOException {
        return Workspace.of(
                folder,
                terminal().variables(),
                terminal().clock(),
                Optional.of(folder.resolve(Workspace.DEFAULT_STORE)));
    }

    private int shipped(Path folder) throws IOException {
        Workspace workspace = workspace(folder);
        Demo.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = new Demo(workspace, progress).run();
        }
        List<Validation> claims = validate ? claims(workspace, outcome) : List.of();
        if (json) {
            write(outcome.arguments(), outcome.report(), claims);
        } else {
            print(outcome, claims);
        }
        return claims.stream().noneMatch(one -> one.outcome() == Validation.Outcome.FAILED)
                ? ExitCode.OPEN
                : ExitCode.CLOSED;
    }

    private void print(Demo.Outcome outcome, List<Validation> claims) {
        PrintStream out = terminal().out();
        out.println("A small library measured with JMH at " + outcome.recorded()
                + " commits of main is in the history. Now its branch tidy-fields is checked:");
        printCheck(outcome.arguments(), outcome.report());
        if (validate) {
            out.println();
            out.println("Plumbline's claims, measured on this history ("
                    + settings().replays() + " replayed healthy runs, seed "
                    + settings().seed() + "):");
            out.println();
            out.print(Validation.text(claims, style()));
            out.println();
        }
        if (into != null) {
            goOn("CsvLine");
            out.println("The command above works in " + into + "; replace candidate.json by confirm.json to"
                    + " judge a second measurement of the same commit.");
        } else {
            out.println("Keep it and look around: plumb demo --into demo, then plumb explain CsvLine --store"
                    + " demo/.plumbline/history.db");
        }
        out.flush();
    }

    private void write(List<String> arguments, Report report, List<Validation> claims) throws IOException {
        JsonText.write(
                terminal().out(),
                out -> out.object(() -> {
                    out.text("schema", "plumbline-demo/1");
                    out.text("folder", Optional.ofNullable(into).map(Path::toString));
                    out.array("check", arguments, out::text);
                    out.integer("exitCode", ExitCode.of(report.gate()));
                    out.text("summary", TextReport.summary(report));
                    out.array(
                            "claims",
                            claims,
                            claim -> out.object(() -> {
                                out.text("claim", claim.what());
                                out.text("required", claim.required());
                                out.text("measured", claim.measured());
                                out.text("outcome", claim.outcome().name());
                            }));
                }));
        terminal().out().flush();
    }

    /** The demo on measurements of this machine. */
    private int measured(Path folder, ProcessRunner runner) throws IOException, InterruptedException {
        Optional<MeasuredDemo.Outcome> outcome;
        try (ProgressLine progress = ProgressLine.ofMinutes(terminal(), () -> {}, false)) {
            outcome = new MeasuredDemo(
                            workspace(folder),
                            runner,
                            progress,
                            quick ? MeasuredDemo.Length.QUICK : MeasuredDemo.Length.FULL)
                    .run(measuring.tool(), json ? plan -> {} : this::announce);
        }
        if (outcome.isEmpty()) {
            terminal().err().println("plumb: stopped before the branch was measured");
            return ExitCode.WRONG;
        }
        if (json) {
            write(
                    outcome.get().arguments(),
                    outcome.get().report(),
                    outcome.get().truth());
        } else {
            print(outcome.get());
        }
        boolean held = outcome.get().truth().stream().noneMatch(one -> one.outcome() == Validation.Outcome.FAILED);
        return held || !validate ? ExitCode.OPEN : ExitCode.CLOSED;
    }

    private void print(MeasuredDemo.Outcome outcome) {
        PrintStream out = terminal().out();
        printCheck(outcome.arguments(), outcome.report());
        out.println();
        out.println("Injected changes, and what the check reports:");
        out.println();
        out.print(Validation.text(outcome.truth(), style()));
        out.println();
        if (into != null) {
            goOn("sort");
            out.println("The command above works in " + into + ".");
        } else {
            out.println("Keep it and look around: plumb demo --real-benchmarks --into demo, then plumb explain sort"
                    + " --store demo/.plumbline/history.db");
        }
        out.flush();
    }

    private void announce(MeasuredDemo.Plan plan) {
        PrintStream out = terminal().out();
        long seconds = Math.max(5, 5 * Math.round(plan.seconds() / 5));
        out.println("Measuring a small Java library on this machine with " + TerminalText.escape(plan.reported())
                + ": " + plan.benchmarks() + " benchmarks, " + plan.length().runs() + " runs of main and one of "
                + plan.length().forks() + " forks of its branch " + MeasuredDemo.BRANCH + ". This takes about "
                + seconds
                + " seconds.");
        out.flush();
    }

    /** The check, as if it had been asked for. */
    private void printCheck(List<String> arguments, Report report) {
        PrintStream out = terminal().out();
        out.println();
        out.println("$ plumb check " + String.join(" ", arguments));
        out.print(quick ? TextReport.summary(report) + "\n" : screen(report));
        out.println();
        out.println("In CI this check would end with exit code " + ExitCode.of(report.gate()) + ".");
    }

    private String screen(Report report) {
        if (verbose) {
            return TextReport.of(report, style());
        }
        return into == null
                ? FirstScreen.withoutHistory(report, style())
                : FirstScreen.of(
                        report,
                        style(),
                        Optional.of(into.resolve(Workspace.DEFAULT_STORE).toString()),
                        Optional.empty());
    }

    private TextStyle style() {
        return colours.style(terminal(), verbose);
    }

    private void goOn(String benchmark) {
        String store = " --store " + into.resolve(Workspace.DEFAULT_STORE);
        terminal().out().println("Go on with: plumb explain " + benchmark + store + "  |  plumb history" + store);
    }

    private Replay.Settings settings() {
        Replay.Settings all = Replay.Settings.DEFAULT;
        return quick
                ? new Replay.Settings(
                        all.replays() / 5, all.injections() / 5, all.mostSeries(), all.history(), all.seed())
                : all;
    }

    /** The claims, with the measurement of each. */
    private List<Validation> claims(Workspace workspace, Demo.Outcome outcome) throws IOException {
        try (ProgressLine progress = new ProgressLine(terminal())) {
            return new ValidateDemo(workspace, settings(), progress, System::nanoTime).run(outcome);
        }
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

    /** Deletes the folder unless it is to be kept. */
    private void discard(Path folder) throws IOException {
        if (into != null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
