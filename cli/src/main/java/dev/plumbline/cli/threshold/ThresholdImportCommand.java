package dev.plumbline.cli.threshold;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.config.SettingsDifference;
import dev.plumbline.pipeline.threshold.ImportSettings;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads settings from one document. */
@CommandLine.Command(
        name = "import",
        description = "Compare exported settings with those in effect, and write them to plumbline.yaml.",
        footer = {
            "",
            "Without --write, nothing changes. Sections that differ are rewritten and lose their comments; the rest of",
            "plumbline.yaml stays as it is.",
            "",
            "Example: plumb threshold import settings.yaml --write"
        })
final class ThresholdImportCommand extends Command {
    @Parameters(paramLabel = "FILE", description = "The YAML or JSON document written by plumb threshold export.")
    private Path document;

    @Option(names = "--write", description = "Write plumbline.yaml.")
    private boolean write;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        ImportSettings.Outcome outcome =
                new ImportSettings(storeOption.workspace(terminal())).importFrom(document, write);
        if (json) {
            JsonText.write(
                    terminal().out(),
                    text -> text.object(() -> {
                        text.text("schema", "plumbline-settings-import/1");
                        text.text("file", outcome.file().toString());
                        text.truth("written", outcome.written());
                        text.array(
                                "changes",
                                outcome.changes(),
                                change -> text.object(() -> {
                                    text.text("key", change.key());
                                    text.text("before", change.before());
                                    text.text("after", change.after());
                                }));
                    }));
        } else {
            print(outcome);
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private void print(ImportSettings.Outcome outcome) {
        for (SettingsDifference change : outcome.changes()) {
            line(change.key() + ": " + change.before() + ", then " + change.after());
        }
        if (outcome.changes().isEmpty()) {
            line("the document matches the settings in effect; nothing to change");
        } else {
            line(
                    outcome.written()
                            ? "wrote " + outcome.file()
                            : "nothing was written; apply it with --write to " + outcome.file());
        }
    }

    private void line(String text) {
        terminal().out().println(TerminalText.escape(text));
    }
}
