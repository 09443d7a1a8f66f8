package dev.plumbline.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A temporary folder, deleted with its contents when it is closed. */
public record Scratch(Path folder) implements AutoCloseable {
    public static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("plumb"));
    }

    /** A folder in another one, for whom the machine's folder for such is not the place. */
    public static Scratch in(Path folder) throws IOException {
        return new Scratch(Files.createTempDirectory(folder, "plumb"));
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    /** Deletes a folder with all in it, as far as no other process does at the same time. */
    public static void delete(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // another process created it first
        }
    }
}
