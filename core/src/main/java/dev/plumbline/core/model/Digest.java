package dev.plumbline.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over typed parts, each with its length, so that no two different lists of parts look alike. */
final class Digest {
    private final MessageDigest sha;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Digest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        integer(bytes.length);
        sha.update(bytes);
        return this;
    }

    Digest integer(long value) {
        number.clear();
        sha.update(number.putLong(0, value).array());
        return this;
    }

    /** Adds the exact bits, with one pattern for every NaN and with 0.0 and -0.0 told apart. */
    Digest real(double value) {
        return integer(Double.doubleToLongBits(value));
    }

    /** Ends this digest; afterwards it is empty and may be used again. */
    byte[] bytes() {
        return sha.digest();
    }

    String hex(int byteCount) {
        return HexFormat.of().formatHex(bytes(), 0, byteCount);
    }
}
