package dev.plumbline.cli.measure;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Interruption;
import dev.plumbline.cli.option.JudgingOptions;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.ResultOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.cli.option.TargetOptions;
import dev.plumbline.cli.remote.RemoteCommand;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.measure.Precision;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.measuring.MeasureTargets;
import dev.plumbline.pipeline.measuring.PlanForks;
import dev.plumbline.pipeline.measuring.PlanTargets;
import dev.plumbline.pipeline.measuring.Preparation;
import dev.plumbline.pipeline.measuring.Target;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.ChangedFirst;
import dev.plumbline.report.answer.SuitesReport;
import dev.plumbline.report.json.RunJson;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.text.MeasuredText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures commands, JMH jars and programs that write result files. */
@CommandLine.Command(
        name = "run",
        description = "Measure commands, a JMH jar or Java code until the result is precise enough, and add it to the"
                + " history.",
        footer = {
            "",
            "Examples:",
            "  plumb run -- sort big.txt",
            "  plumb run -c 'gzip -k -f a' -c 'zstd -f a' --precision 1%%",
            "  plumb run -c './solve {n}' -P n=10,100,1000",
            "  plumb run --jmh target/benchmarks.jar -- -wi 3 -i 5 -r 1",
            "  plumb run --jmh target/benchmarks.jar --benchmark StringBench.concat --detect 3%% --dry-run",
            "  plumb run --java target/classes:lib.jar --batch 100 -- -Xmx512m",
            "  plumb run startup                 a suite of plumbline.yaml; options override it",
            "  plumb run --tag memory            all suites with a tag",
            "",
            "Ctrl-C stops measuring and keeps what was measured; --resume continues."
        })
public final class RunCommand extends Command {
    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private SuiteOptions suiteOptions = new SuiteOptions();

    @Option(
            names = "--precision",
            paramLabel = "SHARE",
            converter = JudgingOptions.ShareConverter.class,
            description = "Stop when the 95 %% confidence interval is within ± SHARE. Default: 1 %%")
    private Double precision;

    @Option(
            names = {"-r", "--runs"},
            paramLabel = "N",
            description = "Exact number of executions or forks, regardless of precision.")
    private Integer runs;

    @Option(
            names = "--min-runs",
            paramLabel = "N",
            description = "Minimum number of executions. Default: 10; 3 forks for Java")
    private Integer fewest;

    @Option(names = "--max-runs", paramLabel = "N", description = "Maximum number of executions. Default: 1000")
    private Integer most;

    @Option(
            names = "--min-time",
            paramLabel = "TIME",
            converter = TargetOptions.DurationConverter.class,
            description = "Minimum total time of the executions, such as 500ms or 3s. Default: 3s; none for JMH,"
                    + " Java and --result")
    private Duration shortest;

    @Option(
            names = {"-w", "--warmup"},
            paramLabel = "N",
            description = "Warm-up executions. Default: 1; none for JMH and Java")
    private Integer warmUps;

    @Option(
            names = "--detect",
            paramLabel = "PERCENT",
            converter = JudgingOptions.ShareConverter.class,
            description = "Measure as many forks of a JMH jar as detect a change of this size, by the noise of the"
                    + " history. Default: a major change")
    private Double size;

    @Option(
            names = "--changed-first",
            description =
                    "Measure benchmarks first that can reach code changed since --base (a JMH jar: by the"
                            + " calls in its class files; others: by the names of files); the others get the time that is left.")
    private boolean changedFirst;

    @Option(
            names = "--base",
            paramLabel = "REV",
            description = "With --changed-first: the revision the change starts from. Default: where the branch left"
                    + " the main branch; on that, the commit before.")
    private String base;

    @Option(
            names = "--dry-run",
            description = "Print what would be measured, how often and in which order, and measure nothing.")
    private boolean dryRun;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the plan of every benchmark, and why one comes first.")
    private boolean verbose;

    @Mixin
    private StyleOptions.Colours colours = new StyleOptions.Colours();

    @Option(names = "--list", description = "List the suites of plumbline.yaml, or those with the given tags.")
    private boolean list;

    @Option(
            names = "--resume",
            description = "Continue an earlier run of the same command that was stopped, ran out of time or was"
                    + " killed; starts over if the machine or the code has changed.")
    private boolean resume;

    @Option(names = "--no-record", description = "Do not add the results to the history.")
    private boolean unrecorded;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress. Without a terminal, progress is one line every ten seconds.")
    private boolean quiet;

    @Option(names = "--json", description = "Print all measurements as JSON that plumb can read.")
    private boolean json;

    @Mixin
    private ReadingOptions readingOptions = new ReadingOptions();

    @Mixin
    private ResultOptions resultOptions = new ResultOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        if (base != null && !changedFirst) {
            throw wrongUse("--base needs --changed-first: it says which change comes first");
        }
        if (dryRun && json) {
            throw wrongUse("--dry-run prints text; leave out --json");
        }
        if (size != null && (precision != null || runs != null || fewest != null || most != null)) {
            throw wrongUse("--detect decides how many forks are measured; leave it out, or leave out --precision,"
                    + " --runs, --min-runs and --max-runs");
        }
        Workspace workspace = readingOptions.in(storeOption.workspace(terminal()));
        List<ConfiguredSuite> suites = suiteOptions.picked(workspace.configuration(), targetOptions);
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
        for (ConfiguredSuite suite : suites) {
            tasks.add(MeasureTargets.Task.of(options, suite));
        }
        if (suites.isEmpty()) {
            tasks.add(MeasureTargets.Task.of(options));
        }
        if (size != null && tasks.stream().noneMatch(task -> task.target().isPlannedByForks())) {
            throw wrongUse("--detect plans the forks of a JMH jar; for anything else, give --precision");
        }
        boolean isOnServer = !unrecorded
                && !dryRun
                && storeOption.store().isEmpty()
                && RemoteCommand.isExpected(terminal(), workspace.configuration());
        SendResults sending = new SendResults(program(), workspace, storeOption.config());
        ProcessRunner runner = ProcessRunner.forThisMachine();
        Workspace there =
                suites.isEmpty() ? workspace : workspace.in(suites.get(0).folder());
        if (dryRun) {
            return plan(there, tasks, runner);
        }
        try (Interruption interruption = new Interruption(runner::cancel)) {
            MeasureTargets.Outcome outcome;
            try (ProgressLine progress = ProgressLine.ofMinutes(terminal(), () -> warnOfNoise(targets(tasks)), quiet)) {
                outcome = new MeasureTargets(
                                there,
                                resultOptions.overrides(workspace, terminal()),
                                runner,
                                progress,
                                preparation(there))
                        .measure(tasks, keeping(isOnServer, sending), resume);
            }
            print(outcome, !isOnServer || sending.isRecorded());
            interruption.reported();
            return outcome.hasFailures() || sending.isRefused() ? ExitCode.WRONG : ExitCode.OPEN;
        }
    }

    private MeasureTargets.Keeping keeping(boolean isOnServer, SendResults sending) {
        if (unrecorded) {
            return MeasureTargets.Keeping.NOTHING;
        }
        return isOnServer ? new MeasureTargets.Keeping.HandedOver(sending::send) : MeasureTargets.Keeping.HISTORY;
    }

    private Preparation preparation(Workspace workspace) {
        return new Preparation(
                Optional.of(new PlanForks(
                        workspace,
                        workspace
                                .configuration()
                                .thresholds(workspace.configuration().policy()),
                        size == null ? OptionalDouble.empty() : OptionalDouble.of(size))),
                changedFirst,
                Optional.ofNullable(base),
                new PlanLines(terminal(), dryRun, verbose));
    }

    private int plan(Workspace workspace, List<MeasureTargets.Task> tasks, ProcessRunner runner) throws IOException {
        List<List<String>> names = new PlanTargets(workspace, runner, preparation(workspace)).plan(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            Precision precision = tasks.get(i).settings().precision();
            if (!tasks.get(i).target().isPlannedByForks()) {
                names.get(i).forEach(name -> terminal()
                        .out()
                        .println(TerminalText.escape(name) + ": "
                                + MeasuredText.planned(precision.fewest(), precision.most(), precision.halfWidth())));
            }
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private int list(List<ConfiguredSuite> suites) throws IOException {
        List<SuitesReport.Row> rows = suites.stream()
                .map(suite -> new SuitesReport.Row(
                        suite.name(), suite.tags(), suite.settings().what().reported()))
                .toList();
        if (json) {
            SuitesReport.writeJson(rows, terminal().out());
        } else {
            terminal().out().print(SuitesReport.text(rows, colours.style(terminal(), false)));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private static Target targets(List<MeasureTargets.Task> tasks) {
        return new Target.Several(
                tasks.stream().map(MeasureTargets.Task::target).toList());
    }

    private boolean isResumable() {
        return !unrecorded || resume;
    }

    /** @param isKept whether the history has it, here or on a server */
    private void print(MeasureTargets.Outcome outcome, boolean isKept) throws IOException {
        outcome.notes().forEach(note -> terminal().err().println("plumb: " + TerminalText.escape(note)));
        outcome.problems()
                .forEach(problem -> terminal().err().println("plumb: " + TerminalText.escape(problem.toString())));
        List<String> skipped = outcome.outcomes().stream()
                .filter(RunCommand::isSkipped)
                .map(Rounds.Outcome::subject)
                .toList();
        if (!skipped.isEmpty()) {
            terminal().err().println("plumb: " + TerminalText.escape(ChangedFirst.skipped(skipped)));
        }
        for (Rounds.Outcome each : outcome.outcomes()) {
            String text = sentence(each);
            if (!text.isEmpty()) {
                terminal().err().println("plumb: " + TerminalText.escapeLines(text));
            }
        }
        if (json) {
            RunJson.write(outcome.runs(), terminal().out());
        } else {
            terminal()
                    .out()
                    .print(MeasuredText.of(outcome.runs(), outcome.planned(), colours.style(terminal(), false)));
            if (!unrecorded && isKept && !outcome.runs().isEmpty()) {
                terminal().out().println(recorded(outcome.runs()));
            }
        }
        terminal().out().flush();
    }

    private static String recorded(List<Run> runs) {
        Revision revision = runs.get(0).header().revision();
        String commit = revision.isKnown() ? ", commit " + revision.shortCommit() : "";
        // the table shows means; without a note, a different number elsewhere would look like an error
        boolean medians = runs.stream()
                .flatMap(run -> run.measurements().stream())
                .allMatch(measurement -> measurement.sample() instanceof Sample.Values values
                        && values.center() == Sample.Center.MEDIAN);
        return "added to the history" + (medians ? " (medians)" : "") + ": branch "
                + TerminalText.escape(revision.branch() + commit);
    }

    /** The note on how the measuring ended; empty when it ended normally. */
    private String sentence(Rounds.Outcome outcome) {
        if (isSkipped(outcome)) {
            return "";
        }
        return switch (outcome.end()) {
            case PRECISE -> "";
            case MOST ->
                outcome.isPlanned()
                        ? ""
                        : outcome.subject() + ": known " + MeasuredText.precision(outcome.interval()) + " after "
                                + outcome.executions() + " executions, the limit set by --max-runs"
                                + needed(outcome);
            case DRIFT ->
                outcome.subject() + ": known " + MeasuredText.precision(outcome.interval()) + " after "
                        + outcome.executions() + " executions; the machine drifts while it measures, so more"
                        + " executions would hardly help (run plumb doctor to see what to change)";
            case TIME ->
                outcome.subject() + ": inconclusive, time ran out after " + outcome.executions()
                        + (outcome.executions() == 1 ? " execution" : " executions") + "; the level is known "
                        + MeasuredText.precision(outcome.interval()) + needed(outcome)
                        + (isResumable() ? " (continue with --resume, or raise --budget)" : " (raise --budget)");
            case STOPPED ->
                outcome.executions() == 0
                        ? outcome.subject() + ": stopped before the first measured execution"
                        : outcome.subject() + ": stopped after " + outcome.executions()
                                + (outcome.executions() == 1 ? "; it is kept" : "; they are kept")
                                + (isResumable() ? "; continue with --resume" : "");
            case FAILED -> outcome.failure();
        };
    }

    /** Whether others took all the time. */
    private static boolean isSkipped(Rounds.Outcome outcome) {
        return outcome.end() == Rounds.End.TIME && outcome.executions() == 0;
    }

    private static String needed(Rounds.Outcome outcome) {
        if (outcome.isPlanned() && outcome.needed().isPresent()) {
            return "; planned were " + outcome.needed().getAsInt();
        }
        return outcome.needed().isPresent()
                ? "; about " + outcome.needed().getAsInt() + " executions would reach the requested precision"
                : "";
    }
}
