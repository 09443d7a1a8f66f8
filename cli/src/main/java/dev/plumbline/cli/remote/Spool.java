package dev.plumbline.cli.remote;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The invocations that wait for a server: a file for each, whole or not at all, in {@code .plumbline/spool} at the root
 * of the repository.
 */
final class Spool {
    private static final String SUFFIX = ".zip";
    private static final String REJECTED = "rejected";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Workspace workspace;
    private final Path folder;

    /** @param workspace a local one */
    Spool(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
        folder = workspace.root().resolve(".plumbline").resolve("spool");
    }

    Path folder() {
        return folder;
    }

    /**
     * Keeps a call.
     *
     * @param time when it was typed: what waits longest is sent first
     * @return its file
     */
    Path keep(Path packet, String key, Instant time) throws IOException {
        if (!Configuration.isInside(workspace.root(), folder)) {
            throw new FileSystemException(
                    folder.toString(), null, "a link leads out of the repository; delete the link");
        }
        workspace.keepOutOfGit();
        Files.createDirectories(folder);
        Path file = folder.resolve(TIME.format(time) + "-" + key + SUFFIX);
        Path part = folder.resolve(file.getFileName() + ".part");
        try {
            Files.copy(packet, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }

    /** The waiting invocations, the oldest first. */
    List<Path> waiting() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    /** The key of a call that waits. */
    static String key(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.indexOf('-') + 1, name.length() - SUFFIX.length());
    }

    void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Sets a call aside that no server takes.
     *
     * @return its file, which has one beside it with the reason
     */
    Path reject(Path file, String reason) throws IOException {
        Path rejected = Files.createDirectories(folder.resolve(REJECTED)).resolve(file.getFileName());
        Files.writeString(rejected.resolveSibling(file.getFileName() + ".txt"), reason + "\n", StandardCharsets.UTF_8);
        return Files.move(file, rejected, StandardCopyOption.REPLACE_EXISTING);
    }
}
