package dev.plumbline.pipeline.workspace;

import static java.util.Objects.requireNonNull;

import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.postgres.OpenConnections;
import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.PostgresConnections;
import dev.plumbline.store.postgres.PostgresRunStore;
import dev.plumbline.store.sql.SqlRunStore;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The location of a history: the only type that knows the databases. Its text may be shown; it has no password. */
public sealed interface StoreLocation {
    /**
     * Whether a history exists; creates nothing.
     *
     * @throws StoreException if that cannot be found out
     */
    boolean hasHistory();

    /** Opens the history; makes it where there is none. */
    RunStore open(Aliases aliases, Reruns reruns);

    /** Opens the history under the names that it has itself; makes it where there is none. */
    SqlRunStore openAsItIs();

    /** A history that begins with what this one holds, which nothing that is written to it changes. */
    RunStore openTrial(Aliases aliases, Reruns reruns);

    /** The folder of the history's file; empty where it is not in a file. */
    Optional<Path> folder();

    /**
     * The location that a text means: an address of a server, or a file.
     *
     * @param directory where the file is searched for
     * @param variables those of the environment
     * @param project the history on a server, if the address has no project
     * @throws StoreException if it is an address with a mistake
     */
    static StoreLocation of(String text, Path directory, Map<String, String> variables, Optional<String> project) {
        if (PostgresAddress.isAddress(text)) {
            return new OnServer(PostgresAddress.parse(text, project), variables, new OpenConnections());
        }
        if (text.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            throw new StoreException("a history is a file or postgresql://USER@HOST/DATABASE?project=NAME, not the"
                    + " address of something else");
        }
        return new InFile(directory.resolve(text));
    }

    /** A text that names a history, as it may be shown. */
    static String shown(String text) {
        return PostgresAddress.isAddress(text) ? PostgresAddress.shown(text) : text;
    }

    /** A SQLite file. */
    record InFile(Path file) implements StoreLocation {
        public InFile {
            requireNonNull(file, "file");
        }

        @Override
        public boolean hasHistory() {
            return Files.exists(file);
        }

        @Override
        public RunStore open(Aliases aliases, Reruns reruns) {
            return SqliteRunStore.open(file, aliases, reruns);
        }

        @Override
        public SqlRunStore openAsItIs() {
            return SqliteRunStore.open(file);
        }

        @Override
        public RunStore openTrial(Aliases aliases, Reruns reruns) {
            return SqliteRunStore.copyOf(file, aliases, reruns);
        }

        @Override
        public Optional<Path> folder() {
            return Optional.of(file.toAbsolutePath().getParent());
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * A project in a PostgreSQL database.
     *
     * @param variables those of the environment, which may have the role and its password
     * @param connections knows those that are opened
     */
    record OnServer(PostgresAddress address, Map<String, String> variables, OpenConnections connections)
            implements StoreLocation {
        public OnServer {
            requireNonNull(address, "address");
            variables = Map.copyOf(variables);
            requireNonNull(connections, "connections");
        }

        private PostgresConnections source() {
            return new PostgresConnections(address, variables, connections);
        }

        @Override
        public boolean hasHistory() {
            return PostgresRunStore.exists(source());
        }

        @Override
        public RunStore open(Aliases aliases, Reruns reruns) {
            return PostgresRunStore.open(source(), aliases, reruns);
        }

        @Override
        public SqlRunStore openAsItIs() {
            return PostgresRunStore.open(source(), Aliases.NONE, Reruns.POOL);
        }

        @Override
        public RunStore openTrial(Aliases aliases, Reruns reruns) {
            return PostgresRunStore.openTrial(source(), aliases, reruns);
        }

        @Override
        public Optional<Path> folder() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }
}
