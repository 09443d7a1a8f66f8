package dev.plumbline.server.data;

/** Thrown if the database does not respond; the same request may succeed later. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message the reason */
    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
