package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.HistoryReplica;
import dev.plumbline.server.command.WorkingCopy;
import dev.plumbline.server.data.HistoryPositions;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.data.ReadReplica;
import dev.plumbline.server.data.Unavailable;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.StoreUnavailable;
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
 *
 * <p>In PostgreSQL a replica may answer those who only read. It does where it has applied all that any server has
 * written to the project, so that readers see every acknowledged write.
 */
public final class Histories {
    private final Path folder;
    private final Optional<InPostgres> database;

    /** @param folder what belongs to a project and is in no database lies below it, and each history in a file */
    public Histories(Path folder) {
        this(folder, Optional.empty());
    }

    /**
     * @param folder what belongs to a project and is in no database lies below it
     * @param database where the histories are; each in a file below the folder when empty
     */
    public Histories(Path folder, Optional<InPostgres> database) {
        this.folder = requireNonNull(folder, "folder");
        this.database = requireNonNull(database, "database");
    }

    /**
     * The database of histories.
     *
     * @param variables those of the environment, which may have the role and its password
     * @param open knows the connections to histories
     * @param positions where the log of the database was after each write
     * @param replica where it is read, if there is one
     */
    public record InPostgres(
            PostgresAddress address,
            Map<String, String> variables,
            OpenConnections open,
            HistoryPositions positions,
            Optional<ReadReplica> replica) {
        public InPostgres {
            requireNonNull(address, "address");
            variables = Map.copyOf(variables);
            requireNonNull(open, "open");
            requireNonNull(positions, "positions");
            requireNonNull(replica, "replica");
        }

        private StoreLocation of(Project project) {
            return new StoreLocation.OnServer(address.ofProject(schema(project)), variables, open);
        }

        /** The history in the replica, if that has all that was written to the project. */
        private Optional<HistoryReplica> replicaOf(Project project) {
            if (replica.isEmpty()) {
                return Optional.empty();
            }
            ReadReplica copy = replica.get();
            boolean isUsed = copy.status().isInUse() && copy.has(positions.of(project.id()));
            copy.read(isUsed);
            return isUsed
                    ? Optional.of(new HistoryReplica(
                            new StoreLocation.OnServer(
                                    copy.address().ofProject(schema(project)), copy.variables(), copy.connections()),
                            copy::failed))
                    : Optional.empty();
        }

        private static String schema(Project project) {
            return "p_" + project.id();
        }
    }

    /** The same histories, always read where they are written. */
    public Histories withoutReplica() {
        return new Histories(
                folder,
                database.map(
                        one -> new InPostgres(one.address, one.variables, one.open, one.positions, Optional.empty())));
    }

    /** The replica from which histories are read, if there is one. */
    public Optional<ReadReplica> replica() {
        return database.flatMap(InPostgres::replica);
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

    /** The history of a project, where it is written. */
    public StoreLocation of(Project project) {
        return database.map(one -> one.of(project))
                .orElseGet(() -> new StoreLocation.InFile(folder(project).resolve("history.db")));
    }

    /**
     * Reads a history.
     *
     * @param <T> what comes of it
     * @param <E> how it fails
     */
    @FunctionalInterface
    public interface Reading<T, E extends Exception> {
        T from(StoreLocation history) throws E;
    }

    /**
     * Reads the history of a project at one place: in the replica if that has all that was written to the project, and
     * where it is written otherwise.
     *
     * @param reading writes nothing; it is repeated where the replica gives no answer
     */
    public <T, E extends Exception> T read(Project project, Reading<T, E> reading) throws E {
        Optional<HistoryReplica> replica = replicaOf(project);
        if (replica.isPresent()) {
            try {
                return reading.from(replica.get().history());
            } catch (StoreUnavailable | Unavailable e) {
                replica.get().failed().accept(e);
            }
        }
        return reading.from(of(project));
    }

    private Optional<HistoryReplica> replicaOf(Project project) {
        return database.flatMap(one -> one.replicaOf(project));
    }

    /** Whether a project has a history. */
    public boolean hasHistory(Project project) {
        return read(project, StoreLocation::hasHistory);
    }

    /** The history of a project was written to: who reads it from now on sees that. */
    public void written(Project project) {
        database.ifPresent(one -> one.positions.written(project.id()));
    }

    /** The commits that repositories of the project have. */
    public CommitStore commits(Project project) {
        return new CommitStore(folder(project).resolve("commits"));
    }

    /** The stand-in for the working copy in which results of a project were added last. */
    public WorkingCopy copy(Project project) {
        return new WorkingCopy(folder(project).resolve("copy"));
    }

    /** The project on which commands run. */
    public CommandExecution.Project forCommands(Project project) {
        return new CommandExecution.Project(of(project), () -> replicaOf(project), commits(project), copy(project));
    }

    /** The project on which commands run that read its history at this place. */
    public CommandExecution.Project forCommands(Project project, StoreLocation history) {
        return new CommandExecution.Project(history, commits(project), copy(project));
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
