package dev.plumbline.ingest.input.archive;

import dev.plumbline.ingest.input.UnreadableInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The files of a tar archive: POSIX ustar and pax, and GNU's long names. */
final class Tar implements Archive.Entries {
    /** The unit in which tar counts. */
    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int LONGEST_EXTENSION = 1 << 16;

    private final InputStream in;
    private final String archive;
    private long left;
    private long padding;

    Tar(InputStream in, String archive) {
        this.in = in;
        this.archive = archive;
    }

    static boolean isHeader(byte[] block) {
        return block.length == BLOCK
                && new String(block, MAGIC, 5, StandardCharsets.ISO_8859_1).equals("ustar")
                && checksum(block) == number(block, CHECKSUM, 8);
    }

    @Override
    public Optional<String> next() throws IOException {
        String longName = "";
        while (true) {
            skip(left + padding);
            byte[] header = in.readNBytes(BLOCK);
            if (header.length == 0 || isZero(header)) {
                return Optional.empty();
            }
            if (!isHeader(header)) {
                throw new UnreadableInput(
                        archive, "is a tar archive that is cut off or damaged; make or copy it again");
            }
            left = number(header, SIZE, 12);
            if (left < 0) {
                throw new UnreadableInput(archive, "is a tar archive with an entry of an impossible size");
            }
            padding = (BLOCK - left % BLOCK) % BLOCK;
            switch (header[TYPE]) {
                case 'L' -> longName = text(extension(), 0, LONGEST_EXTENSION);
                case 'x' -> longName = path(extension()).orElse(longName);
                case '0', 0 -> {
                    return Optional.of(longName.isEmpty() ? name(header) : longName);
                }
                default -> longName = "";
            }
        }
    }

    /** The extension of a header beyond its block. */
    private byte[] extension() throws IOException {
        if (left > LONGEST_EXTENSION) {
            throw new UnreadableInput(archive, "is a tar archive with an entry whose name is absurdly long");
        }
        byte[] bytes = in.readNBytes((int) left);
        left -= bytes.length;
        return bytes;
    }

    /** The path in pax records, each {@code LENGTH KEY=VALUE} and a line feed, all included in the length. */
    private static Optional<String> path(byte[] records) {
        Optional<String> path = Optional.empty();
        int at = 0;
        while (at < records.length) {
            int length = 0;
            int begin = at;
            while (begin < records.length
                    && records[begin] >= '0'
                    && records[begin] <= '9'
                    && length < records.length) {
                length = 10 * length + records[begin++] - '0';
            }
            int end = at + length;
            if (end > records.length || end < begin + 2 || records[begin] != ' ' || records[end - 1] != '\n') {
                return path; // the rest is no record
            }
            String record = new String(records, begin + 1, end - begin - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                path = Optional.of(record.substring(5));
            }
            at = end;
        }
        return path;
    }

    private static String name(byte[] header) {
        String name = text(header, 0, NAME);
        String prefix = header[MAGIC + 5] == 0 ? text(header, PREFIX, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] block, int from, int most) {
        int end = from;
        while (end < Math.min(block.length, from + most) && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }

    /** An octal number, or a binary one when its first bit is set; -1 when it is none. */
    private static long number(byte[] block, int from, int length) {
        long value = 0;
        if (block[from] < 0) {
            for (int i = from + 1; i < from + length; i++) {
                value = value << 8 | block[i] & 0xFF;
            }
            return value;
        }
        for (int i = from; i < from + length; i++) {
            if (block[i] >= '0' && block[i] <= '7') {
                value = value << 3 | block[i] - '0';
            } else if (block[i] != ' ' && block[i] != 0) {
                return -1;
            }
        }
        return value;
    }

    private static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xFF;
        }
        return sum;
    }

    private static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new UnreadableInput(archive, "is a tar archive that is cut off; make or copy it again", e);
        }
        left = 0;
        padding = 0;
    }

    @Override
    public InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (left == 0) {
                    return -1;
                }
                int read = in.read(target, offset, (int) Math.min(left, length));
                if (read < 0) {
                    throw new UnreadableInput(archive, "is a tar archive that is cut off; make or copy it again");
                }
                left -= read;
                return read;
            }
        };
    }
}
