package dev.plumbline.server.original;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.workspace.RecordedFile;
import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.data.Unavailable;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.StoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The original result files of projects: their facts in the database, and their bytes in the folder of each project. A
 * file is written before its database row, and the row is deleted before the file; files left over after a kill are
 * deleted at the next start.
 */
public final class Originals {
    /** The days for which files are kept unless the project sets another number. */
    public static final int USUAL_DAYS = 90;

    public static final int MOST_DAYS = 36_500;

    private static final int LONGEST_NAME = 500;

    /** Runs that are asked for at once. */
    private static final int AT_ONCE = 200;

    private static final Rows.Reader<Original.File> FILE = row ->
            new Original.File(row.text("digest"), row.number("bytes"), row.number("packed_bytes"), row.time("kept_at"));

    private static final Rows.Reader<Original> ORIGINAL = row -> new Original(
            FILE.read(row),
            row.text("name"),
            row.optionalText("format"),
            row.text("reader"),
            Math.toIntExact(row.number("headers")),
            Places.of(row.text("places")));

    private static final Rows.Reader<Original.Room> ROOM =
            row -> new Original.Room(row.number("files"), row.number("bytes"), row.number("packed_bytes"));

    private static final String SUM = "SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes,"
            + " coalesce(sum(packed_bytes), 0) AS packed_bytes FROM original WHERE project = ?";

    private final ServerDatabase database;
    private final Function<Project, Path> folders;
    private final Clock clock;

    /** Excludes the deletion of files without a row while a file has been written and its row has not. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** @param folders where the files of a project are */
    public Originals(ServerDatabase database, Function<Project, Path> folders, Clock clock) {
        this.database = requireNonNull(database, "database");
        this.folders = requireNonNull(folders, "folders");
        this.clock = requireNonNull(clock, "clock");
    }

    private OriginalFiles files(Project project) {
        return new OriginalFiles(folders.apply(project));
    }

    /** The number of days for which a project keeps files; 0 for none at all. */
    public int days(Project project) {
        return database.read(rows -> rows.first(
                        "SELECT days FROM original_rule WHERE project = ?",
                        row -> Math.toIntExact(row.number("days")),
                        project.id()))
                .orElse(USUAL_DAYS);
    }

    /** @throws IllegalArgumentException if it is not a valid number of days; the message has the range */
    public void setDays(Project project, int days) {
        if (days < 0 || days > MOST_DAYS) {
            throw new IllegalArgumentException("the days for result files must be from 0 to " + MOST_DAYS);
        }
        database.write(rows -> {
            rows.update("DELETE FROM original_rule WHERE project = ?", project.id());
            return days == USUAL_DAYS
                    ? 0
                    : rows.update("INSERT INTO original_rule (project, days) VALUES (?, ?)", project.id(), days);
        });
    }

    /** Keeps what is recorded to a project. */
    public RecordedFile.Keeper keeper(Project project) {
        return recorded -> keep(project, recorded);
    }

    private record Waiting(int position, RecordedFile file, OriginalFiles.Packed packed) {}

    /**
     * Keeps files; those that bring nothing new are not kept again: their runs have the files that they were first read
     * from.
     */
    private void keep(Project project, List<RecordedFile> recorded) {
        if (days(project) == 0) {
            return;
        }
        OriginalFiles files = files(project);
        List<Waiting> waiting = new ArrayList<>();
        try {
            Set<String> known = withFiles(
                    project,
                    recorded.stream()
                            .flatMap(file -> file.runs().stream())
                            .filter(run -> !run.isNew())
                            .map(RecordedFile.OfRun::id)
                            .distinct()
                            .toList());
            for (int i = 0; i < recorded.size(); i++) {
                RecordedFile file = recorded.get(i);
                if (file.runs().stream().anyMatch(run -> run.isNew() || !known.contains(run.id()))) {
                    waiting.add(new Waiting(i, file, files.pack(file.file())));
                }
            }
            lock.readLock().lock();
            try {
                for (Waiting one : waiting) {
                    files.add(one.packed());
                }
                database.write(rows -> {
                    Set<String> cleared = new HashSet<>();
                    for (Waiting one : waiting) {
                        inserting(project, one, known, cleared).on(rows);
                    }
                    return null;
                });
            } finally {
                lock.readLock().unlock();
            }
        } catch (IOException | Unavailable e) {
            for (Waiting one : waiting) {
                discard(files, one);
            }
            throw new StoreUnavailable(
                    "the results are recorded, but their file could not be kept. Send them again; results are"
                            + " not added twice: " + e.getMessage(),
                    e);
        }
    }

    private static void discard(OriginalFiles files, Waiting one) {
        try {
            files.discard(one.packed());
        } catch (IOException e) {
            // it is deleted at the next start
        }
    }

    /** The given runs whose files are kept. */
    private Set<String> withFiles(Project project, List<String> runs) {
        Set<String> known = new HashSet<>();
        for (int from = 0; from < runs.size(); from += AT_ONCE) {
            List<String> some = runs.subList(from, Math.min(runs.size(), from + AT_ONCE));
            List<Object> values = new ArrayList<>(some);
            values.add(0, project.id());
            known.addAll(database.read(rows -> rows.list(
                    "SELECT DISTINCT run FROM original_run WHERE project = ? AND run IN (?"
                            + ", ?".repeat(some.size() - 1) + ")",
                    row -> row.text("run"),
                    values.toArray())));
        }
        return known;
    }

    /** @param cleared the runs whose earlier files are forgotten already */
    private ServerDatabase.Work<Integer> inserting(
            Project project, Waiting one, Set<String> known, Set<String> cleared) {
        String name = one.file().name();
        return rows -> {
            rows.update(
                    "INSERT INTO original (project, digest, bytes, packed_bytes, kept_at) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (project, digest) DO UPDATE SET kept_at = excluded.kept_at",
                    project.id(),
                    one.packed().digest(),
                    one.packed().bytes(),
                    one.packed().packedBytes(),
                    clock.instant());
            for (RecordedFile.OfRun run : one.file().runs()) {
                if (!run.isNew() && known.contains(run.id())) {
                    continue;
                }
                if (cleared.add(run.id())) {
                    // a run that was removed may come again
                    rows.update("DELETE FROM original_run WHERE project = ? AND run = ?", project.id(), run.id());
                }
                rows.update(
                        "INSERT INTO original_run (project, run, position, digest, name, format, headers, places,"
                                + " reader) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        project.id(),
                        run.id(),
                        one.position(),
                        one.packed().digest(),
                        name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name,
                        one.file().format(),
                        one.file().headers(),
                        Places.text(run.places()),
                        Version.TEXT);
            }
            return one.file().runs().size();
        };
    }

    /** The files that a run was read from, in the order in which they were recorded. */
    public List<Original> ofRun(Project project, String run) {
        return database.read(rows -> rows.list(
                "SELECT original.digest, bytes, packed_bytes, kept_at, name, format, reader, headers, places"
                        + " FROM original_run JOIN original ON original.project = original_run.project"
                        + " AND original.digest = original_run.digest"
                        + " WHERE original_run.project = ? AND run = ? ORDER BY position",
                ORIGINAL,
                project.id(),
                run));
    }

    /**
     * The files of a project, the newest first.
     *
     * @param after the digest of the file where the list goes on; from the beginning when empty
     * @throws IllegalArgumentException if there is no such file any more
     */
    public List<Original.Listed> of(Project project, Optional<String> after, int most) {
        Optional<Original.File> last = after.map(digest ->
                find(project, digest).orElseThrow(() -> new IllegalArgumentException("there is no file " + digest)));
        Instant before = last.map(Original.File::keptAt).orElse(Instant.ofEpochMilli(Long.MAX_VALUE));
        return database.read(rows -> rows.list(
                "SELECT digest, bytes, packed_bytes, kept_at,"
                        + " (SELECT min(name) FROM original_run WHERE original_run.project = original.project"
                        + " AND original_run.digest = original.digest) AS name,"
                        + " (SELECT count(*) FROM original_run WHERE original_run.project = original.project"
                        + " AND original_run.digest = original.digest) AS runs"
                        + " FROM original WHERE project = ? AND (kept_at < ? OR kept_at = ? AND digest > ?)"
                        + " ORDER BY kept_at DESC, digest LIMIT " + most,
                row -> new Original.Listed(
                        FILE.read(row), row.optionalText("name").orElse(""), row.number("runs")),
                project.id(),
                before,
                before,
                after.orElse("")));
    }

    /** The file of a digest. */
    public Optional<Original.File> find(Project project, String digest) {
        return database.read(rows -> rows.first(
                "SELECT digest, bytes, packed_bytes, kept_at FROM original WHERE project = ? AND digest = ?",
                FILE,
                project.id(),
                digest));
    }

    /** The runs that were read from a file, of as many as are asked for. */
    public List<String> runs(Project project, String digest, int most) {
        return database.read(rows -> rows.list(
                "SELECT DISTINCT run FROM original_run WHERE project = ? AND digest = ? ORDER BY run LIMIT " + most,
                row -> row.text("run"),
                project.id(),
                digest));
    }

    /**
     * The bytes of a file as they came.
     *
     * @throws java.nio.file.NoSuchFileException if they are not in the folder of this server
     */
    public InputStream open(Project project, Original.File file) throws IOException {
        return files(project).open(file.digest());
    }

    /**
     * Writes the bytes of a file as they came.
     *
     * @throws java.nio.file.NoSuchFileException if they are not in the folder of this server
     * @throws IOException if they are not the same any more
     */
    public void unpack(Project project, Original.File file, Path target) throws IOException {
        MessageDigest digest = OriginalFiles.sha256();
        try (InputStream in = new DigestInputStream(open(project, file), digest)) {
            Files.copy(in, target);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.digest())) {
            throw new IOException("the kept file " + file.digest() + " is damaged: its digest has changed");
        }
    }

    /** Whether the bytes of a file are in the folder of this server. */
    public boolean isHere(Project project, Original.File file) {
        return files(project).has(file.digest());
    }

    /** Notes what the files of a run were read as just now. */
    public void readAgain(Project project, String run, List<Optional<String>> formats) {
        database.write(rows -> {
            List<Long> positions = rows.list(
                    "SELECT position FROM original_run WHERE project = ? AND run = ? ORDER BY position",
                    row -> row.number("position"),
                    project.id(),
                    run);
            for (int i = 0; i < Math.min(positions.size(), formats.size()); i++) {
                rows.update(
                        "UPDATE original_run SET format = ?, reader = ? WHERE project = ? AND run = ?"
                                + " AND position = ?",
                        formats.get(i),
                        Version.TEXT,
                        project.id(),
                        run,
                        positions.get(i));
            }
            return null;
        });
    }

    /** The space that a project uses. */
    public Original.Room room(Project project) {
        return database.read(rows -> rows.first(SUM, ROOM, project.id())).orElseThrow();
    }

    /** When files have to have come not to be deleted now. */
    public Instant oldest(Project project) {
        return clock.instant().minus(Duration.ofDays(days(project)));
    }

    /** The space of the files that would be deleted now. */
    public Original.Room expired(Project project) {
        return database.read(rows -> rows.first(SUM + " AND kept_at <= ?", ROOM, project.id(), oldest(project)))
                .orElseThrow();
    }

    /** The runs of a project with kept files. */
    public Set<String> runs(Project project) {
        return new HashSet<>(database.read(rows -> rows.list(
                "SELECT DISTINCT run FROM original_run WHERE project = ?", row -> row.text("run"), project.id())));
    }

    /**
     * Deletes files that are too old, and those without a remaining run.
     *
     * @param gone runs that the history does not have any more
     * @return what was forgotten
     */
    public Original.Room expire(Project project, Set<String> gone) throws IOException {
        Instant oldest = oldest(project);
        Original.Room forgotten = database.write(rows -> {
            for (String run : gone) {
                rows.update("DELETE FROM original_run WHERE project = ? AND run = ?", project.id(), run);
            }
            String which = " AND (kept_at <= ? OR NOT EXISTS (SELECT 1 FROM original_run"
                    + " WHERE original_run.project = original.project AND original_run.digest = original.digest))";
            Original.Room room =
                    rows.first(SUM + which, ROOM, project.id(), oldest).orElseThrow();
            rows.update("DELETE FROM original WHERE project = ?" + which, project.id(), oldest);
            rows.update(
                    "DELETE FROM original_run WHERE project = ? AND NOT EXISTS (SELECT 1 FROM original"
                            + " WHERE original.project = original_run.project"
                            + " AND original.digest = original_run.digest)",
                    project.id());
            return room;
        });
        deleteForgotten(project);
        return forgotten;
    }

    /** Deletes files that the database knows nothing of; returns how many. */
    private int deleteForgotten(Project project) throws IOException {
        lock.writeLock().lock();
        try {
            Set<String> known = new HashSet<>(database.read(rows -> rows.list(
                    "SELECT digest FROM original WHERE project = ?", row -> row.text("digest"), project.id())));
            return files(project).deleteUnless(known::contains);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Deletes what a process that was killed left behind, before anything is kept. Projects that this database does not
     * know keep all they have: it may be the wrong one.
     *
     * @return how many files
     */
    public int clear(List<Project> projects) throws IOException {
        int deleted = 0;
        for (Project project : projects) {
            files(project).clearIncoming();
            deleted += deleteForgotten(project);
        }
        return deleted;
    }
}
