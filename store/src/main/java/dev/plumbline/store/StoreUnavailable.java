package dev.plumbline.store;

/** The database of a history gives no answer now; the same may succeed later, when nothing here has changed. */
public final class StoreUnavailable extends StoreException {
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
