package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.ConfigOption;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Mixin;

/** The project and server of a command. */
final class ServerOptions {
    @Mixin
    private ConfigOption configOption = new ConfigOption();

    /** The server that is configured. */
    private URI server(Terminal terminal, Configuration configuration) throws IOException {
        return ServerProject.server(terminal, configuration)
                .orElseThrow(
                        () -> new WrongRequest("no server is configured; write server: URL in plumbline.yaml, or set "
                                + ServerProject.SERVER));
    }

    /** Requests with the token that is kept or set. */
    ServerConnection connection(Terminal terminal) throws IOException {
        Configuration configuration = configOption.configuration(terminal);
        return new ServerConnection(ServerProject.of(server(terminal, configuration), terminal, configuration));
    }

    /** The project, for requests of a person who signs in. */
    ServerProject forPerson(Terminal terminal) throws IOException {
        Configuration configuration = configOption.configuration(terminal);
        URI server = server(terminal, configuration);
        String project = ServerProject.project(terminal, configuration)
                .orElseThrow(() -> new WrongRequest("no project on " + server + " is named; write project:"
                        + " ORGANISATION/NAME in plumbline.yaml, or set PLUMBLINE_PROJECT"));
        return new ServerProject(server, project, () -> {
            throw new WrongRequest("not signed in to " + server);
        });
    }
}
