package dev.plumbline.server.backup;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.data.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies everything that a server keeps in its folder, while it runs. Each database is copied as it was at one moment,
 * that of people first: a history may have a run more than was there then, and never one less.
 */
public final class Backup {
    private static final int ATTEMPTS = 5;

    private final ConfinedCommand.Program program;
    private final Clock clock;
    private final Progress progress;

    /** @param program what answers command lines */
    public Backup(ConfinedCommand.Program program, Clock clock, Progress progress) {
        this.program = requireNonNull(program, "program");
        this.clock = requireNonNull(clock, "clock");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * The copied files.
     *
     * @param projects that have results
     */
    public record Made(int files, long bytes, int projects, long runs) {}

    /**
     * Makes a backup.
     *
     * @param hasDatabase whether the server's own database is in the folder, and not in PostgreSQL
     * @param to a folder that is empty, or not there
     * @throws WrongRequest if there is no server's folder, or something in the other one
     */
    public Made make(Path from, boolean hasDatabase, Path to) throws IOException {
        Path source = existing(from, hasDatabase);
        if (to.toAbsolutePath().normalize().startsWith(source.toAbsolutePath().normalize())) {
            throw new WrongRequest(
                    "the backup must not be inside the folder that it copies; choose another" + " place than " + to);
        }
        if (!ServerFiles.isEmpty(to)) {
            throw new WrongRequest("there is something in " + to + " already; give an empty folder for the backup");
        }
        Instant at = clock.instant();
        PrivateFiles.createFolder(to);
        SortedMap<String, Long> rows = new TreeMap<>();
        SortedMap<String, String> names = new TreeMap<>();
        if (hasDatabase) {
            progress.at("copying " + ServerFiles.DATABASE, 0, 0);
            SqliteFile database = copy(source, to, ServerFiles.DATABASE);
            rows.putAll(database.counts());
            names.putAll(database.projects());
        }
        copyFiles(source, to);
        List<Manifest.History> histories = examine(to, names, at);
        Manifest manifest = new Manifest(at, Version.TEXT, hasDatabase, entries(to), rows, histories);
        manifest.writeTo(to);
        return new Made(
                manifest.files().size(),
                manifest.files().values().stream()
                        .mapToLong(Manifest.Entry::bytes)
                        .sum(),
                histories.size(),
                histories.stream().mapToLong(Manifest.History::runs).sum());
    }

    private static Path existing(Path from, boolean hasDatabase) throws IOException {
        if (!Files.isDirectory(from)) {
            throw new WrongRequest("there is no folder " + from + "; name the one of plumb serve with --data");
        }
        if (hasDatabase && !Files.isRegularFile(from.resolve(ServerFiles.DATABASE))) {
            throw new WrongRequest(from + " has no " + ServerFiles.DATABASE + ": not a folder of plumb serve."
                    + " If the server uses PostgreSQL, give the database with --database");
        }
        return from;
    }

    /** SQLite writes the copy; it is whole, or the backup is not made. */
    private static SqliteFile copy(Path from, Path to, String name) throws IOException {
        PrivateFiles.createFolder(to.resolve(name).toAbsolutePath().getParent());
        new SqliteFile(from.resolve(name)).copyTo(to.resolve(name));
        SqliteFile copy = new SqliteFile(to.resolve(name));
        copy.requireWhole();
        return copy;
    }

    private void copyFiles(Path from, Path to) throws IOException {
        // what a command replaces meanwhile is gone when its turn comes; then all that is new is searched for again
        for (int attempt = 1; ; attempt++) {
            List<String> gone = new ArrayList<>();
            List<String> names = ServerFiles.names(from);
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                progress.at("copying files", i + 1L, names.size());
                if (!Files.exists(to.resolve(name))) {
                    try {
                        copyFile(from, to, name);
                    } catch (NoSuchFileException e) {
                        gone.add(name);
                    }
                }
            }
            if (gone.isEmpty()) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new IOException(from.resolve(gone.get(0)) + ": changes all the time; try again later");
            }
        }
    }

    private static void copyFile(Path from, Path to, String name) throws IOException {
        if (ServerFiles.isDatabase(name)) {
            copy(from, to, name);
            return;
        }
        Path target = to.resolve(name);
        PrivateFiles.createFolder(target.toAbsolutePath().getParent());
        PrivateFiles.create(target);
        try {
            Files.copy(from.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    /** Describes the copied histories; done before digests are taken, since reading a database may touch its file. */
    private List<Manifest.History> examine(Path to, SortedMap<String, String> names, Instant at) throws IOException {
        List<Manifest.History> histories = new ArrayList<>();
        try (Scratch scratch = Scratch.create()) {
            HistoryProof proof = new HistoryProof(program, scratch.folder(), at);
            for (Path folder : ServerFiles.projects(to)) {
                String id = folder.getFileName().toString();
                progress.at("reading verdicts", histories.size() + 1L, 0);
                histories.add(proof.of(folder, names.getOrDefault(id, id)));
            }
        }
        return histories;
    }

    private SortedMap<String, Manifest.Entry> entries(Path to) throws IOException {
        SortedMap<String, Manifest.Entry> entries = new TreeMap<>();
        List<String> names = ServerFiles.names(to);
        for (String name : names) {
            progress.at("computing digests", entries.size() + 1L, names.size());
            entries.put(name, Digests.of(to.resolve(name)));
        }
        return entries;
    }
}
