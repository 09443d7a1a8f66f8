package dev.plumbline.cli;

import dev.plumbline.measure.Precision;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.MeasureTargets;
import dev.plumbline.report.MeasuredText;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.TerminalText;
import java.io.IOException;
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
            "",
            "Ctrl-C ends the measuring and keeps what was measured."
        })
final class RunCommand extends Command {
    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Option(
            names = "--precision",
            paramLabel = "SHARE",
            defaultValue = "1%",
            converter = PolicyOptions.ShareConverter.class,
            description = "Stop when the 95 %% interval is so narrow: ± SHARE. Default: ${DEFAULT-VALUE}")
    private double precision;

    @Option(
            names = {"-r", "--runs"},
            paramLabel = "N",
            description = "Exactly so many executions or forks, whatever the precision.")
    private Integer runs;

    @Option(
            names = "--min-runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "At least so many executions; forks of Java: at least 3. Default: ${DEFAULT-VALUE}")
    private int fewest;

    @Option(
            names = "--max-runs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many. Default: ${DEFAULT-VALUE}")
    private int most;

    @Option(
            names = {"-w", "--warmup"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Executions before the first that counts; none for Java. Default: ${DEFAULT-VALUE}")
    private int warmUps;

    @Option(names = "--no-record", description = "Do not add what was measured to the history.")
    private boolean unrecorded;

    @Option(names = "--json", description = "Answer with everything that was measured, as a file that plumb reads.")
    private boolean json;

    @Mixin
    private ReadingOptions readingOptions = new ReadingOptions();

    @Mixin
    private ResultOptions resultOptions = new ResultOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Rounds.Settings settings = settings();
        warnOfNoise();
        ProcessRunner runner = ProcessRunner.forThisMachine();
        try (Interruption interruption = new Interruption(runner::cancel)) {
            MeasureTargets.Outcome outcome;
            try (ProgressLine progress = new ProgressLine(terminal())) {
                outcome = new MeasureTargets(
                                readingOptions.in(storeOption.workspace(terminal())),
                                resultOptions.overrides(),
                                settings,
                                targetOptions.limit(),
                                runner,
                                progress)
                        .measure(targetOptions.target(readingOptions.format()), !unrecorded);
            }
            tell(outcome);
            interruption.told();
            return outcome.hasFailures() ? ExitCode.WRONG : ExitCode.OPEN;
        }
    }

    private Rounds.Settings settings() {
        boolean forked = targetOptions.isForked();
        int least = Math.min(forked ? Math.min(fewest, 3) : fewest, most);
        try {
            Precision asked = runs == null ? new Precision(precision, 0.95, least, most) : Precision.exactly(runs);
            return new Rounds.Settings(asked, forked ? 0 : warmUps, targetOptions.budget(), targetOptions.seed());
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }

    private void tell(MeasureTargets.Outcome outcome) throws IOException {
        outcome.problems()
                .forEach(problem -> terminal().err().println("plumb: " + TerminalText.escape(problem.toString())));
        for (Rounds.Outcome each : outcome.outcomes()) {
            String text = sentence(each);
            if (!text.isEmpty()) {
                terminal().err().println("plumb: " + TerminalText.escapeLines(text));
            }
        }
        if (json) {
            RunJson.write(outcome.runs(), terminal().out());
        } else {
            terminal().out().print(MeasuredText.of(outcome.runs(), terminal().style(Terminal.Colour.AUTO, false)));
        }
        terminal().out().flush();
    }

    /** What a person should know of how the measuring ended; empty when it ended as it should. */
    private String sentence(Rounds.Outcome outcome) {
        return switch (outcome.end()) {
            case PRECISE -> "";
            case MOST ->
                runs != null
                        ? ""
                        : outcome.subject() + ": known " + MeasuredText.precision(outcome.interval()) + " after "
                                + outcome.executions() + " executions, the most that --max-runs allows";
            case TIME ->
                outcome.subject() + ": the time was over after " + outcome.executions()
                        + (outcome.executions() == 1 ? " execution" : " executions") + "; the level is known "
                        + MeasuredText.precision(outcome.interval()) + " (--budget gives more time)";
            case STOPPED -> outcome.subject() + ": stopped after " + outcome.executions() + "; these are kept";
            case FAILED -> outcome.failure();
        };
    }
}
