package dev.plumbline.junit.baseline;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for measuring and writing, exclusive among all threads and processes that share a store. */
public final class StoreLock implements Closeable {
    private static final String FILE = "lock";
    private static final long LOOK_MILLIS = 100;
    /** A process cannot lock a file twice; its threads take their turns here. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path store;
    private final FileChannel channel;
    private final FileLock lock;

    private StoreLock(Path store, FileChannel channel, FileLock lock) {
        this.store = requireNonNull(store, "store");
        this.channel = requireNonNull(channel, "channel");
        this.lock = requireNonNull(lock, "lock");
    }

    /**
     * Waits for it.
     *
     * @param store made if it does not exist
     * @throws StoreFailure if the store cannot be written, or another process holds it for longer than that
     */
    public static StoreLock take(Path store, Duration longest) throws StoreFailure, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        if (!THREADS.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            throw busy(store, longest);
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            Files.createDirectories(store);
            Path ignore = store.resolve(".gitignore");
            if (!Files.exists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
            channel = FileChannel.open(store.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tried(channel);
            while (lock == null) {
                if (System.nanoTime() - end > 0) {
                    throw busy(store, longest);
                }
                Thread.sleep(LOOK_MILLIS);
                lock = tried(channel);
            }
            taken = true;
            return new StoreLock(store, channel, lock);
        } catch (IOException e) {
            throw new StoreFailure(
                    "the baselines in " + store + " cannot be written (" + reason(e)
                            + "); make the folder writable, or name another with -Dplumbline.store=FOLDER",
                    e);
        } finally {
            if (!taken) {
                close(channel);
                THREADS.unlock();
            }
        }
    }

    /** Null while it is held elsewhere. */
    private static FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // tests of this JVM that were loaded apart, with another of this class
        }
    }

    /** The folder that it guards. */
    Path store() {
        return store;
    }

    private static void close(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written
            }
        }
    }

    static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static StoreFailure busy(Path store, Duration longest) {
        return new StoreFailure(String.format(
                Locale.ROOT,
                "another build has measured with the baselines in %s for %d s; two at a time would disturb each other:"
                        + " run again when it has ended, or name another folder with -Dplumbline.store=FOLDER",
                store,
                longest.toSeconds()));
    }

    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException e) {
            // closing the file releases it, too
        } finally {
            close(channel);
            THREADS.unlock();
        }
    }
}
