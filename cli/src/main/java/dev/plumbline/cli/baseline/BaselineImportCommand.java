package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.baseline.ExportBaselines;
import dev.plumbline.pipeline.baseline.ImportBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads baselines from files. */
@CommandLine.Command(
        name = "import",
        description = "Import baselines written by plumb baseline export as the next version.")
final class BaselineImportCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ExportBaselines.DEFAULT_FOLDER,
            description = "The folder. Default: ${DEFAULT-VALUE}")
    private Path folder;

    @Option(names = "--as", paramLabel = "NAME", description = "The same as --name. Default: the exported name.")
    private String as;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        if (as != null && options.givenName().isPresent()) {
            throw wrongUse("--as and --name are the same option; give one of them");
        }
        Workspace workspace = options.workspace(terminal());
        VersionInfo version;
        try {
            version = new ImportBaselines(workspace, authorOptions.author(terminal()))
                    .importFrom(folder, Optional.ofNullable(as).or(options::givenName));
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
        if (options.json()) {
            BaselineJson.versions(List.of(version), terminal().out());
        } else {
            terminal().out().print(BaselineText.versions(List.of(version), options.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
