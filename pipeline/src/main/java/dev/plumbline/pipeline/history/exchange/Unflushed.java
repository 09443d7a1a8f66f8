package dev.plumbline.pipeline.history.exchange;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lines are written one at a time and wait for others, until whoever gave the stream flushes it. */
final class Unflushed extends FilterOutputStream {
    private int line;
    private int longest;

    Unflushed(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            line++;
            if (bytes[i] == '\n') {
                longest = Math.max(longest, line);
                line = 0;
            }
        }
        out.write(bytes, from, length);
    }

    /** Bytes of the longest line so far, with its end. */
    int longest() {
        return longest;
    }

    @Override
    public void flush() {
        // see above
    }
}
