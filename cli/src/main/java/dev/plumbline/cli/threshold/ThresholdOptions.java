package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.EnvironmentLine;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.JudgingOptions;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.pipeline.threshold.ReadThresholds;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.ThresholdText;
import dev.plumbline.report.json.ThresholdJson;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.store.BenchmarkPattern;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The selected series whose thresholds are shown, and the style. */
final class ThresholdOptions {
    /** More series have a row each. */
    private static final int MOST_IN_FULL = 3;

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
    private String metric;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Environment. Default: the configured one, else the one with the most recent runs.")
    private String environment;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "Branch. Default: the main branch, else the newest run's.")
    private String branch;

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    /** Reads and prints. */
    int print(String benchmark, Replay.Settings settings, boolean replayed, Terminal terminal) throws IOException {
        Workspace workspace = storeOption.workspace(terminal);
        ReadThresholds.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            outcome = new ReadThresholds(workspace, judging.policies(workspace.configuration()), settings)
                    .read(
                            new ReadThresholds.Wanted(
                                    new BenchmarkPattern(benchmark),
                                    Optional.ofNullable(metric),
                                    Optional.ofNullable(environment),
                                    Optional.ofNullable(branch)),
                            replayed,
                            progress);
        }
        List<ReadThresholds.Answer> answers = outcome.answers();
        EnvironmentLine.print(outcome.choice(), terminal);
        if (json) {
            ThresholdJson.write(
                    answers.stream()
                            .map(answer ->
                                    new ThresholdJson.Entry(answer.resolution(), answer.runs(), answer.sensitivity()))
                            .toList(),
                    replayed ? OptionalLong.of(settings.seed()) : OptionalLong.empty(),
                    terminal.out());
        } else if (answers.isEmpty()) {
            terminal.err()
                    .println("plumb: the history has no such metric, environment or branch of it; list them with"
                            + " plumb history");
            return ExitCode.WRONG;
        } else {
            TextStyle style = styleOptions.style(terminal);
            if (answers.size() > MOST_IN_FULL && !replayed && !style.verbose()) {
                terminal.out()
                        .print(ThresholdText.list(
                                answers.stream()
                                        .map(answer -> new ThresholdText.Row(
                                                answer.resolution().key(), answer.runs(), answer.sensitivity()))
                                        .toList(),
                                style));
                terminal.out().flush();
                return ExitCode.OPEN;
            }
            String gap = "";
            for (ReadThresholds.Answer answer : answers) {
                terminal.out()
                        .print(gap + ThresholdText.of(answer.resolution(), answer.runs(), answer.sensitivity(), style));
                gap = "\n";
            }
        }
        terminal.out().flush();
        return ExitCode.OPEN;
    }
}
