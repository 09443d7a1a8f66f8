package dev.plumbline.junit.baseline;

/** The store cannot do what is asked; the message says why and what helps. */
public final class StoreFailure extends Exception {
    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
