package example;

/** Fowler, Noll and Vo's hash of bytes, FNV-1a with 64 bits. */
public final class Checksum {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Checksum() {}

    /** The hash of all bytes, in their order. */
    public static long of(byte[] bytes) {
        long hash = BASIS;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xff)) * PRIME;
        }
        return hash;
    }
}
