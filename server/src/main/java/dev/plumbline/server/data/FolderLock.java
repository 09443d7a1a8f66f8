package dev.plumbline.server.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A lock on a server's folder: two servers on one folder would delete each other's files. The lock ends with the
 * process, however it ends.
 */
public final class FolderLock implements AutoCloseable {
    /** The locked file in the folder; its mere existence has no meaning. */
    public static final String FILE = "server.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws FileSystemException if another server uses the folder */
    public static FolderLock take(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        PrivateFiles.create(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // by another server in this process
        }
        channel.close();
        throw new FileSystemException(folder.toString(), null, "is in use by another running server");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
