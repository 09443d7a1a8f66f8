package dev.plumbline.pipeline;

import java.io.IOException;

/** Thrown for an impossible request; the message has the reason. */
public final class WrongRequest extends IOException {
    private static final long serialVersionUID = 1L;

    public WrongRequest(String message) {
        super(message);
    }

    public WrongRequest(String message, Exception cause) {
        super(message, cause);
    }
}
