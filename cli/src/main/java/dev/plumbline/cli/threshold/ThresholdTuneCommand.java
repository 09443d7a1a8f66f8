package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.EnvironmentLine;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.JudgingOptions;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.pipeline.threshold.TuneThresholds;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.TuningReport;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposes thresholds. */
@CommandLine.Command(
        name = "tune",
        description = "Find margins and weights that bring the suite's false-positive rate to the target, and show"
                + " before and after on your history.",
        footer = {
            "",
            "Without --write, nothing changes. With it, the rules are written to plumbline/tuned.yaml beside",
            "plumbline.yaml, whose rules take precedence. Each rule states which changes its wider margin hides.",
            "A series whose margin would have to hide critical changes gets the weight confirmed instead: its",
            "regression fails the gate once a second run shows it.",
            "The same history, settings and seed give the same result. Exit codes: 0 the gate's false-positive",
            "rate meets the target, 1 it does not.",
            "",
            "Example: plumb threshold tune"
        })
final class ThresholdTuneCommand extends Command {
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

    @Option(
            names = "--target",
            paramLabel = "PERCENT",
            converter = JudgingOptions.ShareConverter.class,
            description =
                    "Target false-positive rate: share of healthy runs that may report a regression." + " Default: 5%%")
    private Double target;

    @Option(
            names = "--replays",
            paramLabel = "N",
            defaultValue = "200",
            description = "Healthy runs to judge per round. Default: ${DEFAULT-VALUE}")
    private int replays;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--write", description = "Write the rules to plumbline/tuned.yaml.")
    private boolean write;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        policyOptions.policies(workspace.configuration()); // options out of range are errors, as in a check
        TuneThresholds.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = tune(workspace, progress)
                    .tune(Optional.ofNullable(environment), Optional.ofNullable(branch), write);
        }
        EnvironmentLine.print(outcome.choice(), terminal());
        TuningReport.Result result = new TuningReport.Result(
                outcome.tuning(),
                outcome.overruled(),
                outcome.weightOverruled(),
                outcome.file().toString(),
                outcome.written());
        if (json) {
            TuningReport.writeJson(result, terminal().out());
        } else {
            terminal().out().print(TuningReport.text(result, styleOptions.style(terminal())));
        }
        terminal().out().flush();
        return outcome.tuning().isMet() ? ExitCode.OPEN : ExitCode.CLOSED;
    }

    private TuneThresholds tune(Workspace workspace, ProgressLine progress) {
        try {
            return new TuneThresholds(
                    workspace,
                    policyOptions.policySection(workspace.configuration()),
                    gate -> policyOptions.gatePolicy(gate, workspace.configuration()),
                    new Replay.Settings(
                            replays,
                            Math.max(1, replays / 2),
                            Replay.Settings.DEFAULT.mostSeries(),
                            Replay.Settings.DEFAULT.history(),
                            seed),
                    target == null
                            ? workspace
                                    .configuration()
                                    .policy()
                                    .suiteErrorRate()
                                    .value()
                            : target,
                    progress);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }
}
