package dev.plumbline.cli.check;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Interruption;
import dev.plumbline.cli.option.OutputOptions;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.PublishOptions;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.ResultOptions;
import dev.plumbline.cli.option.StandardInput;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.check.PublishReport;
import dev.plumbline.pipeline.check.confirm.ConfirmCommand;
import dev.plumbline.pipeline.check.confirm.ConfirmSuspects;
import dev.plumbline.pipeline.config.GateSection;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.html.DetailedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The main job. */
@CommandLine.Command(
        name = "check",
        description = "Add results to the history, judge them against it, and pass or fail the gate.",
        footer = {
            "",
            "Exit codes: 0 the gate passes, 1 it fails, 2 usage error or unreadable input,",
            "3 undecided, and the policy requires a decision.",
            "",
            "Examples:",
            "  plumb check build/jmh-result.json",
            "  plumb check jmh.json --confirm 'java -jar jmh.jar {benchmarks} -rf json -rff {output}'"
        })
public final class CheckCommand extends Command {
    @Parameters(
            arity = "1..*",
            paramLabel = "RESULT",
            description = "Result files of one run, or folders of them; - reads standard input.")
    private List<Path> results;

    @Option(
            names = "--base",
            paramLabel = "BRANCH",
            description = "Branch whose history is the reference. Default: the pull request's target, else the"
                    + " main branch. See: plumb config")
    private String base;

    @Option(
            names = "--baseline",
            paramLabel = "NAME|DIR|none",
            description = "Judge against established baselines: a name, a version such as NAME@3, or a folder"
                    + " (needs no history); none judges against the history. Default: the value in"
                    + " plumbline.yaml, else none.")
    private String baseline;

    @Option(
            names = "--cumulative",
            paramLabel = "SINCE",
            description = "Also report small regressions that have added up since SINCE: release (the newest tag"
                    + " before the commit), a tag, commit or date, an age such as 30d, 'baseline NAME',"
                    + " or none. Default: the value in plumbline.yaml, else none.")
    private String cumulative;

    @Option(names = "--dry-run", description = "Judge, report and gate as usual, but record and publish nothing.")
    private boolean isDryRun;

    @Option(
            names = "--keep-going",
            description = "Skip unreadable files with a warning. Default: one unreadable file rejects all.")
    private boolean keepGoing;

    @Option(
            names = "--confirm",
            paramLabel = "COMMAND",
            description = "Shell command that measures possible regressions again, in a few runs at most, to settle"
                    + " them. {benchmarks} is replaced by their names in the tool's own syntax, {output}"
                    + " by the result file; do not quote either. none disables it. Default: the value in"
                    + " plumbline.yaml, else none.")
    private String confirm;

    @Mixin
    private ReadingOptions readingOptions = new ReadingOptions();

    @Mixin
    private ResultOptions resultOptions = new ResultOptions();

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
        try (StandardInput input = StandardInput.of(results, terminal())) {
            Workspace workspace = input.in(readingOptions
                    .in(storeOption.workspace(terminal()))
                    .withCumulative(Optional.ofNullable(cumulative)));
            GateSection.Confirming confirming =
                    policyOptions.gateSection(workspace.configuration()).confirming(Optional.ofNullable(confirm));
            if (terminal().caller().isPresent()
                    && !Optional.ofNullable(confirm).orElse("none").equals("none")) {
                throw wrongUse("a server does not accept the option --confirm");
            }
            // a command of the configuration would run here, and not where results are measured
            if (confirming.line().isEmpty() || terminal().caller().isPresent()) {
                return check(workspace, progress -> Optional.empty());
            }
            ProcessRunner runner = ProcessRunner.forThisMachine();
            ConfirmCommand command =
                    new ConfirmCommand(workspace, confirming.line().get(), runner);
            ConfirmSuspects.Settings settings = new ConfirmSuspects.Settings(
                    confirming.runs().value(), confirming.timeout().value());
            try (Interruption interruption = new Interruption(runner::cancel)) {
                int code = check(workspace, progress -> Optional.of(new ConfirmSuspects(settings, command, progress)));
                interruption.reported();
                return code;
            }
        }
    }

    private int check(Workspace workspace, Function<Progress, Optional<ConfirmSuspects>> confirming)
            throws IOException {
        Optional<PublishReport> publisher = publishOptions.in(workspace);
        DetailedReport detailed;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            detailed = new CheckResults(
                            workspace,
                            ReadingSettings.of(resultOptions.overrides(workspace, terminal()), readingOptions.format())
                                    .leavingUnreadableOut(keepGoing),
                            policyOptions.policies(workspace.configuration()),
                            policyOptions.gatePolicy(workspace),
                            new CheckResults.Options(
                                    Optional.ofNullable(base),
                                    Optional.ofNullable(baseline)
                                            .or(workspace
                                                    .configuration()
                                                    .baseline()
                                                    .use()::value),
                                    isDryRun,
                                    confirming.apply(progress)),
                            progress)
                    .check(results, outputOptions.wantsDetail());
        }
        outputOptions.writeFirst(
                detailed, storeOption.store(), resultOptions.overrides().branch(), terminal());
        if (isDryRun && publisher.isPresent()) {
            terminal().err().println("plumb: nothing was published (dry run)");
        } else {
            PublishOptions.publish(publisher, detailed.report(), terminal());
            if (!isDryRun) {
                PublishOptions.keep(detailed.report(), terminal());
            }
        }
        // what cannot be read is another thing than what is slower
        boolean allInVain = detailed.report().candidates().isEmpty()
                && !detailed.report().problems().isEmpty();
        return allInVain ? ExitCode.WRONG : ExitCode.of(detailed.report().gate());
    }
}
