package dev.plumbline.server.data;

/** The database gives no answer now; the same request may succeed later. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
