package dev.plumbline.server.original;

import dev.plumbline.ingest.input.archive.Zstandard;
import dev.plumbline.server.data.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of a folder, each packed under its digest: there whole, or not at all. */
final class OriginalFiles {
    private static final String SUFFIX = ".zst";

    /** Backups leave folders of such names out. */
    private static final String INCOMING = "part-incoming";

    private static final int PIECE = 1 << 16;

    private final Path folder;

    OriginalFiles(Path folder) {
        this.folder = folder;
    }

    /** A file that is packed and has no name yet. */
    record Packed(Path part, String digest, long bytes, long packedBytes) {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Packs a file, piece after piece. */
    Packed pack(Path file) throws IOException {
        PrivateFiles.createFolder(folder.resolve(INCOMING));
        Path part = folder.resolve(INCOMING).resolve(UUID.randomUUID().toString());
        PrivateFiles.create(part);
        boolean isDone = false;
        try {
            MessageDigest digest = sha256();
            long bytes = 0;
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
                    OutputStream out = Zstandard.packing(Files.newOutputStream(part))) {
                byte[] piece = new byte[PIECE];
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    out.write(piece, 0, read);
                    bytes += read;
                }
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Packed packed = new Packed(part, HexFormat.of().formatHex(digest.digest()), bytes, Files.size(part));
            isDone = true;
            return packed;
        } finally {
            if (!isDone) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Gives it its name, unless the same is there already. */
    void add(Packed packed) throws IOException {
        Path target = path(packed.digest());
        if (Files.exists(target)) {
            Files.delete(packed.part());
        } else {
            Files.move(packed.part(), target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    void discard(Packed packed) throws IOException {
        Files.deleteIfExists(packed.part());
    }

    private Path path(String digest) {
        return folder.resolve(digest + SUFFIX);
    }

    /** @throws NoSuchFileException if there is none here */
    InputStream open(String digest) throws IOException {
        return Zstandard.unpacking(new BufferedInputStream(Files.newInputStream(path(digest)), PIECE));
    }

    /** Whether there is one of this digest. */
    boolean has(String digest) {
        return Files.isRegularFile(path(digest));
    }

    /** Deletes the unneeded files; returns their number. */
    int deleteUnless(Predicate<String> isNeeded) throws IOException {
        int deleted = 0;
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(SUFFIX) && !isNeeded.test(name.substring(0, name.length() - SUFFIX.length()))) {
                Files.deleteIfExists(file);
                deleted++;
            }
        }
        return deleted;
    }

    /** Deletes what was being packed when the process was killed. */
    void clearIncoming() throws IOException {
        for (Path part : files(folder.resolve(INCOMING))) {
            Files.deleteIfExists(part);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
