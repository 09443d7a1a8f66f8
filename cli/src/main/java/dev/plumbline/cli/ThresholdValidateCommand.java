package dev.plumbline.cli;

import dev.plumbline.core.calibrate.Replay;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the thresholds find. */
@CommandLine.Command(
        name = "validate",
        description = "Put regressions of 1, 3, 5, 10 and 15 per cent into a benchmark's own noise, and report how many"
                + " are detected, how fast, and the false-positive rate.",
        footer = {
            "",
            "The same history, settings and seed give the same answer. plumb calibrate asks the same of a whole suite.",
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
            description = "Healthy runs to judge, and half as many regressions of each size. Default: ${DEFAULT-VALUE}")
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
        return options.tell(benchmark, settings(), true, terminal());
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
