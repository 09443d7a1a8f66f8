package dev.plumbline.store.copy;

import dev.plumbline.store.sql.dialect.TableWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest of rows, independent of the database: SHA-256 of their values.
 *
 * <p>Each value begins with a byte for its kind and its length; most are short, because digesting is slow where only
 * the first compiler works.
 */
final class RowDigest implements TableWriter {
    private static final byte NULL = 0;
    /** The tag of a whole number, to which the number of its bytes is added. */
    private static final byte NUMBER = 1;

    private static final byte ZERO = 16;
    private static final byte REAL = 17;
    private static final byte NO = 18;
    private static final byte YES = 19;
    private static final byte TEXT = 20;
    private static final byte BYTES = 21;

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    RowDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private ByteBuffer room() {
        if (buffer.remaining() < 1 + Long.BYTES) {
            digest.update(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return buffer;
    }

    /** Begins the rows of a table. */
    void table(String name) {
        add(name);
    }

    @Override
    public void add(long value) {
        int bytes = 1;
        while (bytes < Long.BYTES && value >> (bytes * 8 - 1) != 0 && value >> (bytes * 8 - 1) != -1) {
            bytes++;
        }
        ByteBuffer room = room().put((byte) (NUMBER + bytes));
        for (int i = 0; i < bytes; i++) {
            room.put((byte) (value >> (i * 8)));
        }
    }

    @Override
    public void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        if (bits == 0) {
            room().put(ZERO);
        } else {
            room().put(REAL).putLong(bits);
        }
    }

    @Override
    public void add(boolean value) {
        room().put(value ? YES : NO);
    }

    @Override
    public void add(String text) {
        put(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void add(byte[] bytes) {
        put(BYTES, bytes);
    }

    private void put(byte kind, byte[] bytes) {
        room().put(kind).putInt(bytes.length);
        if (buffer.remaining() >= bytes.length) {
            buffer.put(bytes);
        } else {
            digest.update(buffer.array(), 0, buffer.position());
            buffer.clear();
            digest.update(bytes);
        }
    }

    @Override
    public void addNull() {
        room().put(NULL);
    }

    @Override
    public void endRow() {
        // every row of a table has the same columns
    }

    @Override
    public void flush() {
        // nothing waits for anybody
    }

    /** The digest of all rows so far; no more can be added afterwards. */
    String hex() {
        digest.update(buffer.array(), 0, buffer.position());
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        // holds nothing
    }
}
