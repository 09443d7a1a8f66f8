package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.baseline.ValidateBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether baselines can be trusted. */
@CommandLine.Command(
        name = "validate",
        description = "Report which baselines can be trusted, why the others cannot, and how to fix them.",
        footer = {
            "",
            "Exit codes: 0 all baselines can be trusted, 1 some cannot, 2 usage error or no such baselines.",
            "",
            "Example: plumb baseline validate plumbline/baselines"
        })
final class BaselineValidateCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|DIR|BENCHMARK",
            description = "A name, a version such as NAME@3, a folder, or a benchmark: part of its name, or a"
                    + " pattern with * and ?. Default: the newest version of --name.")
    private String source;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        ValidateBaselines.Outcome outcome = new ValidateBaselines(workspace, options.settings(workspace))
                .validate(Optional.ofNullable(source), options.name(workspace));
        if (options.json()) {
            BaselineJson.qualities(
                    outcome.version(), outcome.qualities(), terminal().out());
        } else {
            terminal()
                    .out()
                    .print(BaselineText.qualities(outcome.version(), outcome.qualities(), options.style(terminal())));
        }
        terminal().out().flush();
        return outcome.valid() == outcome.qualities().size() ? ExitCode.OPEN : ExitCode.CLOSED;
    }
}
