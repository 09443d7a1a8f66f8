package dev.plumbline.pipeline;

import java.io.IOException;

/** What was asked for cannot be; the message says why. */
public final class WrongRequest extends IOException {
    private static final long serialVersionUID = 1L;

    WrongRequest(String message) {
        super(message);
    }

    WrongRequest(String message, Exception cause) {
        super(message, cause);
    }
}
