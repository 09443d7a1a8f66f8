package dev.plumbline.pipeline;

import java.io.IOException;

/** What was asked for cannot be; the message says why. */
public final class WrongRequest extends IOException {
    private static final long serialVersionUID = 1L;

    public WrongRequest(String message) {
        super(message);
    }

    public WrongRequest(String message, Exception cause) {
        super(message, cause);
    }
}
