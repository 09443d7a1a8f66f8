package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.people.Project;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What commands that only read answer to the server itself, in JSON; kept until the history changes. */
public final class ReadAnswers {
    private static final String OUT = "out";
    private static final String NONE = "none";
    private static final int WRONG = 2;

    private final Commands commands;
    private final Histories histories;
    private final KeptAnswers kept;

    public ReadAnswers(Commands commands, Histories histories, KeptAnswers kept) {
        this.commands = requireNonNull(commands, "commands");
        this.histories = requireNonNull(histories, "histories");
        this.kept = requireNonNull(kept, "kept");
    }

    /**
     * The answer of a command; empty where it finds nothing to answer about, as in a project without results.
     *
     * @throws IOException if it cannot be asked now
     */
    public Optional<JsonValue> json(Project project, List<String> command) throws IOException {
        if (!histories.of(project).hasHistory()) {
            return Optional.empty();
        }
        List<String> question = new ArrayList<>(List.of("the server's own"));
        question.addAll(command);
        Path folder = kept.of(project, question, into -> run(project, command, into));
        if (Files.exists(folder.resolve(NONE))) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(folder.resolve(OUT))) {
            return Optional.of(JsonValue.read(in));
        }
    }

    /** Something was decided: what is known of the history is old. */
    public void changed(Project project) {
        kept.changed(project);
    }

    private void run(Project project, List<String> command, Path into) throws IOException {
        try {
            commands.runAsServer(project, command, execution -> {
                if (execution.exitCode() == WRONG) {
                    return Files.createFile(into.resolve(NONE));
                }
                Path file = into.resolve(OUT);
                try (OutputStream out = Files.newOutputStream(file)) {
                    execution.writeOutTo(out);
                }
                return file;
            });
        } catch (CommandRefused e) {
            throw new IllegalStateException("a command of the server's own", e);
        } catch (CommandQueue.Full e) {
            throw new IOException("too many commands wait", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        }
    }
}
