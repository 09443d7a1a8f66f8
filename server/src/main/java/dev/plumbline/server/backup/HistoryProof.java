package dev.plumbline.server.backup;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.history.exchange.ExportHistory;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.command.WorkingCopy;
import dev.plumbline.store.copy.HistoryCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Describes a history in a project's folder, so that it can be compared with its earlier state. */
final class HistoryProof {
    private static final CommandExecution.Member READER = new CommandExecution.Member("backup", Set.of(Right.READ));

    private final ConfinedCommand.Program program;
    private final Path scratch;
    private final Clock clock;

    /**
     * @param program what answers command lines
     * @param scratch a folder for files that live no longer than a command
     * @param at the time of the verdicts: mutes expire, and periods end
     */
    HistoryProof(ConfinedCommand.Program program, Path scratch, Instant at) {
        this.program = requireNonNull(program, "program");
        this.scratch = requireNonNull(scratch, "scratch");
        clock = Clock.fixed(at, ZoneOffset.UTC);
    }

    /**
     * Describes a history.
     *
     * @param folder of the project
     * @param name as people write it
     */
    Manifest.History of(Path folder, String name) throws IOException {
        StoreLocation history = new StoreLocation.InFile(folder.resolve("history.db"));
        HistoryCopy.Copied rows = new ExportHistory(Progress.SILENT).export(history, OutputStream.nullOutputStream());
        CommandExecution.Project project = new CommandExecution.Project(
                history, new CommitStore(folder.resolve("commits")), new WorkingCopy(folder.resolve("copy")));
        byte[] report = answer(project, "report", "--as=json");
        String verdict = new String(answer(project, "report"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
        return new Manifest.History(
                folder.getFileName().toString(),
                name,
                rows.runs(),
                rows.measurements(),
                rows.digest(),
                Digests.of(report),
                verdict);
    }

    private byte[] answer(CommandExecution.Project project, String... command) throws IOException {
        CommandExecution.Settings settings =
                new CommandExecution.Settings(program, scratch, clock, Long.MAX_VALUE, Optional.empty());
        try (CommandExecution execution =
                CommandExecution.run(List.of(command), new TreeMap<>(), READER, project, settings)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            execution.writeOutTo(out);
            out.writeBytes(execution.errors().getBytes(StandardCharsets.UTF_8));
            return out.toByteArray();
        } catch (CommandRefused e) {
            throw new IOException("the newest verdict cannot be read: " + e.getMessage(), e);
        }
    }
}
