package dev.plumbline.server.data;

/** Thrown if a new item has the name of an existing one. */
public final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken(Throwable cause) {
        super("a row with this key exists", cause);
    }
}
