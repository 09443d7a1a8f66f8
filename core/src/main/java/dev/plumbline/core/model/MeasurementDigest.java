package dev.plumbline.core.model;

import java.nio.ByteBuffer;

/** 256 bits that identify the content of a measurement, the highest 64 first. */
public record MeasurementDigest(long first, long second, long third, long fourth) {
    /** Takes the 32 bytes of a SHA-256. */
    static MeasurementDigest of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new MeasurementDigest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }
}
