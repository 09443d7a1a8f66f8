package dev.plumbline.cli.option;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * An output file: written next to its destination and then moved there, so that no reader ever sees a partial file.
 * What a link points to takes the answer, not the link; a device or a pipe is written to and stays what it is.
 */
public final class OutputFile {
    /** Writes the answer. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private OutputFile() {}

    /**
     * Writes a file, and its folder if only that one is missing, and reports it on the error stream. More folders than
     * one are rather a name that was mistyped.
     *
     * @param file relative to the working directory of the terminal
     * @throws FileSystemException whose message names the obstacle
     */
    public static void write(Path file, Terminal terminal, Content content) throws IOException {
        Path named = terminal.directory().resolve(file);
        Path target = Files.isRegularFile(named) ? named.toRealPath() : named;
        Path folder = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "is a folder; name a file in it");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.WRITE))) {
                content.writeTo(out);
            }
            return;
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileSystemException(folder.toString(), null, "is not a folder");
        }
        if (!Files.exists(folder)) {
            Path above = folder.getParent();
            if (above == null || !Files.isDirectory(above)) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "there is no folder " + above + "; create it first, or choose another path");
            }
            Files.createDirectory(folder);
        }
        // not a temporary file's own permissions, which allow only its owner to read it
        Path temporary = folder.resolve(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                content.writeTo(out);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            terminal.err().println("plumb: wrote " + file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
