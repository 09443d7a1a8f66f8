package dev.plumbline.cli;

import dev.plumbline.pipeline.CheckResults;
import dev.plumbline.pipeline.RecordResults;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The main job. */
@CommandLine.Command(
        name = "check",
        description = "Add results to the history, judge them against it, and gate.",
        footer = {
            "",
            "Exit codes: 0 the gate is open, 1 it is closed, 2 wrong use or unreadable input,",
            "3 no decision is possible and the policy asks for one.",
            "",
            "Example: plumb check build/jmh-result.json"
        })
final class CheckCommand extends Command {
    @Parameters(arity = "1..*", paramLabel = "RESULT", description = "Result files or folders of them, of one run.")
    private List<Path> results;

    @Option(
            names = "--base",
            paramLabel = "BRANCH",
            description =
                    "The branch whose history is the reference. Default: the pull request's target, else the main branch."
                            + " See: plumb config")
    private String base;

    @Mixin
    private ResultOptions resultOptions = new ResultOptions();

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = resultOptions.in(storeOption.workspace(terminal()));
        Report report;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            RecordResults recorder =
                    new RecordResults(workspace, resultOptions.overrides(), resultOptions.format(), progress);
            report = new CheckResults(
                            workspace,
                            recorder,
                            policyOptions.policy(workspace.configuration()),
                            policyOptions.gatePolicy(workspace.configuration()),
                            Optional.ofNullable(base))
                    .check(results);
        }
        outputOptions.write(report, terminal());
        return ExitCode.of(report.gate());
    }
}
