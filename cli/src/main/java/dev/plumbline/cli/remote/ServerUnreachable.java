package dev.plumbline.cli.remote;

import java.io.IOException;

/** Thrown where a server gave no answer, or cannot work now; the same may succeed later. */
final class ServerUnreachable extends IOException {
    private static final long serialVersionUID = 1L;

    ServerUnreachable(String message, Exception cause) {
        super(message, cause);
    }

    ServerUnreachable(String message) {
        super(message);
    }
}
