package dev.plumbline.store.postgres;

import dev.plumbline.store.sql.dialect.Database;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table, in the binary format of {@code COPY}: the quickest way in, and exact to the bit.
 *
 * <p>Rows gather in memory; {@link #send} hands them to the server, which can be asked other things afterwards.
 */
final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int FLAGS_AND_EXTENSION = 8;
    private static final short END = -1;

    private final PostgresDatabase database;
    private final String sql;
    private byte[] bytes = new byte[1 << 16];
    private int size;
    private boolean hasRows;
    private CopyIn copy;

    BinaryCopy(PostgresDatabase database, String table, String... columns) {
        this.database = database;
        sql = "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
        begin();
    }

    private void begin() {
        size = 0;
        put(SIGNATURE);
        room(FLAGS_AND_EXTENSION);
        Arrays.fill(bytes, size, size + FLAGS_AND_EXTENSION, (byte) 0);
        size += FLAGS_AND_EXTENSION;
        hasRows = false;
    }

    /** The number of bytes that wait to be sent. */
    int size() {
        return size;
    }

    /** Begins a row; its columns follow in their order. */
    void row(int columns) {
        putShort(columns);
        hasRows = true;
    }

    /** A {@code bigint}. */
    void add(long value) {
        putInt(Long.BYTES);
        putLong(value);
    }

    /** An {@code integer}. */
    void addInt(int value) {
        putInt(Integer.BYTES);
        putInt(value);
    }

    /** A {@code double precision}, which has the sign of -0.0 no more. */
    void add(double value) {
        add(Double.doubleToRawLongBits(Database.real(value)));
    }

    void add(boolean value) {
        putInt(1);
        room(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    /** A {@code text} that has no NUL character and no half of a surrogate pair. */
    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@code bytea}. */
    void add(byte[] value) {
        putInt(value.length);
        put(value);
    }

    void addNull() {
        putInt(-1);
    }

    /** Sends the rows so far to the server, which accepts no other statement then: it waits for more. */
    void sendOn() throws SQLException {
        if (copy == null) {
            copy = database.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        }
        copy.writeToCopy(bytes, 0, size);
        size = 0;
    }

    /** Hands all rows to the server, and waits until it has taken them in. */
    void send() throws SQLException {
        if (!hasRows) {
            return;
        }
        putShort(END);
        sendOn();
        copy.endCopy();
        copy = null;
        begin();
    }

    /** Gives up what the server has not taken in. */
    void cancel() throws SQLException {
        if (copy != null && copy.isActive()) {
            copy.cancelCopy();
        }
        copy = null;
    }

    private void put(byte[] added) {
        room(added.length);
        System.arraycopy(added, 0, bytes, size, added.length);
        size += added.length;
    }

    private void putShort(int value) {
        room(Short.BYTES);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    private void putInt(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    private void putLong(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}
