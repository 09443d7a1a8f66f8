package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ConfigOption;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.server.command.CommandAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends what waits for the server. */
@CommandLine.Command(
        name = "sync",
        description = "Send the results that were kept while the server could not be reached, the oldest first.",
        footer = {
            "",
            "Results that are sent twice count once. Results that the server rejects are moved, with the reason, to",
            ".plumbline/spool/rejected.",
            "",
            "Exit codes: 0 everything was sent and every gate passes, 1 a gate fails, 2 something was rejected or is",
            "still waiting, 3 a gate is undecided."
        })
public final class SyncCommand extends Command {
    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private ConfigOption configOption = new ConfigOption();

    @Override
    public Integer call() throws IOException {
        Configuration configuration = configOption.configuration(terminal());
        Optional<URI> server = ServerProject.server(terminal(), configuration);
        if (server.isEmpty()) {
            throw new WrongRequest(
                    "no server is configured; write server: URL in plumbline.yaml, or set " + ServerProject.SERVER);
        }
        Workspace workspace = Workspace.of(
                terminal().directory(), terminal().variables(), terminal().clock(), Optional.empty(), configuration);
        Spool spool = new Spool(workspace);
        List<Path> waiting = spool.waiting();
        if (waiting.isEmpty()) {
            if (json) {
                write(List.of());
            } else {
                terminal().out().println("nothing is waiting to be sent");
            }
            terminal().out().flush();
            return ExitCode.OPEN;
        }
        ServerConnection connection = new ServerConnection(ServerProject.of(server.get(), terminal(), configuration));
        sendCommits(connection);
        List<Sent> all = new ArrayList<>();
        try {
            for (int i = 0; i < waiting.size(); i++) {
                if (!json) {
                    terminal()
                            .out()
                            .println("sending " + (i + 1) + " of " + waiting.size() + ": "
                                    + waiting.get(i).getFileName());
                }
                all.add(send(waiting.get(i), connection, spool));
            }
        } finally {
            if (json) { // also of those before one that ends the command
                write(all);
            }
            terminal().out().flush();
        }
        Set<Integer> answered = new HashSet<>();
        all.forEach(one -> one.exitCode.ifPresent(answered::add));
        if (all.stream().anyMatch(one -> one.exitCode.isEmpty()) || answered.contains(ExitCode.WRONG)) {
            return ExitCode.WRONG;
        }
        return answered.contains(ExitCode.CLOSED)
                ? ExitCode.CLOSED
                : answered.contains(ExitCode.UNDECIDED) ? ExitCode.UNDECIDED : ExitCode.OPEN;
    }

    private void sendCommits(ServerConnection connection) throws IOException {
        Optional<Checkout> checkout = Checkout.of(terminal().directory());
        try {
            if (checkout.isPresent()) {
                connection.sendCommits(terminal().directory(), checkout.get());
            }
        } catch (ServerRefusal e) {
            if (!e.isForGood() && !e.isUnknown()) {
                throw e;
            }
            terminal().err().println("plumb: warning: " + TerminalText.escape(e.getMessage()));
        }
    }

    /**
     * The outcome of sending a file.
     *
     * @param exitCode of the server's answer, if it took the file
     * @param output of that answer, where it was not printed
     * @param rejected the reason, if it did not
     */
    private record Sent(Path file, OptionalInt exitCode, Optional<String> output, Optional<String> rejected) {}

    private void write(List<Sent> all) throws IOException {
        JsonText.write(
                terminal().out(),
                out -> out.object(() -> {
                    out.text("schema", "plumbline-sync/1");
                    out.array(
                            "results",
                            all,
                            one -> out.object(() -> {
                                out.text("file", one.file.getFileName().toString());
                                if (one.exitCode.isPresent()) {
                                    out.integer("exitCode", one.exitCode.getAsInt());
                                } else {
                                    out.nothing("exitCode");
                                }
                                out.text("output", one.output);
                                out.text("rejected", one.rejected);
                            }));
                }));
    }

    /** @return the outcome; if the server gives none, the result stays in place and the command ends */
    private Sent send(Path file, ServerConnection connection, Spool spool) throws IOException {
        try (Scratch scratch = Scratch.create()) {
            CommandAnswer answer = connection.run(file, Spool.key(file), scratch.folder());
            spool.remove(file);
            Files.copy(answer.err(), terminal().err());
            Optional<String> output = Optional.empty();
            if (json) {
                output = Optional.of(new String(Files.readAllBytes(answer.out()), StandardCharsets.UTF_8));
            } else {
                Files.copy(answer.out(), terminal().out());
                terminal().out().println("sent; exit code " + answer.exitCode());
            }
            return new Sent(file, OptionalInt.of(answer.exitCode()), output, Optional.empty());
        } catch (ServerRefusal e) {
            if (!e.isForGood()) {
                throw e;
            }
            Path aside = spool.reject(file, e.getMessage());
            terminal()
                    .err()
                    .println("plumb: rejected: " + TerminalText.escape(e.getMessage()) + "; set aside: "
                            + TerminalText.escape(aside.toString()));
            return new Sent(file, OptionalInt.empty(), Optional.empty(), Optional.of(e.getMessage()));
        }
    }
}
