package dev.plumbline.server.command;

import java.io.IOException;

/** Thrown if a received packet is not a call or answer, is too large, or contains names outside its folder. */
public final class MalformedPacket extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isTooLarge;

    MalformedPacket(String message) {
        this(message, false);
    }

    private MalformedPacket(String message, boolean isTooLarge) {
        super(message);
        this.isTooLarge = isTooLarge;
    }

    static MalformedPacket tooLarge(String message) {
        return new MalformedPacket(message, true);
    }

    /** Whether the same with less in it would be taken. */
    public boolean isTooLarge() {
        return isTooLarge;
    }
}
