package dev.plumbline.server.data;

/** The database gives no answer now; the same request may succeed later. */
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
