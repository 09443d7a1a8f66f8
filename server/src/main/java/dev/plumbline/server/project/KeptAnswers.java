package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.people.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What was computed of a history, in files, until the history changes. A history in a file changes with the file; one
 * in a database that others write to is looked at again every few seconds. Nothing is kept for long: mutes expire, and
 * periods end now.
 */
public final class KeptAnswers {
    private static final long LONGEST_SECONDS = 600;
    private static final long DATABASE_SECONDS = 15;

    /** Of a project; those that were made last stay. */
    private static final int MOST = 60;

    private static final int LOCKS = 64;

    private final Histories histories;
    private final Clock clock;
    private final Map<String, AtomicLong> changes = new ConcurrentHashMap<>();
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    public KeptAnswers(Histories histories, Clock clock) {
        this.histories = requireNonNull(histories, "histories");
        this.clock = requireNonNull(clock, "clock");
    }

    /** What computes an answer. */
    @FunctionalInterface
    public interface Work {
        void into(Path folder) throws IOException;
    }

    /**
     * The folder of an answer, which is computed where it is not known; who asks for the same meanwhile waits.
     *
     * @param question what tells it from the others of the project
     */
    public Path of(Project project, List<String> question, Work work) throws IOException {
        Path folder = histories.folder(project).resolve("pages");
        String name = name(project, question);
        Path known = folder.resolve(name);
        if (Files.isDirectory(known)) {
            return known;
        }
        ReentrantLock lock = locks.get(Math.floorMod((project.id() + question).hashCode(), LOCKS));
        lock.lock();
        try {
            if (Files.isDirectory(known)) {
                return known;
            }
            PrivateFiles.createFolder(folder);
            Path part = Files.createTempDirectory(folder, "part-");
            boolean isDone = false;
            try {
                work.into(part);
                Files.move(part, known, StandardCopyOption.ATOMIC_MOVE);
                isDone = true;
            } finally {
                if (!isDone) {
                    Scratch.delete(part);
                }
            }
            forgetOld(folder, known);
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Something was decided here: what is known of the history is old. */
    public void changed(Project project) {
        changes.computeIfAbsent(project.id(), id -> new AtomicLong()).incrementAndGet();
    }

    private String name(Project project, List<String> question) throws IOException {
        List<String> parts = new ArrayList<>(question);
        long second = clock.instant().getEpochSecond();
        AtomicLong changed = changes.get(project.id());
        parts.add(Version.TEXT);
        parts.add(Long.toString(second / LONGEST_SECONDS));
        parts.add(Long.toString(changed == null ? 0 : changed.get()));
        parts.add(histories.forCommands(project).copy().state().orElse(""));
        StoreLocation location = histories.of(project);
        if (location instanceof StoreLocation.InFile inFile) {
            parts.add(state(inFile.file()));
            parts.add(state(inFile.file().resolveSibling(inFile.file().getFileName() + "-wal")));
        } else {
            parts.add(Long.toString(second / DATABASE_SECONDS));
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String state(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() == 0 ? "" : attributes.size() + " " + attributes.lastModifiedTime();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static void forgetOld(Path folder, Path newest) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.list(folder)) {
            all = new ArrayList<>(paths.filter(path -> !path.equals(newest)).toList());
        }
        if (all.size() >= MOST) {
            all.sort(Comparator.comparing(path -> path.toFile().lastModified()));
            for (Path old : all.subList(0, all.size() - MOST + 1)) {
                Scratch.delete(old);
            }
        }
    }
}
