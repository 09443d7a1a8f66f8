package dev.plumbline.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over typed parts, each with its length, so that no two different lists of parts look alike. */
public final class Digest {
    private MessageDigest sha;

    /** The bytes not yet digested, because few large steps are faster than many small ones. */
    private final ByteBuffer pending = ByteBuffer.allocate(1024);

    public Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public Digest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        integer(bytes.length);
        if (bytes.length > pending.remaining()) {
            flush();
        }
        if (bytes.length > pending.remaining()) {
            sha.update(bytes);
        } else {
            pending.put(bytes);
        }
        return this;
    }

    public Digest integer(long value) {
        if (pending.remaining() < Long.BYTES) {
            flush();
        }
        pending.putLong(value);
        return this;
    }

    private void flush() {
        sha.update(pending.array(), 0, pending.position());
        pending.clear();
    }

    /** Adds the exact bits, with one pattern for every NaN and with 0.0 and -0.0 distinct. */
    Digest real(double value) {
        return integer(Double.doubleToLongBits(value));
    }

    /** The state of a digest, to continue from several times. */
    static final class State {
        private final MessageDigest sha;

        private State(MessageDigest sha) {
            this.sha = sha;
        }
    }

    State state() {
        flush();
        return new State(copy(sha));
    }

    /** Continues from that state; this digest must be empty. */
    void continueFrom(State state) {
        sha = copy(state.sha);
    }

    private static MessageDigest copy(MessageDigest sha) {
        try {
            return (MessageDigest) sha.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java platform's SHA-256 cannot be copied", e);
        }
    }

    /** Ends this digest; afterwards it is empty and may be used again. */
    byte[] bytes() {
        flush();
        return sha.digest();
    }

    /** The first bytes of the digest in hexadecimal; afterwards it is empty. */
    public String hex(int byteCount) {
        return HexFormat.of().formatHex(bytes(), 0, byteCount);
    }
}
