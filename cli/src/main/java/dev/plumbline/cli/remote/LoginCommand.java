package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ConfigOption;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps the token of a server. */
@CommandLine.Command(
        name = "login",
        description = "Keep the token by which a server of Plumbline knows you, in a file that only you can read.",
        footer = {"", "Example: plumb login --server https://perf.example.com --token-stdin < token.txt"})
public final class LoginCommand extends Command {
    private static final int LONGEST = 10_000;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server. Default: PLUMBLINE_SERVER, else the value in plumbline.yaml.")
    private String server;

    @Option(names = "--token-stdin", required = true, description = "Read the token from standard input.")
    @SuppressWarnings("UnusedVariable") // the only way there is
    private boolean tokenFromStandardInput;

    @Mixin
    private ConfigOption configOption = new ConfigOption();

    @Override
    public Integer call() throws IOException {
        Optional<URI> address = server == null
                ? ServerProject.server(terminal(), configOption.configuration(terminal()))
                : Optional.of(ServerProject.address(server, terminal()));
        if (address.isEmpty()) {
            throw new WrongRequest("no server is configured; name one: --server URL");
        }
        String token = Credentials.checked(new String(terminal().in().readNBytes(LONGEST), StandardCharsets.UTF_8));
        requireKnown(address.get(), token);
        Path file = new Credentials(terminal()).keep(address.get(), token);
        terminal()
                .out()
                .println("the token for " + address.get() + " is kept in " + TerminalText.escape(file.toString()));
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    /** A token that the server refuses is of no use; one that it cannot be asked about now may be of use later. */
    private void requireKnown(URI server, String token) throws IOException {
        try {
            new ServerConnection(new ServerProject(server, "", token)).requireKnown();
        } catch (ServerUnreachable e) {
            terminal()
                    .err()
                    .println("plumb: warning: the token is kept and was not tried: "
                            + TerminalText.escape(e.getMessage()));
        }
    }
}
