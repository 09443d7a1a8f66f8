package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.WrongRequest;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The caller of a server: a token, or a person who signs in for one command. */
public final class PersonOptions {
    private static final int LONGEST = 1_000;

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "Sign in as this account for this command. Its password is asked for.")
    private String account;

    @Option(names = "--password-stdin", description = "Read the password of --account from standard input.")
    private boolean passwordFromStandardInput;

    @Mixin
    private ServerOptions serverOptions = new ServerOptions();

    /** Something that is asked. */
    @FunctionalInterface
    public interface Request<T> {
        T of(ServerConnection connection) throws IOException;
    }

    /** Whether a person is named. */
    public boolean isPerson() {
        return account != null;
    }

    /**
     * The page that does the same as this command.
     *
     * @param name the last part of its address
     */
    public String page(Terminal terminal, String name) throws IOException {
        ServerProject project = serverOptions.forPerson(terminal);
        return project.server() + "/p/" + project.project() + "/" + name;
    }

    /** Asks the server; a session of a person ends with it. */
    public <T> T ask(Terminal terminal, Request<T> request) throws IOException {
        if (account == null) {
            if (passwordFromStandardInput) {
                throw new WrongRequest("--password-stdin needs --account: whose password is it?");
            }
            return request.of(serverOptions.connection(terminal));
        }
        ServerConnection connection = new ServerConnection(serverOptions.forPerson(terminal));
        connection.signIn(account, password(terminal));
        try {
            return request.of(connection);
        } finally {
            signOut(connection);
        }
    }

    private static void signOut(ServerConnection connection) {
        try {
            connection.signOut();
        } catch (IOException e) {
            // what was asked for is done, and the session ends by itself
        }
    }

    private String password(Terminal terminal) throws IOException {
        if (passwordFromStandardInput) {
            return new String(terminal.in().readNBytes(LONGEST), StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        }
        Optional<Console> console = Optional.ofNullable(System.console());
        char[] typed = console.orElseThrow(() ->
                        new WrongRequest("there is no terminal to type a password in; give it with --password-stdin"))
                .readPassword("Password of %s: ", account);
        if (typed == null) {
            throw new WrongRequest("no password was typed");
        }
        return new String(typed);
    }
}
