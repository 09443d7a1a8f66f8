package dev.plumbline.cli.series;

import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.history.renaming.RenamingOutcome;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.RenamingsReport;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The common options of commands on series. */
final class SeriesOptions {
    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    Workspace workspace(Terminal terminal) throws IOException {
        return storeOption.workspace(terminal);
    }

    void print(RenamingsReport report, Terminal terminal) throws IOException {
        if (json) {
            report.writeJson(terminal.out());
        } else {
            terminal.out().print(report.text(styleOptions.style(terminal)));
        }
        terminal.out().flush();
    }

    /** Prints the change, and the number of series that have the name now. */
    void print(RenamingOutcome outcome, String verb, String name, Terminal terminal) throws IOException {
        RenamingsReport.Row row = outcome.stated();
        if (json) {
            new RenamingsReport(List.of(row)).writeJson(terminal.out());
        } else {
            String series = outcome.series() == 1 ? "1 series has" : outcome.series() + " series have";
            terminal.out()
                    .print(TerminalText.escape(verb + " " + row.what() + " " + row.from() + " -> " + row.to() + "; "
                                    + series + " the name " + name
                                    + (name.equals(row.to())
                                            ? "; undo it with plumb series undo "
                                                    + row.number().orElseThrow()
                                            : ""))
                            + "\n");
        }
        terminal.out().flush();
    }
}
