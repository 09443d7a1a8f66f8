package dev.plumbline.ingest.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An input that is neither a file nor a folder: a named pipe, such as a shell's {@code <(command)}, or a device. It is
 * read once, into a file that is kept until the source is closed.
 */
public final class Pipe {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 1L << 30;

    private Pipe() {}

    /**
     * Reads it completely.
     *
     * @throws UnreadableInput if the other end of a pipe is not opened within ten seconds, or more than 1 GiB arrives
     */
    public static Source source(Path path) throws IOException {
        return source(path, LONGEST_WAIT);
    }

    static Source source(Path path, Duration longestWait) throws IOException {
        try (InputStream bytes = new Bounded(path, open(path, longestWait))) {
            return Source.of(path.toString(), bytes);
        }
    }

    /** Opening a pipe blocks until its other end is opened, and can be cancelled only by abandoning its thread. */
    private static InputStream open(Path path, Duration longestWait) throws IOException {
        CompletableFuture<InputStream> opened = new CompletableFuture<>();
        Thread opener = new Thread(
                () -> {
                    try {
                        InputStream bytes = Files.newInputStream(path);
                        if (!opened.complete(bytes)) {
                            bytes.close();
                        }
                    } catch (IOException e) {
                        opened.completeExceptionally(e);
                    }
                },
                "plumbline opening a pipe");
        opener.setDaemon(true);
        opener.start();
        try {
            return opened.get(longestWait.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            opened.cancel(false);
            throw new UnreadableInput(
                    path.toString(),
                    "is a pipe without a writer (waited " + longestWait.toSeconds()
                            + " seconds); start the writer first, or pipe its output in and give - as the file",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a pipe was opened");
        }
    }

    /** Ends what never ends by itself. */
    private static final class Bounded extends FilterInputStream {
        private final Path path;
        private long taken;

        Bounded(Path path, InputStream bytes) {
            super(bytes);
            this.path = path;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            took(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            took(Math.max(0, count));
            return count;
        }

        private void took(int count) throws UnreadableInput {
            taken += count;
            if (taken > MOST_BYTES) {
                throw new UnreadableInput(
                        path.toString(), "is no file and brings more than 1 GiB; write the results to a file");
            }
        }
    }
}
