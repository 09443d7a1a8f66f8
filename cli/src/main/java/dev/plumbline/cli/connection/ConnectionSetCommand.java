package dev.plumbline.cli.connection;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.remote.PersonOptions;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects a project to its repository, or changes the connection. */
@CommandLine.Command(
        name = "set",
        description = "Connect the project to its repository, or change the connection: what is not given stays. Needs"
                + " the right to administer.",
        footer = {
            "",
            "Secrets come from a file or an environment variable, never from an argument.",
            "",
            "Examples:",
            "  plumb connection set https://github.com/acme/parser --token-file token.txt --account ann",
            "  plumb connection set https://github.com/acme/parser --app 12345 --key-file key.pem --account ann",
            "  plumb connection set https://gitlab.example.org/acme/parser --forge gitlab --token-variable"
                    + " GITLAB_TOKEN --account ann",
            "  plumb connection set --token-file new-token.txt --account ann"
        })
final class ConnectionSetCommand extends Command {
    private static final Map<String, String> FORGES = Map.of("github.com", "github", "gitlab.com", "gitlab");

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "The address of the repository's page. Default: that of the present connection.")
    private String repository;

    @Option(
            names = "--forge",
            paramLabel = "NAME",
            description = "github or gitlab. Default: by the address github.com or gitlab.com, else that of the present"
                    + " connection.")
    private String forge;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Name of the check and the comment. Several projects of one repository need several names.")
    private String name;

    @Option(
            names = "--pending-check",
            negatable = true,
            description = "Show a pending check on pull requests until their results come. Default: yes")
    private Boolean pendingCheck;

    @Mixin
    private CredentialOptions credentialOptions = new CredentialOptions();

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    /** The answer of the server, and where the events go. */
    private record Done(JsonValue connection, String events) {}

    @Override
    public Integer call() throws IOException {
        if (!personOptions.isPerson()) {
            throw new WrongRequest("no token connects a repository, only a person: give --account NAME; who signs in"
                    + " through an identity provider does it on " + personOptions.page(terminal(), "repository"));
        }
        CredentialOptions.Given given = credentialOptions.read(terminal());
        Done done = personOptions.ask(terminal(), server -> {
            ForgeConnection connection = new ForgeConnection(server);
            Optional<JsonValue> known = connection.find();
            return new Done(connection.put(body(known, given)), connection.events());
        });
        Optional<String> secret = done.connection().get("secret").text();
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", ForgeConnection.SCHEMA);
                        out.object("connection", () -> ForgeConnection.write(done.connection(), out));
                        out.text("events", done.events());
                        out.text("secret", secret);
                    }));
        } else {
            terminal()
                    .out()
                    .println("connected to "
                            + TerminalText.escape(
                                    done.connection().get("repository").text().orElse(""))
                            + "; its commits are read within a few seconds: plumb connection test");
            secret.ifPresent(text -> {
                terminal()
                        .out()
                        .println("webhook to add to the repository, content type application/json: " + done.events());
                terminal().out().println("its secret, shown only now: " + TerminalText.escape(text));
            });
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private String body(Optional<JsonValue> known, CredentialOptions.Given given) throws WrongRequest {
        String address = Optional.ofNullable(repository)
                .or(() -> known.flatMap(one -> one.get("repository").text()))
                .orElseThrow(() -> new WrongRequest(
                        "the project is not connected yet: name the address of the" + " repository's page"));
        if (known.isEmpty() && given.isNothing()) {
            throw new WrongRequest("a new connection needs a token (--token-file, --token-variable), or an app of"
                    + " GitHub (--app, with --key-file or --key-variable)");
        }
        String service = service(address, known);
        return JsonText.ascii(out -> out.object(() -> {
            out.text("forge", service);
            out.text("repository", address);
            Optional.ofNullable(name)
                    .or(() -> known.flatMap(one -> one.get("name").text()))
                    .ifPresent(text -> out.text("name", text));
            out.truth(
                    "awaitsResults",
                    Optional.ofNullable(pendingCheck)
                            .orElseGet(() -> known.isEmpty()
                                    || known.get().get("awaitsResults").isTrue()));
            given.token().ifPresent(token -> out.text("token", token));
            given.app().ifPresent(id -> out.text("app", id));
            given.key().ifPresent(key -> out.text("privateKey", key));
        }));
    }

    private String service(String address, Optional<JsonValue> known) throws WrongRequest {
        if (forge != null) {
            return forge;
        }
        if (repository == null) {
            return known.flatMap(one -> one.get("forge").text()).orElse("");
        }
        return byHost(address)
                .or(() -> known.flatMap(one -> one.get("forge").text()))
                .orElseThrow(() -> new WrongRequest("which service is at " + TerminalText.escape(address)
                        + "? give --forge github or --forge gitlab"));
    }

    private static Optional<String> byHost(String address) {
        try {
            return Optional.ofNullable(URI.create(address).getHost())
                    .map(host -> FORGES.get(host.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the server says what is wrong with it
        }
    }
}
