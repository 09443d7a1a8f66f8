package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ConfigOption;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.server.command.CommandAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

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
            terminal().out().println("nothing is waiting to be sent");
            terminal().out().flush();
            return ExitCode.OPEN;
        }
        ServerConnection connection = new ServerConnection(ServerProject.of(server.get(), terminal(), configuration));
        sendCommits(connection);
        int rejected = 0;
        Set<Integer> answered = new HashSet<>();
        for (int i = 0; i < waiting.size(); i++) {
            terminal()
                    .out()
                    .println("sending " + (i + 1) + " of " + waiting.size() + ": "
                            + waiting.get(i).getFileName());
            OptionalInt exitCode = send(waiting.get(i), connection, spool);
            exitCode.ifPresent(answered::add);
            rejected += exitCode.isPresent() ? 0 : 1;
        }
        terminal().out().flush();
        if (rejected > 0 || answered.contains(ExitCode.WRONG)) {
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

    /** @return the exit code, if the server took it; what it cannot say stays where it is, and ends the command */
    private OptionalInt send(Path file, ServerConnection connection, Spool spool) throws IOException {
        try (Scratch scratch = Scratch.create()) {
            CommandAnswer answer = connection.run(file, Spool.key(file), scratch.folder());
            spool.remove(file);
            Files.copy(answer.out(), terminal().out());
            Files.copy(answer.err(), terminal().err());
            terminal().out().println("sent; exit code " + answer.exitCode());
            return OptionalInt.of(answer.exitCode());
        } catch (ServerRefusal e) {
            if (!e.isForGood()) {
                throw e;
            }
            Path aside = spool.reject(file, e.getMessage());
            terminal()
                    .err()
                    .println("plumb: rejected: " + TerminalText.escape(e.getMessage()) + "; set aside: "
                            + TerminalText.escape(aside.toString()));
            return OptionalInt.empty();
        }
    }
}
