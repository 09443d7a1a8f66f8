package dev.plumbline.pipeline;

import java.io.IOException;

/** What was asked for is not there; the message says what helps. */
public final class NothingFound extends IOException {
    private static final long serialVersionUID = 1L;

    public NothingFound(String message) {
        super(message);
    }

    /** Of a history without any run. */
    public static NothingFound emptyHistory() {
        return new NothingFound("no series found; add results with plumb record RESULT");
    }
}
