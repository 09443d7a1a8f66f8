package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.Command;
import dev.plumbline.core.calibrate.Replay;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the error rates of the thresholds. */
@CommandLine.Command(
        name = "validate",
        description = "Inject regressions of 1, 3, 5, 10 and 15 %% into a benchmark's own noise; report"
                + " detection rate, delay and false-positive rate.",
        footer = {
            "",
            "The same history, settings and seed give the same result. For the whole suite, use plumb calibrate.",
            "",
            "Example: plumb threshold validate decode"
        })
final class ThresholdValidateCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "BENCHMARK",
            defaultValue = "",
            description = "Part of the name, or a pattern with * and ?. Default: all.")
    private String benchmark;

    @Option(
            names = "--replays",
            paramLabel = "N",
            defaultValue = "200",
            description = "Number of healthy runs to judge; regressions of each size: half as many. Default:"
                    + " ${DEFAULT-VALUE}")
    private int replays;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Mixin
    private ThresholdOptions options = new ThresholdOptions();

    @Override
    public Integer call() throws IOException {
        return options.print(benchmark, settings(), true, terminal());
    }

    private Replay.Settings settings() {
        try {
            return new Replay.Settings(
                    replays,
                    Math.max(1, replays / 2),
                    Replay.Settings.DEFAULT.mostSeries(),
                    Replay.Settings.DEFAULT.history(),
                    seed);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }
}
