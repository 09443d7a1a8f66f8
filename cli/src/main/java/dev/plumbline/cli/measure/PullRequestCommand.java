package dev.plumbline.cli.measure;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Interruption;
import dev.plumbline.cli.option.OutputOptions;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.PublishOptions;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.TargetOptions;
import dev.plumbline.ingest.Format;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.check.PublishReport;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.measuring.JointTask;
import dev.plumbline.pipeline.measuring.MeasureChange;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.html.DetailedReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures two revisions in turn and judges the one against the other. */
@CommandLine.Command(
        name = "pr",
        description = "Measure two revisions side by side on this machine, judge the change, and gate.",
        footer = {
            "",
            "Checks out both revisions into separate folders, builds them, and measures them in pairs of alternating",
            "order until every result is known or time runs out. A regression is reported only if fresh pairs",
            "confirm it. Needs no history.",
            "",
            "Exit codes: 0 the gate passes, 1 it fails, 2 usage error or failed build,",
            "3 undecided, and the policy requires a decision.",
            "",
            "Examples:",
            "  plumb pr --build 'mvn -q package' --jmh target/benchmarks.jar -- -wi 3 -i 3 -r 1",
            "  plumb pr --base v1.2 --head HEAD --build make -c ./solve",
            "  plumb pr startup memory           suites of plumbline.yaml"
        })
public final class PullRequestCommand extends Command {
    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private SuiteOptions suiteOptions = new SuiteOptions();

    @Option(
            names = "--base",
            paramLabel = "REV",
            description = "Judge against this revision. Default: the merge base with the pull request's target"
                    + " or the main branch.")
    private String base;

    @Option(
            names = "--head",
            paramLabel = "REV",
            defaultValue = "HEAD",
            description = "The revision to judge. Default: ${DEFAULT-VALUE}")
    private String head;

    @Option(
            names = "--build",
            paramLabel = "LINE",
            description = "Shell command that builds a checkout; runs once for each revision.")
    private String build;

    @Option(
            names = "--artifact",
            paramLabel = "PATH",
            description = "File or folder of the checkout that determines what is measured; may be repeated. If"
                    + " all are identical on both sides, nothing is measured. Known for --jmh and --java.")
    private List<String> artifacts = List.of();

    @Option(
            names = "--min-pairs",
            paramLabel = "N",
            defaultValue = "4",
            description = "Minimum number of pairs before a decision. Default: ${DEFAULT-VALUE}")
    private int fewest;

    @Option(
            names = "--max-pairs",
            paramLabel = "N",
            defaultValue = "500",
            description = "Maximum number of pairs per benchmark. Default: ${DEFAULT-VALUE}")
    private int most;

    @Option(
            names = "--confirm",
            paramLabel = "N",
            defaultValue = "3",
            description = "Fresh pairs that must confirm a regression. Default: ${DEFAULT-VALUE}")
    private int confirming;

    @Option(
            names = "--changed-first",
            description = "Measure benchmarks first that can reach changed code (a JMH jar: by the calls in its class"
                    + " files; others: by the names of files); -v shows why.")
    private boolean changedFirst;

    @Option(
            names = "--calibrate",
            description = "Measure a second copy of the base in the same rounds, report the difference between"
                    + " the two copies, and report no change smaller than that. Takes 50 %% longer.")
    private boolean calibrate;

    @Option(names = "--record", description = "Add the head's measurements to the history.")
    private boolean record;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = ReadingOptions.FormatConverter.class,
            description = "Format of the result files. Default: detected from their content.")
    private Format format;

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private PublishOptions publishOptions = new PublishOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        List<ConfiguredSuite> suites = suiteOptions.picked(workspace.configuration(), targetOptions);
        JointTask task = JointTask.of(
                targetOptions.settings(
                        Optional.ofNullable(format),
                        new MeasuringSettings.Build(Optional.ofNullable(build), artifacts),
                        TargetOptions.Length.NOTHING),
                suites);
        policyOptions.ask(task.target().counts());
        Optional<PublishReport> publisher = publishOptions.in(workspace);
        ProcessRunner runner = ProcessRunner.forThisMachine();
        try (Interruption interruption = new Interruption(runner::cancel)) {
            Report report;
            try (ProgressLine progress = new ProgressLine(terminal(), () -> warnOfNoise(task.target()))) {
                report = new MeasureChange(
                                suites.isEmpty()
                                        ? workspace
                                        : workspace.in(suites.get(0).folder()),
                                new MeasureChange.Plan(
                                        Optional.ofNullable(base),
                                        head,
                                        task.build(),
                                        fewest,
                                        Math.max(fewest, most),
                                        confirming,
                                        task.budget(),
                                        task.limit(),
                                        task.seed(),
                                        record,
                                        changedFirst,
                                        calibrate),
                                policyOptions.policies(workspace.configuration()),
                                policyOptions.gatePolicy(workspace),
                                runner,
                                progress,
                                new PlanLines(terminal(), false, outputOptions.isVerbose()))
                        .measure(task.target());
            }
            outputOptions.writeFirst(DetailedReport.bare(report), terminal());
            PublishOptions.publish(publisher, report, terminal());
            interruption.reported();
            return ExitCode.of(report.gate());
        }
    }
}
