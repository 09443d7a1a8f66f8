package dev.plumbline.server.command;

import dev.plumbline.pipeline.workspace.Caller;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Gives files in the output of a command the names that they have on the caller's machine: messages have whole names,
 * and the folder here has a name that is unknown there.
 */
final class NamesOfCaller {
    private static final byte[] TYPED_WHOLE = utf8("/./");

    private final byte[] here;
    private final int[] borders;
    private final byte[] working;

    NamesOfCaller(Caller caller) {
        here = utf8(caller.root().toString());
        borders = borders(here);
        String directory =
                caller.directory().toString().substring(caller.root().toString().length());
        working = utf8(directory + "/./");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** For each place in a text, how long the longest beginning of it is that ends there. */
    private static int[] borders(byte[] text) {
        int[] borders = new int[text.length];
        int length = 0;
        for (int i = 1; i < text.length; i++) {
            while (length > 0 && text[i] != text[length]) {
                length = borders[length - 1];
            }
            if (text[i] == text[length]) {
                length++;
            }
            borders[i] = length;
        }
        return borders;
    }

    /** Copies a file; never more of it is in memory than a name is long. */
    void copy(Path file, OutputStream target) throws IOException {
        OutputStream out = new BufferedOutputStream(target);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int matched = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                while (matched > 0 && here[matched] != (byte) next) {
                    int kept = borders[matched - 1];
                    out.write(here, 0, matched - kept);
                    matched = kept;
                }
                if (here[matched] != (byte) next) {
                    out.write(next);
                } else if (++matched == here.length) {
                    matched = 0;
                    name(in, out);
                }
            }
            out.write(here, 0, matched);
        }
        out.flush();
    }

    /** Goes on behind the root in the name of a file, as {@link Caller#shown(String)} does. */
    private void name(InputStream in, OutputStream out) throws IOException {
        byte[] rest = ahead(in, Math.max(working.length, TYPED_WHOLE.length));
        if (startsWith(rest, working)) {
            in.skipNBytes(working.length);
        } else if (startsWith(rest, TYPED_WHOLE)) {
            in.skipNBytes(TYPED_WHOLE.length - 1);
        } else if (rest.length == 0 || rest[0] != '/') {
            out.write('/');
        }
    }

    private static byte[] ahead(InputStream in, int length) throws IOException {
        in.mark(length + 1);
        byte[] rest = in.readNBytes(length);
        in.reset();
        return rest;
    }

    private static boolean startsWith(byte[] text, byte[] beginning) {
        return text.length >= beginning.length
                && Arrays.equals(text, 0, beginning.length, beginning, 0, beginning.length);
    }
}
