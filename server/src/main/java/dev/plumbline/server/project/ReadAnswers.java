package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.Report;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.json.StoredReport;
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

/**
 * Answers of read-only commands for the server itself, in JSON; cached until the history changes.
 */
public final class ReadAnswers {
    /** The file of an answer. */
    public static final String OUT = "out";

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
        return read(project, command, JsonValue::read);
    }

    /** The report of a run; empty where there is no such run. */
    public Optional<Report> report(Project project, String run) throws IOException {
        return read(project, List.of("report", "--json", "--run=" + run), StoredReport::read);
    }

    /** Reads an answer. */
    private interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    private <T> Optional<T> read(Project project, List<String> command, Reading<T> reading) throws IOException {
        return histories.<Optional<T>, IOException>read(project, history -> read(project, history, command, reading));
    }

    private <T> Optional<T> read(Project project, StoreLocation history, List<String> command, Reading<T> reading)
            throws IOException {
        if (!history.hasHistory()) {
            return Optional.empty();
        }
        List<String> nothing = new ArrayList<>(List.of("nothing found"));
        nothing.addAll(command);
        if (kept.known(project, history, nothing).isPresent()) {
            return Optional.empty();
        }
        try {
            Path folder = kept.of(project, history, command, (into, at) -> run(project, at, command, into));
            try (InputStream in = Files.newInputStream(folder.resolve(OUT))) {
                return Optional.of(reading.from(in));
            }
        } catch (NothingFound e) {
            kept.of(project, history, nothing, (into, at) -> {});
            return Optional.empty();
        }
    }

    /** A command that found nothing to answer about. */
    private static final class NothingFound extends IOException {}

    private void run(Project project, StoreLocation history, List<String> command, Path into) throws IOException {
        try {
            commands.readAsServer(project, history, command, execution -> {
                if (execution.exitCode() == WRONG) {
                    throw new NothingFound();
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
            throw new IOException("too many commands are waiting", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        }
    }
}
