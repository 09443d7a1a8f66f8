package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ConfigOption;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
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
        description = "Sign in to a Plumbline server: get a token, and keep it in a file that only you can read. Choose"
                + " the project and the rights of the token in a browser, on any machine.",
        footer = {
            "",
            "Examples:",
            "  plumb login --server https://perf.example.com",
            "  plumb login --server https://perf.example.com --token-stdin < token.txt"
        })
public final class LoginCommand extends Command {
    private static final int LONGEST = 10_000;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server. Default: PLUMBLINE_SERVER, else the value in plumbline.yaml.")
    private String server;

    @Option(
            names = "--token-stdin",
            description = "Read a token that you have from standard input, instead of asking for one.")
    private boolean tokenFromStandardInput;

    @Mixin
    private ConfigOption configOption = new ConfigOption();

    @Override
    public Integer call() throws IOException {
        Configuration configuration = configOption.configuration(terminal());
        Optional<URI> address = server == null
                ? ServerProject.server(terminal(), configuration)
                : Optional.of(ServerProject.address(server, terminal()));
        if (address.isEmpty()) {
            throw new WrongRequest("no server is configured; name one: --server URL");
        }
        Optional<String> typed = tokenFromStandardInput ? Optional.of(typed(address.get())) : Optional.empty();
        Credentials credentials = new Credentials(terminal());
        DeviceLogin.Given given = typed.isPresent()
                ? new DeviceLogin.Given(typed.get(), "")
                : new DeviceLogin(address.get()).token(ServerProject.project(terminal(), configuration), this::print);
        Path file = credentials.keep(address.get(), given.token());
        String scope = given.scope().isEmpty() ? "" : " (" + given.scope() + ")";
        print("the token for " + address.get() + scope + " is kept in " + TerminalText.escape(file.toString()));
        return ExitCode.OPEN;
    }

    /** Each line is out before the next thing happens. */
    private void print(String line) {
        terminal().out().println(line);
        terminal().out().flush();
    }

    private String typed(URI server) throws IOException {
        String token = Credentials.checked(new String(terminal().in().readNBytes(LONGEST), StandardCharsets.UTF_8));
        requireKnown(server, token);
        return token;
    }

    /** A token that the server refuses is of no use; one that it cannot be asked about now may be of use later. */
    private void requireKnown(URI server, String token) throws IOException {
        try {
            new ServerConnection(new ServerProject(server, "", () -> token)).requireKnown();
        } catch (ServerUnreachable e) {
            terminal()
                    .err()
                    .println("plumb: warning: the token is kept and was not tried: "
                            + TerminalText.escape(e.getMessage()));
        }
    }
}
