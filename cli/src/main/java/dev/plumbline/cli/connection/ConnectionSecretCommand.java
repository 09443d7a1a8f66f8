package dev.plumbline.cli.connection;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.remote.PersonOptions;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replaces the secret of the repository's webhook. */
@CommandLine.Command(
        name = "secret",
        description = "Create a new secret for the repository's webhook; the old one is no longer accepted. Needs the"
                + " right to administer.",
        footer = {"", "Example: plumb connection secret --account ann"})
final class ConnectionSecretCommand extends Command {
    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    @Override
    public Integer call() throws IOException {
        if (!personOptions.isPerson()) {
            throw new WrongRequest("no token makes a secret, only a person: give --account NAME; who signs in through"
                    + " an identity provider makes it on " + personOptions.page(terminal(), "repository"));
        }
        String secret = personOptions.ask(terminal(), server -> new ForgeConnection(server).renewSecret());
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", ForgeConnection.SCHEMA);
                        out.text("secret", secret);
                    }));
        } else {
            terminal().out().println("the new secret, shown only now: " + TerminalText.escape(secret));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
