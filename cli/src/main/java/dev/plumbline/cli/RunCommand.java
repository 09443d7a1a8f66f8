package dev.plumbline.cli;

import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.MeasureTargets;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.config.Suite;
import dev.plumbline.report.MeasuredText;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.SuitesReport;
import dev.plumbline.report.TerminalText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures commands, JMH jars and programs that write result files. */
@CommandLine.Command(
        name = "run",
        description =
                "Measure commands, a JMH jar or Java code until the answer is exact enough, and add it to the history.",
        footer = {
            "",
            "Examples:",
            "  plumb run -- sort big.txt",
            "  plumb run -c 'gzip -k -f a' -c 'zstd -f a' --precision 1%%",
            "  plumb run -c './solve {n}' -P n=10,100,1000",
            "  plumb run --jmh target/benchmarks.jar -- -wi 3 -i 5 -r 1",
            "  plumb run --java target/classes:lib.jar --batch 100 -- -Xmx512m",
            "  plumb run startup                 a suite of plumbline.yaml; options win over what it says",
            "  plumb run --tag memory            all suites with a tag",
            "",
            "Ctrl-C stops measuring and keeps what was measured; --resume continues."
        })
final class RunCommand extends Command {
    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private SuiteOptions suiteOptions = new SuiteOptions();

    @Option(
            names = "--precision",
            paramLabel = "SHARE",
            converter = PolicyOptions.ShareConverter.class,
            description = "Stop when the 95 %% interval is so narrow: ± SHARE. Default: 1 %%")
    private Double precision;

    @Option(
            names = {"-r", "--runs"},
            paramLabel = "N",
            description = "Exactly so many executions or forks, whatever the precision.")
    private Integer runs;

    @Option(
            names = "--min-runs",
            paramLabel = "N",
            description = "At least so many executions. Default: 10; 3 forks of Java")
    private Integer fewest;

    @Option(names = "--max-runs", paramLabel = "N", description = "At most so many. Default: 1000")
    private Integer most;

    @Option(
            names = "--min-time",
            paramLabel = "TIME",
            converter = TargetOptions.DurationConverter.class,
            description = "The executions take at least so long together, as 500ms, 3s. Default: 3s; none for JMH, Java"
                    + " and --result")
    private Duration shortest;

    @Option(
            names = {"-w", "--warmup"},
            paramLabel = "N",
            description = "Executions before the first that counts. Default: 1; none for JMH and Java")
    private Integer warmUps;

    @Option(names = "--list", description = "Show the suites of plumbline.yaml, those of the tags if some are given.")
    private boolean list;

    @Option(
            names = "--resume",
            description = "Go on with what the same command measured before it was stopped, ran out of time or was"
                    + " killed; afresh if the machine or the code has changed since.")
    private boolean resume;

    @Option(names = "--no-record", description = "Do not add what was measured to the history.")
    private boolean unrecorded;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing of how far the measuring is; without a terminal a line every ten seconds does.")
    private boolean quiet;

    @Option(names = "--json", description = "Print all measurements in a format that plumb reads.")
    private boolean json;

    @Mixin
    private ReadingOptions readingOptions = new ReadingOptions();

    @Mixin
    private ResultOptions resultOptions = new ResultOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = readingOptions.in(storeOption.workspace(terminal()));
        List<Suite> suites = suiteOptions.picked(workspace.configuration(), targetOptions);
        if (list) {
            return list(
                    suiteOptions.isAsked(targetOptions)
                            ? suites
                            : workspace.configuration().suites());
        }
        MeasuringSettings options = targetOptions.settings(
                readingOptions.format(),
                MeasuringSettings.Build.NONE,
                new TargetOptions.Length(precision, runs, fewest, most, shortest, warmUps));
        List<MeasureTargets.Task> tasks = new ArrayList<>();
        for (Suite suite : suites) {
            tasks.add(MeasureTargets.Task.of(options, suite));
        }
        if (suites.isEmpty()) {
            tasks.add(MeasureTargets.Task.of(options));
        }
        ProcessRunner runner = ProcessRunner.forThisMachine();
        try (Interruption interruption = new Interruption(runner::cancel)) {
            MeasureTargets.Outcome outcome;
            try (ProgressLine progress = ProgressLine.ofMinutes(terminal(), this::warnOfNoise, quiet)) {
                outcome = new MeasureTargets(
                                suites.isEmpty()
                                        ? workspace
                                        : workspace.in(suites.get(0).folder()),
                                resultOptions.overrides(workspace, terminal()),
                                runner,
                                progress)
                        .measure(
                                tasks,
                                unrecorded ? MeasureTargets.Keeping.NOTHING : MeasureTargets.Keeping.HISTORY,
                                resume);
            }
            tell(outcome);
            interruption.told();
            return outcome.hasFailures() ? ExitCode.WRONG : ExitCode.OPEN;
        }
    }

    private int list(List<Suite> suites) throws IOException {
        List<SuitesReport.Row> rows = suites.stream()
                .map(suite -> new SuitesReport.Row(
                        suite.name(), suite.tags(), suite.settings().what().told()))
                .toList();
        if (json) {
            SuitesReport.writeJson(rows, terminal().out());
        } else {
            terminal().out().print(SuitesReport.text(rows, terminal().style(Terminal.Colour.AUTO, false)));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private boolean isResumable() {
        return !unrecorded || resume;
    }

    private void tell(MeasureTargets.Outcome outcome) throws IOException {
        outcome.notes().forEach(note -> terminal().err().println("plumb: " + TerminalText.escape(note)));
        outcome.problems()
                .forEach(problem -> terminal().err().println("plumb: " + TerminalText.escape(problem.toString())));
        for (Rounds.Outcome each : outcome.outcomes()) {
            String text = sentence(each, outcome.planned());
            if (!text.isEmpty()) {
                terminal().err().println("plumb: " + TerminalText.escapeLines(text));
            }
        }
        if (json) {
            RunJson.write(outcome.runs(), terminal().out());
        } else {
            terminal()
                    .out()
                    .print(MeasuredText.of(
                            outcome.runs(), outcome.planned(), terminal().style(Terminal.Colour.AUTO, false)));
            if (!unrecorded && !outcome.runs().isEmpty()) {
                terminal().out().println(recorded(outcome.runs()));
            }
        }
        terminal().out().flush();
    }

    private static String recorded(List<Run> runs) {
        Revision revision = runs.get(0).header().revision();
        String commit = revision.isKnown() ? ", commit " + revision.shortCommit() : "";
        // the table shows means, and where they differ somebody wonders which number is wrong
        boolean medians = runs.stream()
                .flatMap(run -> run.measurements().stream())
                .allMatch(measurement -> measurement.sample() instanceof Sample.Values values
                        && values.center() == Sample.Center.MEDIAN);
        return "added to the history" + (medians ? ", where medians stand" : "") + ": branch "
                + TerminalText.escape(revision.branch() + commit);
    }

    /** What a person should know of how the measuring ended; empty when it ended as it should. */
    private String sentence(Rounds.Outcome outcome, boolean planned) {
        return switch (outcome.end()) {
            case PRECISE -> "";
            case MOST ->
                planned
                        ? ""
                        : outcome.subject() + ": known " + MeasuredText.precision(outcome.interval()) + " after "
                                + outcome.executions() + " executions, the most that --max-runs allows"
                                + needed(outcome);
            case DRIFT ->
                outcome.subject() + ": known " + MeasuredText.precision(outcome.interval()) + " after "
                        + outcome.executions() + " executions; the machine drifts while it measures, and more of them"
                        + " would hardly make that narrower (plumb doctor tells what to change)";
            case TIME ->
                outcome.subject() + ": inconclusive, the time was over after " + outcome.executions()
                        + (outcome.executions() == 1 ? " execution" : " executions") + "; the level is known "
                        + MeasuredText.precision(outcome.interval()) + needed(outcome)
                        + (isResumable() ? " (--resume goes on, " : " (") + "--budget gives more time)";
            case STOPPED ->
                outcome.executions() == 0
                        ? outcome.subject() + ": stopped before the first execution that counts"
                        : outcome.subject() + ": stopped after " + outcome.executions()
                                + (outcome.executions() == 1 ? "; it is kept" : "; these are kept")
                                + (isResumable() ? ", and --resume goes on" : "");
            case FAILED -> outcome.failure();
        };
    }

    private static String needed(Rounds.Outcome outcome) {
        return outcome.needed().isPresent()
                ? "; about " + outcome.needed().getAsInt() + " executions would make it as exact as asked"
                : "";
    }
}
