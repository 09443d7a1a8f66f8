package dev.plumbline.server.project;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.WorkingCopy;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.postgres.OpenConnections;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The histories of projects: beside the server's database, under the project's id, so that a renaming moves nothing.
 */
public final class Histories {
    private final Path folder;
    private final Optional<PostgresAddress> database;
    private final Map<String, String> variables;
    private final OpenConnections open;

    /**
     * @param folder what belongs to a project and is in no database lies below it
     * @param database where the histories are; each in a file below the folder when empty
     * @param variables those of the environment, which may have the role and its password
     * @param open knows the connections to histories
     */
    public Histories(
            Path folder, Optional<PostgresAddress> database, Map<String, String> variables, OpenConnections open) {
        this.open = open;
        this.folder = folder;
        this.database = database;
        this.variables = Map.copyOf(variables);
    }

    /** Deletes the files of commands that did not end, because the process was killed. */
    public void clear() throws IOException {
        Path scratch = scratch();
        try (Stream<Path> left = Files.list(scratch)) {
            for (Path one : left.toList()) {
                Scratch.delete(one);
            }
        }
    }

    /** The history of a project. */
    public StoreLocation of(Project project) {
        return database.<StoreLocation>map(
                        address -> new StoreLocation.OnServer(address.ofProject("p_" + project.id()), variables, open))
                .orElseGet(() -> new StoreLocation.InFile(folder(project).resolve("history.db")));
    }

    /** The commits that repositories of the project have. */
    public CommitStore commits(Project project) {
        return new CommitStore(folder(project).resolve("commits"));
    }

    /** The project on which commands run. */
    public CommandExecution.Project forCommands(Project project) {
        return new CommandExecution.Project(
                of(project), commits(project), new WorkingCopy(folder(project).resolve("copy")));
    }

    /** A folder for files that live no longer than a command. */
    public Path scratch() {
        return created(folder.resolve("scratch"));
    }

    /** The folder of a project, which is there then. */
    public Path folder(Project project) {
        return created(folder.resolve("projects").resolve(project.id()));
    }

    /** The folder of a project's original result files. */
    public Path originals(Project project) {
        return created(folder(project).resolve("originals"));
    }

    private static Path created(Path own) {
        try {
            PrivateFiles.createFolder(own);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + own + " cannot be created", e);
        }
        return own;
    }
}
