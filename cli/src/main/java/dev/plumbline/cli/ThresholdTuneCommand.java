package dev.plumbline.cli;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.pipeline.TuneThresholds;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.TuningReport;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposes thresholds. */
@CommandLine.Command(
        name = "tune",
        description =
                "Look for margins and weights with which the false alarms of the whole suite meet their target, and"
                        + " show before and after on this history.",
        footer = {
            "",
            "Without --write nothing changes. With it the rules go into plumbline/tuned.yaml beside plumbline.yaml,"
                    + " whose",
            "own rules win over them. Each says what its wider margin hides; a series that would need one as" + " wide",
            "as critical changes closes the gate once a second run shows the same (weight: confirmed).",
            "The same history, settings and seed give the same answer. Exit codes: 0 the gate's false",
            "closings meet the target, 1 they do not.",
            "",
            "Example: plumb threshold tune"
        })
final class ThresholdTuneCommand extends Command {
    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "The environment whose history is replayed. Default: that of the newest run.")
    private String environment;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "The branch whose history is replayed. Default: the main one, else the newest run's.")
    private String branch;

    @Option(
            names = "--target",
            paramLabel = "PERCENT",
            converter = PolicyOptions.ShareConverter.class,
            description = "How many healthy runs may have a regression called. Default: 5%%")
    private Double target;

    @Option(
            names = "--replays",
            paramLabel = "N",
            defaultValue = "200",
            description = "Healthy runs to judge in each round. Default: ${DEFAULT-VALUE}")
    private int replays;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--write", description = "Write the rules.")
    private boolean write;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell of every series.")
    private boolean verbose;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "always, never or auto. Default: ${DEFAULT-VALUE}")
    private Terminal.Colour colour;

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        policyOptions.policies(workspace.configuration()); // options out of range are told, as a check would tell them
        TuneThresholds.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = tune(workspace, progress)
                    .tune(Optional.ofNullable(environment), Optional.ofNullable(branch), write);
        }
        TuningReport.Result result = new TuningReport.Result(
                outcome.tuning(),
                outcome.overruled(),
                outcome.weightOverruled(),
                outcome.file().toString(),
                outcome.written());
        if (json) {
            TuningReport.writeJson(result, terminal().out());
        } else {
            terminal().out().print(TuningReport.text(result, terminal().style(colour, verbose)));
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
