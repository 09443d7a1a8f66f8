package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A command that measures by itself and writes its results to a file in a known format, or to a folder. */
public final class ResultFileSubject implements Subject {
    private static final int MOST_BLANKS = 100;

    private final String name;
    private final Command command;
    private final Path file;
    private final Optional<Format> format;
    private final Results results;
    private final Conditions conditions;

    /**
     * The conditions of the command.
     *
     * @param runner starts it
     * @param output takes what it prints; of one that fails the end is shown
     * @param limit after which it is killed
     */
    public record Conditions(ProcessRunner runner, Path output, Duration limit) {}

    /**
     * @param file that the command writes; it is deleted before each execution, so that an old one is never read; of a
     *     folder, the files that it writes
     * @param format to read it as; recognised by content when empty
     * @param results reads it, with defaults for facts that it does not contain
     */
    public ResultFileSubject(
            String name, Command command, Path file, Optional<Format> format, Results results, Conditions conditions) {
        this.name = requireNonNull(name, "name");
        this.command = requireNonNull(command, "command");
        this.file = requireNonNull(file, "file");
        this.format = requireNonNull(format, "format");
        this.results = requireNonNull(results, "results");
        this.conditions = requireNonNull(conditions, "conditions");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void measure(RunSink sink) throws IOException, InterruptedException {
        ResultFolder folder = ResultFolder.before(file);
        if (!Files.isDirectory(file)) {
            Files.deleteIfExists(file);
        }
        Execution execution = conditions.runner().run(command, conditions.output(), conditions.limit());
        if (!execution.succeeded()) {
            String message =
                    name + ": ended with exit code " + execution.exitCode() + OutputTail.of(conditions.output());
            throw OutputTail.isLocked(conditions.output()) ? new JmhLock(message) : new CommandFailure(message);
        }
        if (!Files.exists(file)) {
            throw new CommandFailure(
                    name + ": exited with 0 but wrote no " + file.getFileName() + OutputTail.of(conditions.output()));
        }
        if (isEmptyList()) {
            throw new CommandFailure(name + ": JMH wrote no results: did the filter match?");
        }
        try {
            if (!Files.isDirectory(file)) {
                results.read(file, format, sink);
            } else if (!folder.read(results, format, sink)) {
                throw new CommandFailure(name + ": exited with 0 but wrote no result into the folder "
                        + file.getFileName() + OutputTail.of(conditions.output()));
            }
        } catch (UnreadableInput e) {
            throw new CommandFailure(name + ": " + e.getMessage(), e);
        }
    }

    /** Whether the output is JMH's where no benchmark was measured; no other known tool writes just this. */
    private boolean isEmptyList() throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) <= MOST_BLANKS
                && Files.readString(file, StandardCharsets.ISO_8859_1)
                        .replaceAll("\\s", "")
                        .equals("[]");
    }
}
