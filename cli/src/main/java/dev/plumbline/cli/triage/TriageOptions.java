package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.annotate.RecordTriage;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.TriageReport;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The common options of commands on incidents. */
final class TriageOptions {
    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    Workspace workspace(Terminal terminal) throws IOException {
        return storeOption.workspace(terminal);
    }

    boolean json() {
        return json;
    }

    TextStyle style(Terminal terminal) {
        return styleOptions.style(terminal).withStore(storeOption.store());
    }

    Policies policies(Workspace workspace) throws IOException {
        return workspace.configuration().thresholds(workspace.configuration().policy());
    }

    RecordTriage recording(Terminal terminal) throws IOException {
        Workspace workspace = workspace(terminal);
        return new RecordTriage(workspace, policies(workspace));
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
