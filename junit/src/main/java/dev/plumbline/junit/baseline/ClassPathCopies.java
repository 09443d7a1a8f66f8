package dev.plumbline.junit.baseline;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Copies of class paths, by the digests of what is in them. */
final class ClassPathCopies {
    private static final int MOST_FILES = 100_000;
    private static final long MOST_BYTES = 512L << 20;

    /** Folders with jars that never change; a jar that was built here may be another one tomorrow. */
    private static final List<String> REPOSITORIES = List.of("/.m2/repository/", "/.gradle/caches/", "/.ivy2/cache/");

    /** Jars do not change while a JVM runs its tests from them. */
    private static final Map<JarKey, String> JARS = new ConcurrentHashMap<>();

    private record JarKey(Path path, long size, FileTime time) {}

    private final Path root;

    ClassPathCopies(Path root) {
        this.root = requireNonNull(root, "root");
    }

    List<Baseline.Entry> keep(List<Path> classPath) throws StoreFailure {
        List<Baseline.Entry> entries = new ArrayList<>();
        for (Path path : classPath) {
            try {
                if (Files.isDirectory(path)) {
                    entries.add(keepFolder(path));
                } else if (Files.isRegularFile(path)) {
                    entries.add(keepJar(path));
                } else if (path.toString().endsWith(".jar")) {
                    throw new StoreFailure("the class path entry " + path + " has vanished; build the project again");
                }
                // a folder that was never made, as that of a module without classes, is no part of it for Java either
            } catch (IOException | UncheckedIOException e) {
                throw new StoreFailure(
                        "the class path entry " + path + " cannot be copied to " + root + " (" + e
                                + "); if another build writes it, run again when that has ended; otherwise make room,"
                                + " or name another folder with -Dplumbline.store=FOLDER",
                        e);
            }
        }
        return entries;
    }

    private Baseline.Entry keepJar(Path jar) throws IOException {
        String digest = digestOfJar(jar);
        if (isOfRepository(jar)) {
            return new Baseline.Entry(Baseline.Kind.REPOSITORY, digest, jar);
        }
        keepFile(jar, digest);
        return new Baseline.Entry(Baseline.Kind.JAR, digest, jar);
    }

    private static boolean isOfRepository(Path jar) {
        String path = jar.toString().replace('\\', '/');
        return REPOSITORIES.stream().anyMatch(path::contains)
                && !path.contains("-SNAPSHOT")
                && path.chars().noneMatch(Character::isISOControl);
    }

    private static String digestOfJar(Path jar) throws IOException {
        JarKey key = new JarKey(jar, Files.size(jar), Files.getLastModifiedTime(jar));
        String known = JARS.get(key);
        if (known == null) {
            known = Digests.ofFile(jar);
            JARS.put(key, known);
        }
        return known;
    }

    private Baseline.Entry keepFolder(Path folder) throws IOException, StoreFailure {
        Map<String, Path> files = new TreeMap<>();
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), file);
                bytes += Files.size(file);
                if (files.size() > MOST_FILES || bytes > MOST_BYTES) {
                    throw new StoreFailure("the class path entry " + folder + " is too large to keep as a baseline"
                            + " (more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20)
                            + " MiB); keep large test data in a folder that is not on the class path");
                }
            }
        }
        StringBuilder tree = new StringBuilder();
        Map<String, String> digests = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String digest = Digests.ofFile(file.getValue());
            digests.put(file.getKey(), digest);
            tree.append(digest).append(' ').append(file.getKey()).append('\n');
        }
        String digest = Digests.ofText(tree.toString());
        Path copy = folder(digest);
        if (!Files.isDirectory(copy)) {
            Path unfinished = Files.createTempDirectory(root, "unfinished-");
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Path kept = keepFile(file.getValue(), digests.get(file.getKey()));
                Path place = unfinished.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                link(kept, place);
            }
            Files.createDirectories(copy.getParent());
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Baseline.Entry(Baseline.Kind.FOLDER, digest, folder);
    }

    private static void link(Path kept, Path place) throws IOException {
        try {
            Files.createLink(place, kept);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(kept, place, StandardCopyOption.REPLACE_EXISTING); // this file system has no links, or too many
        }
    }

    private Path keepFile(Path file, String digest) throws IOException {
        Path kept = file(digest);
        if (!Files.exists(kept)) {
            Files.createDirectories(kept.getParent());
            Path unfinished = Files.createTempFile(root, "unfinished-", "");
            Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
            if (!Digests.ofFile(unfinished).equals(digest)) {
                Files.delete(unfinished);
                throw new IOException(file + " changed while it was read");
            }
            Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        return kept;
    }

    List<Path> locate(List<Baseline.Entry> classPath) throws StoreFailure {
        List<Path> paths = new ArrayList<>();
        for (Baseline.Entry entry : classPath) {
            Path place = place(entry);
            try {
                boolean isThere =
                        entry.kind() == Baseline.Kind.FOLDER ? Files.isDirectory(place) : Files.isRegularFile(place);
                if (!isThere) {
                    throw new StoreFailure("the baseline needs " + entry.path() + ", which has vanished; "
                            + (entry.kind() == Baseline.Kind.REPOSITORY ? "let the build download it again, or " : "")
                            + BaselineStore.renew());
                }
                if (entry.kind() == Baseline.Kind.REPOSITORY
                        && !digestOfJar(place).equals(entry.digest())) {
                    throw new StoreFailure("the baseline needs " + entry.path() + ", which is another file now; "
                            + BaselineStore.renew());
                }
            } catch (IOException e) {
                throw new StoreFailure(
                        "the baseline needs " + entry.path() + ", which cannot be read (" + e + "); "
                                + BaselineStore.renew(),
                        e);
            }
            paths.add(place);
        }
        return paths;
    }

    private Path place(Baseline.Entry entry) {
        return switch (entry.kind()) {
            case FOLDER -> folder(entry.digest());
            case JAR -> file(entry.digest());
            case REPOSITORY -> entry.path();
        };
    }

    /** The space that an entry takes in the store, of its own. */
    long bytes(Baseline.Entry entry) throws IOException {
        Path place = place(entry);
        if (entry.kind() == Baseline.Kind.REPOSITORY || !Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(place)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    /** Removes all folders and files but those of entries with these digests. */
    void removeBut(Set<String> needed) throws IOException {
        Path folders = root.resolve("folders");
        if (Files.isDirectory(folders)) {
            try (Stream<Path> all = Files.list(folders)) {
                for (Path folder : all.toList()) {
                    if (!needed.contains(folder.getFileName().toString())) {
                        BaselineStore.removeTree(folder);
                    }
                }
            }
        }
        Path files = root.resolve("files");
        if (Files.isDirectory(files)) {
            Set<String> linked = linkedFiles(folders);
            try (Stream<Path> all = Files.walk(files)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    String digest = file.getFileName().toString();
                    if (!needed.contains(digest) && !linked.contains(digest)) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** The files that folders still need, found by their contents. */
    private static Set<String> linkedFiles(Path folders) throws IOException {
        Set<String> digests = ConcurrentHashMap.newKeySet();
        if (Files.isDirectory(folders)) {
            try (Stream<Path> all = Files.walk(folders)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    digests.add(Digests.ofFile(file));
                }
            }
        }
        return digests;
    }

    private Path folder(String digest) {
        return root.resolve("folders").resolve(digest);
    }

    private Path file(String digest) {
        return root.resolve("files").resolve(digest.substring(0, 2)).resolve(digest);
    }
}
