package dev.plumbline.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bodies of any size, which go to a file and never as a whole into memory. */
final class Uploads {
    private Uploads() {}

    static void receive(Context context, Path file, long mostBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            InputStream body = context.bodyInputStream();
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
}
