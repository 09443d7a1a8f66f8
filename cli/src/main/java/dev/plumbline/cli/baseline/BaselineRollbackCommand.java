package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.baseline.RollBackBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes an earlier version back. */
@CommandLine.Command(
        name = "rollback",
        description = "Create a version with the baselines of an earlier one. All versions are kept.",
        footer = {"", "Example: plumb baseline rollback 3 --reason \"version 4 was made on a busy machine\""})
final class BaselineRollbackCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Number of the version. Default: the one" + " before the newest.")
    private Integer number;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        VersionInfo made = new RollBackBaselines(workspace, options.name(workspace), authorOptions.author(terminal()))
                .rollBack(number == null ? OptionalInt.empty() : OptionalInt.of(number));
        if (options.json()) {
            BaselineJson.versions(List.of(made), terminal().out());
        } else {
            terminal().out().print(BaselineText.versions(List.of(made), options.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
