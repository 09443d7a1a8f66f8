package dev.plumbline.ingest.jmeter;

import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A table of separated values as bytes, for files of many gigabytes: a row is a piece of the buffer, and a field
 * becomes a text only when it is asked for.
 *
 * <p>Fields in double quotes may hold separators, line ends and doubled quotes. A row has at most eight million bytes.
 */
final class ByteTable implements Closeable {
    private static final int LONGEST_ROW = 1 << 23;
    private static final int FIRST_BUFFER = 1 << 18;
    private static final int TOO_LARGE = 19; // digits of a whole number that may not fit a long

    private final Source source;
    private final InputStream in;
    private final byte separator;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int from;
    private int filled;
    private boolean ended;
    private long line = 1;
    private long rowLine = 1;
    private int rowEnd;
    private int lineEnds;
    private boolean ascii;
    private int size;
    private int[] starts = new int[64];
    private int[] ends = new int[64];

    ByteTable(Source source, char separator) throws IOException {
        this.source = source;
        this.in = source.open();
        this.separator = (byte) separator;
    }

    /**
     * Goes to the next row that is not empty; false after the last.
     *
     * @throws UnreadableInput if a row is too long or not UTF-8, or a quoted field never ends
     */
    boolean next() throws IOException {
        do {
            while (!row()) {
                if (ended) {
                    return false;
                }
                readOn();
            }
            rowLine = line;
            line += lineEnds;
            from = rowEnd;
            if (!ascii) {
                check();
            }
        } while (size == 1 && starts[0] == ends[0]);
        return true;
    }

    /** Finds the fields of the row that begins at {@link #from}; false when its end is not in the buffer. */
    private boolean row() throws IOException {
        byte[] bytes = buffer;
        int limit = filled;
        int at = from;
        int start = at;
        int signs = 0; // negative as soon as one byte was not ASCII
        size = 0;
        lineEnds = 0;
        if (at == limit) {
            return false;
        }
        while (at < limit) {
            byte b = bytes[at];
            if (b == separator) {
                field(start, at++);
                start = at;
            } else if (b == '\n') {
                field(start, at > start && bytes[at - 1] == '\r' ? at - 1 : at);
                lineEnds++;
                ascii = signs >= 0;
                rowEnd = at + 1;
                return true;
            } else if (b == '"' && at == start) {
                int behind = behindQuotes(at);
                if (behind < 0) {
                    return false;
                }
                for (; at < behind; at++) {
                    signs |= bytes[at];
                }
            } else {
                signs |= b;
                at++;
            }
        }
        if (!ended) {
            return false;
        }
        field(start, at > start && bytes[at - 1] == '\r' ? at - 1 : at);
        ascii = signs >= 0;
        rowEnd = at;
        return true;
    }

    /** The place behind the closing quote of a field; negative when it is not in the buffer. */
    private int behindQuotes(int open) throws IOException {
        for (int at = open + 1; at < filled; at++) {
            if (buffer[at] == '\n') {
                lineEnds++;
            } else if (buffer[at] == '"') {
                if (at + 1 == filled && !ended) {
                    return -1;
                }
                if (at + 1 == filled || buffer[at + 1] != '"') {
                    return at + 1;
                }
                at++;
            }
        }
        if (ended) {
            throw new UnreadableInput(
                    source.name() + ":" + line, "has a quoted field that never ends; the file may be cut off");
        }
        return -1;
    }

    private void field(int start, int end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        starts[size] = start;
        ends[size++] = end;
    }

    private void readOn() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= from;
            from = 0;
        }
        if (filled == buffer.length) {
            if (filled >= LONGEST_ROW) {
                throw new UnreadableInput(
                        source.name() + ":" + line, "is a row of more than " + LONGEST_ROW + " bytes");
            }
            buffer = Arrays.copyOf(buffer, filled * 2);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        ended = count < 0;
        filled += Math.max(0, count);
    }

    private void check() throws UnreadableInput {
        int start = starts[0];
        try {
            decoder.decode(ByteBuffer.wrap(buffer, start, rowEnd - start));
        } catch (CharacterCodingException e) {
            throw new UnreadableInput(where(), "is not UTF-8 text; save it as UTF-8 and try again", e);
        }
    }

    /** The number of fields of the row. */
    int size() {
        return size;
    }

    /** The place of the row: file and line. */
    String where() {
        return source.name() + ":" + rowLine;
    }

    /** A field of the row without its quotes, stripped; empty when there is no such column. */
    String field(int column) {
        if (column < 0 || column >= size) {
            return "";
        }
        String written = new String(buffer, starts[column], ends[column] - starts[column], StandardCharsets.UTF_8);
        return unquoted(written).strip();
    }

    private static String unquoted(String written) {
        boolean quoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
        return quoted ? written.substring(1, written.length() - 1).replace("\"\"", "\"") : written;
    }

    /** A field as a whole number without sign; negative when it is written in another way. */
    long whole(int column) {
        if (column < 0 || column >= size) {
            return -1;
        }
        int end = ends[column];
        int start = starts[column];
        if (start == end || end - start >= TOO_LARGE) {
            return -1;
        }
        long value = 0;
        for (int at = start; at < end; at++) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** A number that differs between nearly all fields that differ: FNV-1a. */
    long hash(int column) {
        long hash = 0xCBF29CE484222325L;
        if (column < 0) {
            return hash; // no such column
        }
        for (int at = starts[column]; at < ends[column]; at++) {
            hash = (hash ^ buffer[at]) * 0x100000001B3L;
        }
        return hash;
    }

    /** Whether a field consists of these bytes; a column that is not there has none. */
    boolean is(int column, byte[] bytes) {
        if (column < 0) {
            return bytes.length == 0;
        }
        return Arrays.equals(buffer, starts[column], ends[column], bytes, 0, bytes.length);
    }

    /** The bytes of a field, quotes included. */
    byte[] bytes(int column) {
        return column < 0 ? new byte[0] : Arrays.copyOfRange(buffer, starts[column], ends[column]);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
