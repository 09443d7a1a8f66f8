package dev.plumbline.cli.remote;

import static java.util.Objects.requireNonNull;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ServerSection;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A project on a server, and the token that it is used with.
 *
 * @param server the server's address
 * @param project the organisation and the name
 * @param token the secret, once it is needed
 */
record ServerProject(URI server, String project, Token token) {
    /** A secret that may first have to be asked for. */
    @FunctionalInterface
    interface Token {
        String text() throws IOException;
    }

    static final String SERVER = "PLUMBLINE_SERVER";
    private static final String PROJECT = "PLUMBLINE_PROJECT";
    private static final String TOKEN = "PLUMBLINE_TOKEN";
    private static final String PLAIN_HTTP = "PLUMBLINE_PLAIN_HTTP";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    ServerProject {
        requireNonNull(server, "server");
        requireNonNull(project, "project");
        requireNonNull(token, "token");
    }

    /** The server that is configured, if one is; the variable wins over the configuration. */
    static Optional<URI> server(Terminal terminal, Configuration configuration) throws WrongRequest {
        Optional<String> variable = set(terminal, SERVER);
        Optional<String> text =
                variable.isPresent() ? variable : configuration.server().url();
        return text.isEmpty() ? Optional.empty() : Optional.of(address(text.get(), terminal));
    }

    /**
     * The address of a server as a token may be sent to it.
     *
     * @throws WrongRequest if it is none, or others could read along
     */
    static URI address(String text, Terminal terminal) throws WrongRequest {
        URI address;
        try {
            address = URI.create(ServerSection.checkedAddress(text));
        } catch (IllegalArgumentException e) {
            throw new WrongRequest("the server " + e.getMessage(), e);
        }
        boolean isSafe = address.getScheme().equals("https")
                || THIS_MACHINE.contains(address.getHost())
                || set(terminal, PLAIN_HTTP).filter("yes"::equals).isPresent();
        if (!isSafe) {
            throw new WrongRequest(address + " is not encrypted, so that others could read the token and the results;"
                    + " use https://, or set " + PLAIN_HTTP + "=yes if no one else can read the traffic");
        }
        return address;
    }

    /**
     * The project that is configured on a server.
     *
     * @throws IOException if there is none, or no token for the server
     */
    static ServerProject of(URI server, Terminal terminal, Configuration configuration) throws IOException {
        String project = project(terminal, configuration)
                .orElseThrow(() -> new WrongRequest("the history is on " + server + ", and no project of it is named;"
                        + " write project: ORGANISATION/NAME in plumbline.yaml, or set " + PROJECT));
        return new ServerProject(server, project, token(server, project, terminal));
    }

    /** The project that is configured, where it could be one on a server. */
    static Optional<String> project(Terminal terminal, Configuration configuration) {
        return set(terminal, PROJECT).or(() -> configuration.project().value()).filter(ServerSection::isProject);
    }

    /**
     * The token that is set, else the stored one, else the one that the server issues to a job that its CI service
     * vouches for.
     */
    private static Token token(URI server, String project, Terminal terminal) throws IOException {
        Optional<String> variable = set(terminal, TOKEN);
        if (variable.isPresent()) {
            String token = Credentials.checked(variable.get());
            return () -> token;
        }
        JobIdentity job = new JobIdentity(terminal.variables());
        Optional<String> kept = job.isThere() && !Credentials.hasFolder(terminal)
                ? Optional.empty()
                : new Credentials(terminal).token(server);
        if (kept.isPresent()) {
            return kept::get;
        }
        if (!job.isThere()) {
            throw new WrongRequest("there is no token for " + server + "; get one with plumb login, keep one"
                    + " with plumb"
                    + " login --token-stdin, or set " + TOKEN);
        }
        return () -> job.token(server, project);
    }

    private static Optional<String> set(Terminal terminal, String variable) {
        return Optional.ofNullable(terminal.variables().get(variable)).filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return project + " on " + server;
    }
}
