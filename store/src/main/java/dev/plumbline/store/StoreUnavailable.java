package dev.plumbline.store;

/** Thrown if the database of a history does not respond; the same call may succeed later. */
public final class StoreUnavailable extends StoreException {
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
