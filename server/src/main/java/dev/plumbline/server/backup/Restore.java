package dev.plumbline.server.backup;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.FolderLock;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.data.SqliteFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Restores a server's folder from a backup, and verifies it: every file by its digest, every database by
 * SQLite's own check and the number of its rows, every history by the digest of its rows and by its newest verdicts.
 */
public final class Restore {
    private final ConfinedCommand.Program program;
    private final Progress progress;

    /** @param program what answers command lines */
    public Restore(ConfinedCommand.Program program, Progress progress) {
        this.program = requireNonNull(program, "program");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * A project whose history is the same as in the backup.
     *
     * @param verdict the first line of its newest verdicts; empty where a later version made the backup's
     */
    public record Project(String name, long runs, String verdict) {}

    /**
     * The restored contents.
     *
     * @param at when the backup was made
     * @param hasDatabase whether people are in it; else they are in PostgreSQL
     * @param otherVersion the version that made the backup, where it is not this one: verdicts were not compared
     */
    public record Restored(
            String at,
            int files,
            long bytes,
            boolean hasDatabase,
            Optional<String> otherVersion,
            List<Project> projects) {
        public Restored {
            projects = List.copyOf(projects);
        }
    }

    /** Thrown if the backup itself is damaged; the message names the file. */
    public static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(String message) {
            super(message);
        }
    }

    /**
     * Restores a backup. Where anything is not as it was, nothing stays in the other folder.
     *
     * @param to a folder that is empty, or not there
     * @throws WrongRequest if there is something in it, or a server runs on it
     * @throws Damaged if the backup is not as it was made
     */
    public Restored restore(Path from, Path to) throws IOException {
        Manifest manifest = verified(from);
        boolean isNew = !Files.exists(to);
        PrivateFiles.createFolder(to);
        try (FolderLock lock = lock(to)) {
            requireNonNull(lock, "lock");
            if (!ServerFiles.isEmpty(to)) {
                throw new WrongRequest("there is something in " + to
                        + " already; restore into an empty folder. You can move it afterwards");
            }
            boolean isDone = false;
            try {
                Restored restored = fill(manifest, from, to);
                isDone = true;
                return restored;
            } finally {
                if (!isDone) {
                    empty(to);
                }
            }
        } finally {
            if (isNew && ServerFiles.isEmpty(to)) {
                Scratch.delete(to);
            }
        }
    }

    private static FolderLock lock(Path to) throws IOException {
        try {
            return FolderLock.take(to);
        } catch (FileSystemException e) {
            throw new WrongRequest(to + " " + e.getReason() + "; restore into another folder", e);
        }
    }

    private static void empty(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(file -> !file.getFileName().toString().equals(FolderLock.FILE))
                    .toList();
        }
        for (Path one : all) {
            Scratch.delete(one);
        }
    }

    /** Reads the backup as a whole before anything is written. */
    private Manifest verified(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            throw new WrongRequest("there is no folder " + from);
        }
        Manifest manifest = Manifest.of(from);
        List<String> there = ServerFiles.names(from);
        int done = 0;
        for (Map.Entry<String, Manifest.Entry> file : manifest.files().entrySet()) {
            progress.at("verifying the backup", ++done, manifest.files().size());
            Path path = inside(from, file.getKey());
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new Damaged(path + ": the file is missing in the backup");
            }
            Manifest.Entry now = Digests.of(path);
            if (!now.equals(file.getValue())) {
                throw new Damaged(path + ": the file is damaged: it has " + now.bytes() + " bytes with the digest "
                        + beginning(now) + "…, and was " + file.getValue().bytes() + " bytes with "
                        + beginning(file.getValue()) + "…");
            }
        }
        TreeSet<String> others = new TreeSet<>(there);
        others.removeAll(manifest.files().keySet());
        if (!others.isEmpty()) {
            throw new Damaged(from.resolve(others.first()) + ": the file is not part of the backup");
        }
        return manifest;
    }

    private static String beginning(Manifest.Entry entry) {
        return entry.sha256().substring(0, Math.min(12, entry.sha256().length()));
    }

    private static Path inside(Path folder, String name) throws Damaged {
        Path path = folder.resolve(name);
        if (!path.normalize().equals(path) || !path.startsWith(folder) || name.startsWith("/")) {
            throw new Damaged(folder.resolve(Manifest.FILE) + ": refers to a file outside the backup");
        }
        return path;
    }

    private Restored fill(Manifest manifest, Path from, Path to) throws IOException {
        int done = 0;
        for (String name : manifest.files().keySet()) {
            progress.at("copying files", ++done, manifest.files().size());
            Path target = to.resolve(name);
            PrivateFiles.createFolder(target.toAbsolutePath().getParent());
            PrivateFiles.create(target);
            Files.copy(from.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
            if (ServerFiles.isDatabase(name)) {
                new SqliteFile(target).requireWhole();
            }
        }
        if (manifest.hasDatabase()) {
            Map<String, Long> rows = new SqliteFile(to.resolve(ServerFiles.DATABASE)).counts();
            if (!rows.equals(manifest.rows())) {
                throw new Damaged(from.resolve(ServerFiles.DATABASE) + ": the numbers of rows differ (" + rows
                        + ") than when the backup was made (" + manifest.rows() + ")");
            }
        }
        boolean isSameVersion = manifest.version().equals(Version.TEXT);
        try (Scratch scratch = Scratch.create()) {
            HistoryProof proof = new HistoryProof(program, scratch.folder(), manifest.at());
            int projects = 0;
            for (Manifest.History before : manifest.histories()) {
                progress.at(
                        "comparing verdicts", ++projects, manifest.histories().size());
                Path folder = inside(to, ServerFiles.PROJECTS + "/" + before.id());
                compare(before, proof.of(folder, before.name()), isSameVersion, from);
            }
        }
        return new Restored(
                manifest.at().toString(),
                manifest.files().size(),
                manifest.files().values().stream()
                        .mapToLong(Manifest.Entry::bytes)
                        .sum(),
                manifest.hasDatabase(),
                isSameVersion ? Optional.empty() : Optional.of(manifest.version()),
                manifest.histories().stream()
                        .map(one -> new Project(one.name(), one.runs(), isSameVersion ? one.verdict() : ""))
                        .toList());
    }

    private static void compare(Manifest.History before, Manifest.History now, boolean isSameVersion, Path from)
            throws Damaged {
        Path file = from.resolve(ServerFiles.PROJECTS).resolve(before.id()).resolve(ServerFiles.HISTORY);
        if (before.runs() != now.runs()
                || before.measurements() != now.measurements()
                || !before.digest().equals(now.digest())) {
            throw new Damaged(file + ": the history of " + before.name() + " has " + now.runs()
                    + " runs and a different digest; the backup was made with " + before.runs() + " runs");
        }
        if (isSameVersion && !before.report().equals(now.report())) {
            throw new Damaged(file + ": the newest verdicts of " + before.name() + " differ from the backup: now "
                    + now.verdict() + ", then " + before.verdict());
        }
    }
}
