package dev.plumbline.cli.series;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.history.renaming.RenameSeries;
import dev.plumbline.pipeline.history.renaming.RenamingOutcome;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** States that a name has changed. */
@CommandLine.Command(
        name = "rename",
        description = "Rename a benchmark or a metric: past and future results under the old name appear under"
                + " the new one.",
        footer = {
            "",
            "A plain name renames the benchmark with all its parameters; a label with parameters, as plumb"
                    + " history shows it, renames only that one.",
            "Example: plumb series rename Sort.quick Sort.dualPivot --reason \"the old one is gone\""
        })
final class SeriesRenameCommand extends Command {
    @Parameters(index = "0", paramLabel = "OLD", description = "The old name.")
    private String from;

    @Parameters(index = "1", paramLabel = "NEW", description = "The new name.")
    private String to;

    @Option(names = "--metric", description = "OLD and NEW are names of a metric, in all benchmarks.")
    private boolean metric;

    @Mixin
    private SeriesOptions options = new SeriesOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        RenamingOutcome outcome = new RenameSeries(options.workspace(terminal()))
                .rename(from, to, metric, authorOptions.author(terminal()));
        options.print(outcome, "renamed", outcome.stated().to(), terminal());
        return ExitCode.OPEN;
    }
}
