package dev.plumbline.cli.connection;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.remote.PersonOptions;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends the connection of a project to its repository. */
@CommandLine.Command(
        name = "remove",
        description = "Disconnect the project from its repository, and delete the token or key on the server. Needs the"
                + " right to administer.",
        footer = {"", "Example: plumb connection remove --account ann"})
final class ConnectionRemoveCommand extends Command {
    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    @Override
    public Integer call() throws IOException {
        if (!personOptions.isPerson()) {
            throw new WrongRequest("no token disconnects a repository, only a person: give --account NAME; who signs in"
                    + " through an identity provider does it on " + personOptions.page(terminal(), "repository"));
        }
        JsonValue removed = personOptions.ask(terminal(), server -> {
            ForgeConnection connection = new ForgeConnection(server);
            JsonValue known = connection.get();
            connection.remove();
            return known;
        });
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", ForgeConnection.SCHEMA);
                        out.object("removed", () -> ForgeConnection.write(removed, out));
                    }));
        } else {
            terminal()
                    .out()
                    .println("disconnected from "
                            + TerminalText.escape(
                                    removed.get("repository").text().orElse("")));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
