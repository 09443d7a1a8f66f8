package dev.plumbline.pipeline.measuring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The output of a build, compared without the times at which it was made. */
final class Artifact {
    private Artifact() {}

    /**
     * Whether two files, or two folders with all that is in them, are the same. Of jars their classes and resources
     * count; times, and Maven's own notes, do not.
     *
     * @return false, too, where one of them does not exist
     */
    static boolean isSame(Path one, Path other) throws IOException {
        if (Files.isDirectory(one) && Files.isDirectory(other)) {
            return sameFolder(one, other);
        }
        if (!Files.isRegularFile(one) || !Files.isRegularFile(other)) {
            return false;
        }
        return Files.mismatch(one, other) < 0 || isJar(one) && isJar(other) && sameJar(one, other);
    }

    private static boolean sameFolder(Path one, Path other) throws IOException {
        Map<String, Path> files;
        Map<String, Path> others;
        try {
            files = files(one);
            others = files(other);
        } catch (FileSystemLoopException e) {
            return false; // a link to an enclosing folder: which part of it is measured is unknown
        }
        if (!files.keySet().equals(others.keySet())) {
            return false;
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (!isSame(file.getValue(), others.get(file.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** By their names within the folder; links to folders are followed, as a build may leave nothing but one. */
    private static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(file -> !Files.isDirectory(file))
                    .forEach(file -> files.put(folder.relativize(file).toString(), file));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(".jar");
    }

    private static boolean sameJar(Path one, Path other) throws IOException {
        try {
            return contents(one).equals(contents(other));
        } catch (ZipException e) {
            return false; // no jar, whatever its name; its bytes differ
        }
    }

    /** Checksum and length of every entry. */
    private static Map<String, String> contents(Path jar) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.isDirectory() && !isNote(entry))
                    .forEach(entry -> contents.put(entry.getName(), entry.getCrc() + " " + entry.getSize()));
        }
        return contents;
    }

    private static boolean isNote(ZipEntry entry) {
        return entry.getName().equals("META-INF/MANIFEST.MF")
                || entry.getName().startsWith("META-INF/maven/")
                || entry.getName().startsWith("META-INF/versions/")
                        && entry.getName().endsWith("/MANIFEST.MF");
    }
}
