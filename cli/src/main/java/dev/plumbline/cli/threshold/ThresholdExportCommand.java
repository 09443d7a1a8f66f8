package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.threshold.ExportSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the settings as one document. */
@CommandLine.Command(
        name = "export",
        description = "Export all judging settings in effect as one document, including defaults and tuned rules.",
        footer = {
            "",
            "docs/configuration.schema.json describes it; import it, as YAML or JSON, with plumb threshold"
                    + " import.",
            "",
            "Example: plumb threshold export settings.yaml"
        })
final class ThresholdExportCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Output file. Default: the terminal.")
    private Path file;

    @Option(names = "--json", description = "Write JSON instead of YAML.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        String text = new ExportSettings(storeOption.workspace(terminal())).export(json, Optional.ofNullable(file));
        if (file == null) {
            terminal().out().print(text);
        } else {
            terminal().err().println("plumb: wrote " + file);
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
