package dev.plumbline.cli.series;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.history.renaming.MergeSeries;
import dev.plumbline.pipeline.history.renaming.RenamingOutcome;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** States that two benchmarks are one. */
@CommandLine.Command(
        name = "merge",
        description = "Merge two benchmarks: the first one's points are added to the second. Rejected if their"
                + " units are not comparable.",
        footer = {"", "Example: plumb series merge \"Sort {n=1000}\" Sort.small"})
final class SeriesMergeCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "Benchmark to merge from: its name, or the name" + " with parameters.")
    private String from;

    @Parameters(index = "1", paramLabel = "B", description = "Benchmark to merge into.")
    private String into;

    @Mixin
    private SeriesOptions options = new SeriesOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        RenamingOutcome outcome =
                new MergeSeries(options.workspace(terminal())).merge(from, into, authorOptions.author(terminal()));
        options.print(outcome, "merged", outcome.stated().to(), terminal());
        return ExitCode.OPEN;
    }
}
