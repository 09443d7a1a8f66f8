package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a trust rule. */
@CommandLine.Command(
        name = "remove",
        description = "Remove a rule, and revoke the tokens of its jobs. Needs the right to administer.",
        footer = {"", "Example: plumb trust remove k3x5a2pq7bcd --account ann"})
final class TrustRemoveCommand extends Command {
    @Parameters(paramLabel = "ID", description = "The id that plumb trust list shows.")
    private String id;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    @Override
    public Integer call() throws IOException {
        if (!id.matches("[a-z2-7]{1,40}")) {
            throw new WrongRequest(TerminalText.escape(id) + " is not an id of a rule; plumb trust list shows them");
        }
        personOptions.ask(terminal(), connection -> {
            boolean isThere = connection.get("trust-rules").get("items").elements().stream()
                    .anyMatch(rule -> rule.get("id").text().filter(id::equals).isPresent());
            if (!isThere) {
                throw new WrongRequest("the project has no rule " + id + "; plumb trust list shows those it has");
            }
            connection.delete("trust-rules/" + id);
            return id;
        });
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", "plumbline-trust/1");
                        out.text("removed", id);
                    }));
        } else {
            terminal().out().println("rule " + id + " removed, with the tokens of its jobs");
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
