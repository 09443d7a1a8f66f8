package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.Command;
import dev.plumbline.core.calibrate.Replay;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the thresholds in force. */
@CommandLine.Command(
        name = "show",
        description = "Show the thresholds of a benchmark's metrics, which rule set each, and the minimum"
                + " detectable change.",
        footer = {"", "Example: plumb threshold show decode"})
final class ThresholdShowCommand extends Command {
    @Parameters(paramLabel = "BENCHMARK", description = "Part of the name, or a pattern with * and ?.")
    private String benchmark;

    @Mixin
    private ThresholdOptions options = new ThresholdOptions();

    @Override
    public Integer call() throws IOException {
        return options.print(benchmark, Replay.Settings.DEFAULT, false, terminal());
    }
}
