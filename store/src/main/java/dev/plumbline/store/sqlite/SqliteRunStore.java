package dev.plumbline.store.sqlite;

import dev.plumbline.store.Reruns;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.sql.SqlRunStore;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A history in one SQLite file, which can also be opened with {@code sqlite3}: {@code SELECT * FROM history}.
 *
 * <p>Several processes may use the file at once. A process that is killed loses the recording it was making and nothing
 * else.
 */
public final class SqliteRunStore extends SqlRunStore {
    /** The time to wait for another process that is recording; a large backfill takes a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private SqliteRunStore(SqliteDatabase database, Aliases aliases, Reruns reruns) {
        super(database, aliases, reruns);
    }

    /**
     * Opens a history; makes the file and its directory when they are missing.
     *
     * @throws StoreException if the file is not a history, was made by a later version, or is damaged; files that are
     *     not ours, or of a later version, are left as they are. One that may not be written can be read
     */
    public static SqliteRunStore open(Path file) {
        return open(file, Aliases.NONE, Reruns.POOL);
    }

    /**
     * Opens a history, as {@link #open(Path)} does, where these names have changed besides those that it knows
     * of, and reads several runs of one commit so.
     */
    public static SqliteRunStore open(Path file, Aliases aliases, Reruns reruns) {
        return new SqliteRunStore(SqliteDatabase.open(file, PATIENCE), aliases, reruns);
    }

    public static SqliteRunStore open(Path file, Duration patience) {
        return new SqliteRunStore(SqliteDatabase.open(file, patience), Aliases.NONE, Reruns.POOL);
    }

    /** A history that is only read. */
    public static SqliteRunStore openToRead(Path file) {
        return new SqliteRunStore(SqliteDatabase.openToRead(file, PATIENCE), Aliases.NONE, Reruns.POOL);
    }

    /** A history that ends with this object. */
    public static SqliteRunStore inMemory() {
        return inMemory(Aliases.NONE, Reruns.POOL);
    }

    /** A history that ends with this object, with changed names, that reads several runs of one commit so. */
    public static SqliteRunStore inMemory(Aliases aliases, Reruns reruns) {
        return new SqliteRunStore(SqliteDatabase.inMemory(), aliases, reruns);
    }

    /**
     * A history that ends with this object and begins with what a file holds, which is not changed.
     *
     * @throws StoreException if the file is no history, was made by a later version, or is damaged
     */
    public static SqliteRunStore copyOf(Path file, Aliases aliases, Reruns reruns) {
        return copyOf(file, aliases, reruns, PATIENCE);
    }

    /** @param patience how long a file that is locked is waited for */
    public static SqliteRunStore copyOf(Path file, Aliases aliases, Reruns reruns, Duration patience) {
        return new SqliteRunStore(SqliteDatabase.copyOf(file, patience), aliases, reruns);
    }
}
