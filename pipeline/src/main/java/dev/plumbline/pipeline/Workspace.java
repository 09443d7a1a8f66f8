package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Revision;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SqliteRunStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command runs: its directory, its history, and what can be found out there.
 *
 * @param directory the working directory
 * @param variables the process's environment variables
 * @param clock the time
 * @param store the history's file
 */
public record Workspace(Path directory, Map<String, String> variables, Clock clock, Path store) {
    /** Where the history lies unless a person says otherwise. */
    public static final String DEFAULT_STORE = ".plumbline/history.db";

    public Workspace {
        requireNonNull(directory, "directory");
        requireNonNull(clock, "clock");
        requireNonNull(store, "store");
        variables = Map.copyOf(variables);
    }

    /**
     * The workspace of a directory.
     *
     * @param store the history's file; when it is not given, {@code .plumbline/history.db} at the root of the
     *     repository around the directory, or in the directory itself
     */
    public static Workspace of(Path directory, Map<String, String> variables, Clock clock, Optional<Path> store) {
        Path file = store.map(directory::resolve)
                .orElseGet(() -> repositoryAround(directory).resolve(DEFAULT_STORE));
        return new Workspace(directory, variables, clock, file);
    }

    /**
     * The nearest folder upwards that holds a {@code .git}; asked of the file system because starting git takes longer.
     */
    private static Path repositoryAround(Path directory) {
        Path folder = directory.toAbsolutePath().normalize();
        while (folder != null) {
            if (java.nio.file.Files.exists(folder.resolve(".git"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        return directory;
    }

    RunStore open() {
        return SqliteRunStore.open(store);
    }

    Place place() {
        return Place.of(directory, variables, Machine.here());
    }

    Surroundings surroundings(Place place) {
        return Surroundings.of(place.revision(), place.environment(), clock.instant());
    }

    /** The branch that other branches are judged against when nobody says which. */
    static String defaultBaseBranch(Place place) {
        return place.baseBranch().orElse(Revision.DEFAULT_BRANCH);
    }
}
