package dev.plumbline.junit.baseline;

/** Thrown where the store cannot do what is asked; the message has the reason and the remedy. */
public final class StoreFailure extends Exception {
    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
