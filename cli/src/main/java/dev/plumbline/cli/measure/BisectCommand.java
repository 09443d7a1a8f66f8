package dev.plumbline.cli.measure;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Interruption;
import dev.plumbline.cli.option.JudgingOptions;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.cli.option.TargetOptions;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.ingest.Format;
import dev.plumbline.measure.BisectRounds;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.measuring.BisectChange;
import dev.plumbline.pipeline.measuring.JointTask;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BisectReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the commit that changed a benchmark. */
@CommandLine.Command(
        name = "bisect",
        description = "Find the commit that changed a benchmark, with as few runs as possible.",
        customSynopsis = {
            "plumb bisect --good REV --bad REV [OPTIONS] BENCHMARK -c LINE",
            "plumb bisect --good REV --bad REV [OPTIONS] BENCHMARK --jmh JAR [-- JMH-OPTION...]",
            "plumb bisect --good REV --bad REV [OPTIONS] BENCHMARK -- PROGRAM ARGUMENT...",
        },
        footer = {
            "",
            "BENCHMARK is a benchmark name as tables show it, part of the name, or a pattern with * and ?. An exact",
            "match takes precedence.",
            "First, plumb measures good and bad in turn until they clearly differ. Then each run goes to the commit",
            "about which least is known, until one commit is the culprit with the requested probability. Commits",
            "that do not build or cannot be measured are skipped. No commit is built twice.",
            "",
            "Exit codes: 0 culprit found, 2 usage error, or good or bad cannot be measured,",
            "3 good and bad do not differ, or time ran out.",
            "",
            "Examples:",
            "  plumb bisect solve --good v1.2 --bad HEAD --build make -c ./solve -n solve",
            "  plumb bisect --good v1.2 --bad main --build 'mvn -q package' '*Sort.quick' --jmh target/benchmarks.jar"
        })
public final class BisectCommand extends Command {
    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Option(names = "--good", paramLabel = "REV", required = true, description = "A revision without the change.")
    private String good;

    @Option(
            names = "--bad",
            paramLabel = "REV",
            defaultValue = "HEAD",
            description = "A revision with the change." + " Default: HEAD")
    private String bad;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "The metric to bisect. Default: the main metric, time for commands.")
    private String metric;

    @Option(
            names = "--build",
            paramLabel = "LINE",
            description = "Shell command that builds a checkout; runs once for each measured commit.")
    private String build;

    @Option(
            names = "--posterior",
            paramLabel = "SHARE",
            defaultValue = "99%",
            converter = JudgingOptions.ShareConverter.class,
            description = "Stop when one commit is the culprit with at least this probability. Default:"
                    + " ${DEFAULT-VALUE}")
    private double posterior;

    @Option(
            names = "--max-runs",
            paramLabel = "N",
            defaultValue = "500",
            description = "Maximum number of runs over all commits. Default: ${DEFAULT-VALUE}")
    private int most;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = ReadingOptions.FormatConverter.class,
            description = "Format of the result files. Default: detected from their content.")
    private Format format;

    @Option(names = "--json", description = "Output JSON; docs/bisect-schema.json describes it.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        String benchmark =
                targetOptions.firstWord("name the benchmark to bisect, before -- and before any" + " command");
        JointTask task = JointTask.of(
                targetOptions.settingsAfterFirstWord(
                        Optional.ofNullable(format),
                        new MeasuringSettings.Build(Optional.ofNullable(build), List.of())),
                List.of());
        BisectChange.Plan plan = plan(workspace, benchmark, task);
        ProcessRunner runner = ProcessRunner.forThisMachine();
        try (Interruption interruption = new Interruption(runner::cancel)) {
            BisectReport report;
            try (ProgressLine progress = new ProgressLine(terminal(), () -> warnOfNoise(task.target()))) {
                report = new BisectChange(workspace, plan, runner, progress).bisect(task.target());
            }
            if (json) {
                report.writeJson(terminal().out());
            } else {
                terminal().out().print(report.text(styleOptions.style(terminal())));
            }
            terminal().out().flush();
            interruption.reported();
            return report.end() == BisectReport.End.FOUND ? ExitCode.OPEN : ExitCode.UNDECIDED;
        }
    }

    private BisectChange.Plan plan(Workspace workspace, String benchmark, JointTask task) {
        try {
            return new BisectChange.Plan(
                    good,
                    bad,
                    new BenchmarkName(benchmark),
                    Optional.ofNullable(metric),
                    task.build(),
                    new BisectRounds.Settings(
                            posterior,
                            workspace.configuration().policy().policy().suiteErrorRate(),
                            Math.max(3, Math.min(20, most / 2)),
                            most,
                            task.budget()),
                    task.limit());
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }
}
