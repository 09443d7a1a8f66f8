package dev.plumbline.cli.option;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an orderly shutdown: running work is stopped, and the process waits until this is closed, so that
 * measurements can be stored and reported.
 */
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop ends what is running; called from another thread */
    public Interruption(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            return; // the process ends in any case
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Everything was stored and reported: the process may end. */
    public void reported() {
        closed.countDown();
    }

    @Override
    public void close() {
        reported();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook runs already, and has just been let go
        }
    }
}
