package dev.plumbline.server.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The bodies of requests: of any size, never as a whole in memory, and not from callers that send too slowly. */
public final class Bodies {
    private static final String NANOS = "plumbline.nanos";
    private static final String RECEIVED = "plumbline.received";

    /** A slow line is faster; who sends a byte a second keeps a thread for nothing. */
    private static final int BYTES_A_SECOND = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Bodies() {}

    /** @param nanos a clock that only goes forward, by which the request is timed */
    public static void time(Context context, LongSupplier nanos) {
        context.attribute(NANOS, nanos);
    }

    /** The body, which ends with a {@link Problem} where it is too slow. */
    public static InputStream of(Context context) throws IOException {
        Path received = context.attribute(RECEIVED);
        if (received != null) {
            return Files.newInputStream(received);
        }
        LongSupplier nanos = context.attribute(NANOS);
        return new Paced(context.bodyInputStream(), nanos);
    }

    /** The body was received already, into a file. */
    static void is(Context context, Path file) {
        context.attribute(RECEIVED, file);
    }

    /** Writes the body to a file. */
    public static void receive(Context context, Path file, long mostBytes) throws IOException {
        try (InputStream body = of(context);
                OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[1 << 16];
            long bytes = 0;
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                bytes += read;
                if (bytes > mostBytes) {
                    throw Problem.of(
                            Problem.Kind.TOO_LARGE, "the body must not have more than " + (mostBytes >> 20) + " MiB");
                }
                out.write(piece, 0, read);
            }
        }
    }

    private static final class Paced extends FilterInputStream {
        private final LongSupplier nanos;
        private final long began;
        private long bytes;

        Paced(InputStream in, LongSupplier nanos) {
            super(in);
            this.nanos = nanos;
            began = nanos.getAsLong();
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] piece, int from, int length) throws IOException {
            int read = super.read(piece, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int more) {
            bytes += more;
            Duration elapsed = Duration.ofNanos(nanos.getAsLong() - began);
            if (elapsed.compareTo(PATIENCE) > 0 && bytes < BYTES_A_SECOND * elapsed.toSeconds()) {
                throw Problem.of(
                        Problem.Kind.TOO_SLOW, "the body arrives at less than " + BYTES_A_SECOND + " bytes a second");
            }
        }
    }
}
