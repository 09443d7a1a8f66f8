package dev.plumbline.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a build made, seen without the times at which it was made. */
final class Artefact {
    private Artefact() {}

    /** Whether two jars hold the same classes and resources; times, and Maven's own notes, do not count. */
    static boolean sameJar(Path one, Path other) throws IOException {
        return contents(one).equals(contents(other));
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
