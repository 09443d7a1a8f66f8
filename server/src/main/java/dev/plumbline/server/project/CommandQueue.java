package dev.plumbline.server.project;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slots for commands: judging takes memory and processors, so only a few run at once, and a limited number wait.
 * Commands of one history wait for each other by its own locks.
 */
public final class CommandQueue {
    private static final int WAITING = 32;
    private static final int PATIENCE_SECONDS = 60;

    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param atOnce how many run at once */
    public CommandQueue(int atOnce) {
        places = new Semaphore(atOnce, true);
    }

    /** A slot, released when closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a place.
     *
     * @throws Full if too many wait already, or none became free in a minute
     */
    public Place take() throws Full, InterruptedException {
        if (waiting.incrementAndGet() > WAITING) {
            waiting.decrementAndGet();
            throw new Full();
        }
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Full();
            }
        } finally {
            waiting.decrementAndGet();
        }
        return places::release;
    }

    /** Thrown if no slot is free. */
    public static final class Full extends Exception {
        private static final long serialVersionUID = 1;

        Full() {}

        /** A full queue for a command that goes on without a caller. */
        Full(Throwable cause) {
            super(cause);
        }

        /** Whether the command itself has run, for too long. */
        public boolean isTooLong() {
            return getCause() != null;
        }
    }
}
