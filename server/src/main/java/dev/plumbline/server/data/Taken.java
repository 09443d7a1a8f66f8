package dev.plumbline.server.data;

/** What was to be created has the name of something that exists. */
public final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken(Throwable cause) {
        super("a row with this key exists", cause);
    }
}
