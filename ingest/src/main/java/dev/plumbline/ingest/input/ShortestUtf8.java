package dev.plumbline.ingest.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses what a JSON parser takes for UTF-8 and what is none: a character in more bytes than it needs, such as {@code
 * C0 AF} for a slash, half of a surrogate pair, and what lies beyond the last character (RFC 3629, section 3).
 */
final class ShortestUtf8 extends FilterInputStream {
    private final Source source;
    private int before;
    private long line = 1;
    private long column;

    ShortestUtf8(Source source, InputStream bytes) {
        super(bytes);
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read >= 0) {
            look(read);
        }
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        for (int i = 0; i < count; i++) {
            look(target[offset + i] & 0xFF);
        }
        return count;
    }

    private void look(int read) throws UnreadableInput {
        column++;
        if (before >= 0xC0 && isWrong(before, read)) {
            throw new UnreadableInput(
                    source.name() + ":" + line + ":" + Math.max(1, column - 1),
                    "is not UTF-8 text (the bytes %02X %02X); save it as UTF-8 and try again".formatted(before, read));
        }
        if (read == '\n') {
            line++;
            column = 0;
        }
        before = read;
    }

    private static boolean isWrong(int first, int second) {
        if ((second & 0xC0) != 0x80) {
            return false; // the parser reports this with its position
        }
        return first == 0xC0
                || first == 0xC1
                || first == 0xE0 && second < 0xA0
                || first == 0xED && second >= 0xA0
                || first == 0xF0 && second < 0x90
                || first == 0xF4 && second >= 0x90;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
