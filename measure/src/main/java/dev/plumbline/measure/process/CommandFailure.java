package dev.plumbline.measure.process;

import java.io.IOException;

/** A command could not be started or did not come to its end. */
public final class CommandFailure extends IOException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
