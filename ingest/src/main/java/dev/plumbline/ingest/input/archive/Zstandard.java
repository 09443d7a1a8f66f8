package dev.plumbline.ingest.input.archive;

import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Compresses files to be kept, and decompresses them: as a stream, with a few megabytes in memory. */
public final class Zstandard {
    private Zstandard() {}

    /** A stream that packs into another one; closing it closes the other one. */
    public static OutputStream packing(OutputStream packed) throws IOException {
        return new ZstdOutputStream(packed);
    }

    /** A stream that unpacks another one; closing it closes the other one. */
    public static InputStream unpacking(InputStream packed) {
        return new ZstdInputStream(packed);
    }
}
