package dev.plumbline.cli;

import dev.plumbline.pipeline.TriageChanges;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.TextStyle;
import dev.plumbline.report.TriageReport;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands on incidents share. */
final class TriageOptions {
    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show everything.")
    private boolean verbose;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "always, never or auto. Default: ${DEFAULT-VALUE}")
    private Terminal.Colour colour;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    Workspace workspace(Terminal terminal) throws IOException {
        return storeOption.workspace(terminal);
    }

    boolean json() {
        return json;
    }

    TextStyle style(Terminal terminal) {
        return terminal.style(colour, verbose);
    }

    TriageChanges useCase(Terminal terminal) throws IOException {
        Workspace workspace = workspace(terminal);
        return new TriageChanges(
                workspace,
                workspace.configuration().thresholds(workspace.configuration().policy()));
    }

    void print(TriageReport report, Terminal terminal) throws IOException {
        if (json) {
            report.write(terminal.out());
        } else {
            terminal.out().print(report.text(style(terminal)));
        }
        terminal.out().flush();
    }
}
