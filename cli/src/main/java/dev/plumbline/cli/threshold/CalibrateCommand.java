package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.EnvironmentLine;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.threshold.Calibrate;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.CalibrationText;
import dev.plumbline.report.json.CalibrationJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the error rates of the judge on this suite. */
@CommandLine.Command(
        name = "calibrate",
        description = "Measure the judge's false-positive rate and power on your own history.",
        footer = {
            "",
            "Simulates healthy runs from the noise in your history, injects regressions into some of them, and"
                    + " judges each. The same history, settings and seed give the same result.",
            "",
            "Example: plumb calibrate --block-at minor"
        })
public final class CalibrateCommand extends Command {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Files with series or results to replay instead of the stored history.")
    private List<Path> files = List.of();

    @Option(
            names = "--replays",
            paramLabel = "N",
            defaultValue = "200",
            description = "Number of healthy runs to judge; regressions of each size: at least half as many."
                    + " Default: ${DEFAULT-VALUE}")
    private int replays;

    @Option(
            names = "--series",
            paramLabel = "N",
            defaultValue = "300",
            description = "Replay only the first N series. Default: ${DEFAULT-VALUE}")
    private int series;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Environment to replay. Default: the configured one, else the one with the most recent runs.")
    private String environment;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "Branch to replay. Default: the main branch, else the newest run's.")
    private String branch;

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        Policies policies = policyOptions.policies(workspace.configuration());
        Calibrate.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = new Calibrate(workspace, policies, policyOptions.gatePolicy(workspace), settings(), progress)
                    .calibrate(
                            files.isEmpty()
                                    ? new Calibrate.Source.History(
                                            Optional.ofNullable(environment), Optional.ofNullable(branch))
                                    : new Calibrate.Source.ResultFiles(files));
        }
        EnvironmentLine.print(outcome.choice(), terminal());
        if (json) {
            CalibrationJson.write(
                    outcome.calibration(), outcome.origin(), terminal().out());
        } else {
            terminal()
                    .out()
                    .print(CalibrationText.of(
                            outcome.calibration(),
                            outcome.origin(),
                            policies.general(),
                            styleOptions.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private Replay.Settings settings() {
        try {
            return new Replay.Settings(
                    replays, Math.max(1, replays / 2), series, Replay.Settings.DEFAULT.history(), seed);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }
}
