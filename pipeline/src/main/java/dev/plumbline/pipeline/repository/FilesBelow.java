package dev.plumbline.pipeline.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in a folder and in those below it. */
public final class FilesBelow {
    private static final int DEEPEST_FOLDER = 20;

    private FilesBelow() {}

    /**
     * The regular files, in order of their names, under the name that the folder was given. The folder may be a link;
     * links to folders inside are not followed, so that no circle is walked.
     *
     * @throws IOException if one of the folders cannot be read
     */
    public static List<Path> of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        try (Stream<Path> below = Files.walk(real, DEEPEST_FOLDER, new FileVisitOption[0])) {
            return below.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> folder.resolve(real.relativize(file)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
