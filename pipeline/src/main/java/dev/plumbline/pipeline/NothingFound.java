package dev.plumbline.pipeline;

import java.io.IOException;

/** Thrown if a requested thing does not exist; the message has a remedy. */
public final class NothingFound extends IOException {
    private static final long serialVersionUID = 1L;

    public NothingFound(String message) {
        super(message);
    }

    /**
     * Refuses a blank name, as that of a shell variable that is not set: as the beginning of every id and a part of
     * every name, it would match everything.
     *
     * @param what it should name: {@code regression}
     * @param advice how to find one: {@code list them with plumb incidents}
     */
    public static void ifBlank(String name, String what, String advice) throws NothingFound {
        if (name.isBlank()) {
            throw new NothingFound("an empty string names no " + what + "; " + advice);
        }
    }

    /** The error for a history without any run. */
    public static NothingFound emptyHistory() {
        return new NothingFound("no series found; add results with plumb record RESULT");
    }
}
