package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.baseline.ResetBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import dev.plumbline.store.BenchmarkPattern;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes baselines. */
@CommandLine.Command(
        name = "reset",
        description = "Create a version without some baselines. These benchmarks are judged by their history"
                + " until you establish new baselines. Earlier versions stay.",
        footer = {"", "Example: plumb baseline reset '*Sort*' --reason \"the benchmark was rewritten\""})
final class BaselineResetCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "BENCHMARK", description = "Part of the name, or a pattern with * and ?.")
    private String benchmark;

    @Option(names = "--all", description = "Remove all baselines.")
    private boolean all;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        if (all == (benchmark != null)) {
            throw wrongUse("name a benchmark, or give --all");
        }
        Workspace workspace = options.workspace(terminal());
        VersionInfo made = new ResetBaselines(workspace, options.name(workspace), authorOptions.author(terminal()))
                .reset(Optional.ofNullable(benchmark).map(BenchmarkPattern::new));
        if (options.json()) {
            BaselineJson.versions(List.of(made), terminal().out());
        } else {
            terminal().out().print(BaselineText.versions(List.of(made), options.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
