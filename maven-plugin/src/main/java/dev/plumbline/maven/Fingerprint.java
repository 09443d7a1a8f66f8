package dev.plumbline.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether a build has written to folders since one looked last. */
final class Fingerprint {
    private Fingerprint() {}

    /** Name, size and time of every file, a line each; nothing for a folder that does not exist. */
    static String of(List<Path> folders) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file :
                        (Iterable<Path>) all.filter(Files::isRegularFile).sorted()::iterator) {
                    lines.append(file)
                            .append(' ')
                            .append(Files.size(file))
                            .append(' ')
                            .append(Files.getLastModifiedTime(file))
                            .append('\n');
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return lines.toString();
    }
}
