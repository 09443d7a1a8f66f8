package dev.plumbline.server.command;

/** Thrown if a command is not run for another machine, or not for this caller; the message has the reason. */
public final class CommandRefused extends Exception {
    private static final long serialVersionUID = 1L;

    CommandRefused(String message) {
        super(message);
    }
}
