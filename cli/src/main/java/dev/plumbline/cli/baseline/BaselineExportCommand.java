package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.baseline.ExportBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.json.BaselineJson;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes baselines as files. */
@CommandLine.Command(
        name = "export",
        description = "Export baselines as files that you can review and keep in a repository: registry.json, and one"
                + " file per benchmark under models/.",
        footer = {"", "plumb check RESULT --baseline DIR judges against them without a history."})
final class BaselineExportCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ExportBaselines.DEFAULT_FOLDER,
            description = "The folder. Default: ${DEFAULT-VALUE}")
    private Path folder;

    @Option(names = "--version-number", paramLabel = "N", description = "This version. Default: the newest.")
    private Integer number;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        ExportBaselines.Outcome outcome = new ExportBaselines(workspace)
                .export(options.name(workspace), number == null ? OptionalInt.empty() : OptionalInt.of(number), folder);
        VersionInfo version = outcome.version();
        if (options.json()) {
            BaselineJson.versions(List.of(version), terminal().out());
        } else {
            terminal()
                    .out()
                    .println(TerminalText.escape("baselines " + version.name() + ", version " + version.number()
                            + ", in " + outcome.folder() + ": " + outcome.written()
                            + (outcome.written() == 1 ? " file" : " files") + " written, "
                            + outcome.removed() + " removed"));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
