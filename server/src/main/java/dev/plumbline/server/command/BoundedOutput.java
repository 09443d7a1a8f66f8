package dev.plumbline.server.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The output of a command, up to a limit; the rest is dropped. */
final class BoundedOutput extends FilterOutputStream {
    private final long mostBytes;
    private long bytes;

    BoundedOutput(OutputStream out, long mostBytes) {
        super(out);
        this.mostBytes = mostBytes;
    }

    /** Whether something was dropped. */
    boolean isPassed() {
        return bytes > mostBytes;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] piece, int from, int length) throws IOException {
        int room = (int) Math.max(0, Math.min(length, mostBytes - bytes));
        bytes += length;
        out.write(piece, from, room);
    }
}
