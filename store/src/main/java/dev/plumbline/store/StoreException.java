package dev.plumbline.store;

/** Thrown if a history could not be opened, read or written; the message has the history, the reason and a remedy. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
