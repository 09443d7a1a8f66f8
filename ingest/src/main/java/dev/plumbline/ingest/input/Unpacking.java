package dev.plumbline.ingest.input;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip and Zstandard, recognised by their first bytes, whatever the file's name.
 *
 * <p>What grows beyond reason is refused: more than 300 times its packed size once it is 64 MiB, or more than 64 GiB.
 */
public final class Unpacking {
    private static final int BUFFER = 1 << 16;

    private Unpacking() {}

    /**
     * The unpacked bytes.
     *
     * @throws UnreadableInput if the packing is damaged from its first byte on
     */
    static PushbackInputStream of(String name, InputStream packed) throws IOException {
        Counted counted = new Counted(packed);
        PushbackInputStream raw = new PushbackInputStream(counted, 4);
        byte[] magic = raw.readNBytes(4);
        raw.unread(magic);
        boolean gzip = magic.length >= 2 && magic[0] == (byte) 0x1F && magic[1] == (byte) 0x8B;
        boolean zstd = magic.length == 4
                && magic[0] == (byte) 0x28
                && magic[1] == (byte) 0xB5
                && magic[2] == (byte) 0x2F
                && magic[3] == (byte) 0xFD;
        if (!gzip && !zstd) {
            return raw;
        }
        try {
            InputStream unpacked = gzip ? new GZIPInputStream(raw, BUFFER) : new ZstdInputStream(raw);
            return new PushbackInputStream(new Guarded(name, unpacked, counted), 4);
        } catch (ZipException | EOFException e) {
            raw.close();
            throw new UnreadableInput(name, "looks like gzip but is damaged" + stated(e), e);
        }
    }

    private static String stated(Exception cause) {
        return cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    }

    /** Counts the bytes that pass, and knows whether the file system failed. */
    public static final class Counted extends FilterInputStream {
        private long count;
        private boolean failed;

        public Counted(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int read = super.read(target, offset, length);
                count += Math.max(0, read);
                return read;
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }

    /** The limit on the unpacked size, relative to the packed one. */
    public static final class Allowance {
        private static final long UNSUSPICIOUS = 64L << 20;
        private static final long MOST = 64L << 30;
        private static final long RATIO = 300;

        private final String name;
        private final Counted packed;
        private long unpacked;

        public Allowance(String name, Counted packed) {
            this.name = name;
            this.packed = packed;
        }

        /** @throws UnreadableInput if it unpacks to more than any genuine file contains */
        public void took(long bytes) throws UnreadableInput {
            unpacked += bytes;
            if (unpacked > MOST || unpacked > UNSUSPICIOUS && unpacked / RATIO > packed.count()) {
                throw new UnreadableInput(
                        name,
                        "unpacks to more than " + (unpacked >> 20) + " MiB out of " + packed.count()
                                + " bytes; no honest result file does: unpack it yourself if it is one");
            }
        }
    }

    /** Counts the unpacked bytes, and turns damage into {@link UnreadableInput}. */
    private static final class Guarded extends InputStream {
        private final String name;
        private final InputStream unpacked;
        private final Counted packed;
        private final Allowance allowance;

        Guarded(String name, InputStream unpacked, Counted packed) {
            this.name = name;
            this.unpacked = unpacked;
            this.packed = packed;
            this.allowance = new Allowance(name, packed);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            try {
                read = unpacked.read(target, offset, length);
            } catch (IOException e) {
                if (packed.failed) {
                    throw e;
                }
                throw damaged(e);
            } catch (RuntimeException e) { // the Zstandard decoder also reports damage by several unchecked exceptions
                throw damaged(e);
            }
            allowance.took(Math.max(0, read));
            return read;
        }

        private UnreadableInput damaged(Exception cause) {
            return new UnreadableInput(
                    name, "is compressed and cut off or damaged" + stated(cause) + "; make or copy it again", cause);
        }

        @Override
        public void close() throws IOException {
            unpacked.close();
        }
    }
}
